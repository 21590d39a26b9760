"""A server restored from an old copy: nothing is lost or doubled that still exists."""

import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.leaf import Leaf
from reporter.leaves_file import LeavesFile
from reporter.out_bundle import OutBundle, RowKind
from reporter.primitives import sha256
from reporter.states import MessageState, ReplyState, unshown
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.clock import Clock
from stage.commands import Result
from stage.deployment import Deployment
from stage.paper_desk import PaperDesk
from stage.store import digest
from stage.threads import report, texts, thread_id

START = datetime.date(2027, 4, 6)


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    """Two real desks and one in Python, in days of their own."""
    return made("recover", desks=("nl-vi", "helpdesk"), clock=Clock(START))


def copied(house: Deployment, whole: bool) -> Path:
    """A backup of the store (or of all of the folder), taken at rest."""
    house.stop()
    kept = house.path("backup")
    if whole:
        shutil.copytree(house.data, kept)
    else:
        kept.mkdir()
        for path in house.data.glob("intake.sqlite*"):
            shutil.copy(path, kept)
    return kept


def restored(house: Deployment, backup: Path) -> None:
    """The backup put back over what there is."""
    house.stop()
    for path in house.data.glob("intake.sqlite*"):
        path.unlink()
    for path in backup.iterdir():
        shutil.copy(path, house.data)


def leaves_of(house: Deployment, organisation: str) -> Path:
    """What a desk writes for a server that fell behind; the independent reader verifies it."""
    path = house.desks[organisation].export(house.path(f"{organisation}.leaves"), "--leaves")
    desk = house.public().directory.organisation(organisation).desks[0]
    LeavesFile.verified(path.read_bytes(), house.log, desk)
    return path


def recover(house: Deployment, path: Path, expect: int | None = 0) -> Result:
    """`recover`, with the server at rest."""
    house.stop()
    where = ["--data", house.data, path, "--json"]
    return house.commands.server("recover", *where, expect=expect)


def close_is_refused(house: Deployment) -> None:
    """Neither past days nor this one can be closed."""
    for more in ([], ["--now"]):
        where = ["--data", house.data, *more]
        assert_one_line(house.commands.server("close-day", *where, expect=None))


class Lives:
    """What happened before and after the backup, told by who will look for it."""

    def __init__(self, house: Deployment, whole: bool) -> None:
        self.house = house
        self.early, self.late, self.other, self.lost = (Reporter(house.name) for _ in range(4))
        report(house, self.early, "nl-vi", "Van voor de reservekopie.")
        house.wait()
        house.stick_in("nl-vi")
        house.desks["nl-vi"].reply(thread_id(self.early, "nl-vi"), "Antwoord van ervoor.")
        house.stick_out("nl-vi")
        house.wait()
        self.backup = copied(house, whole)
        self.before = house.public().checkpoint.size
        report(house, self.late, "nl-vi", "Van na de reservekopie.")
        report(house, self.other, "helpdesk", "Aan de helpdesk, erna.")
        house.wait()
        for one, reporter in (("nl-vi", self.late), ("helpdesk", self.other)):
            house.stick_in(one)
            house.desks[one].reply(thread_id(reporter, one), f"Antwoord van {one}, erna.")
            house.stick_out(one)
        house.wait()
        house.stick_in("helpdesk")
        house.stick_in("nl-vi")
        self.after = house.public()
        report(house, self.lost, "nl-vi", "Nooit gesloten, nooit opgehaald.")
        restored(house, self.backup)

    def check_everything(self) -> None:
        """What anybody still had is there, once."""
        house = self.house
        assert texts(house, self.early) == [("nl-vi", "Antwoord van ervoor.")]
        assert texts(house, self.late) == [("nl-vi", "Antwoord van nl-vi, erna.")]
        assert texts(house, self.other) == [("helpdesk", "Antwoord van helpdesk, erna.")]
        for reporter, one in (
            (self.early, "nl-vi"),
            (self.late, "nl-vi"),
            (self.other, "helpdesk"),
        ):
            contents = house.desks[one].contents(thread_id(reporter, one))
            assert len(contents["messages"]) == 1 and len(contents["replies"]) == 1
            (message,) = reporter.messages(house.public())
            assert message.state == MessageState.HELD
        house.check()


def test_a_store_behind_its_mark_is_recovered_from_its_desks(house: Deployment) -> None:
    lives = Lives(house, whole=False)
    close_is_refused(house)
    new = Reporter(house.name)
    report(house, new, "nl-vi", "Geschreven terwijl er iets ontbrak.")
    path = leaves_of(house, "nl-vi")
    found = recover(house, path).json
    assert found["leaves"] == lives.after.checkpoint.size - lives.before
    public = house.public()
    assert unshown(public) == ["helpdesk"], "its signature comes with its next stick"
    assert public.checkpoint.note.text == lives.after.checkpoint.note.text
    assert public.log == lives.after.log, "to the byte what everybody saw before"
    assert texts(house, lives.late) == [("nl-vi", "Antwoord van nl-vi, erna.")]
    (kept_back,) = lives.other.answers(house.serve().server, public)
    assert kept_back.state == ReplyState.WITHHELD, "only its own desk can bring it back"
    recover(house, leaves_of(house, "helpdesk"))
    assert unshown(house.public()) == []
    house.stick_out("nl-vi")
    house.stick_out("helpdesk")
    house.wait()
    for one in ("nl-vi", "helpdesk"):
        taken = house.stick_in(one)
        assert taken["alarms"] == [], one
        assert taken["messages"] == (1 if one == "nl-vi" else 0)
        house.stick_out(one)
    house.wait()
    lives.check_everything()
    assert thread_id(new, "nl-vi") in {one["thread"] for one in house.desks["nl-vi"].list()}
    assert lives.lost.messages(house.public()) == [], "nobody had it, and nobody says otherwise"
    house.stop()


def test_a_folder_restored_whole_is_told_by_the_first_desk(house: Deployment) -> None:
    """The mark is as old as the store: only a desk knows better."""
    lives = Lives(house, whole=True)
    taken = house.stick_out("nl-vi")
    assert taken["ahead"] == lives.after.checkpoint.size
    close_is_refused(house)
    recover(house, leaves_of(house, "nl-vi"))
    recover(house, leaves_of(house, "helpdesk"))
    assert house.public().log == lives.after.log
    house.wait()
    for one in ("nl-vi", "helpdesk"):
        assert house.stick_in(one)["alarms"] == []
        house.stick_out(one)
    house.wait()
    lives.check_everything()
    house.stop()


def test_recovering_twice_or_with_the_same_again_changes_nothing(house: Deployment) -> None:
    lives = Lives(house, whole=False)
    path = leaves_of(house, "nl-vi")
    recover(house, path)
    first = digest(house.data)
    again = recover(house, path).json
    assert again["leaves"] == 0 and digest(house.data) == first
    assert house.public().log == lives.after.log
    house.check()
    house.stop()


def test_leaves_that_do_not_reach_far_enough_keep_the_days_closed(house: Deployment) -> None:
    """A desk that knows less helps, but the mark still says what is missing."""
    lives = Lives(house, whole=False)
    desk = PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)
    desk.take(house.export("zz-python", 0).read_bytes())
    path = house.path("zz-python.leaves")
    path.write_bytes(desk.leaves_file())
    recover(house, path, expect=None)
    close_is_refused(house)
    recover(house, leaves_of(house, "helpdesk"))
    assert house.public().log == lives.after.log
    house.wait()
    house.check()
    house.stop()


def test_leaves_a_python_desk_wrote_recover_a_real_server(house: Deployment) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "zz-python", "Aan een bureau van papier.")
    house.wait()
    backup = copied(house, whole=False)
    desk = PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)
    desk.day = house.today
    desk.take(house.export("zz-python", 0).read_bytes())
    desk.reply(reporter.keys("zz-python").thread[0], "Antwoord van papier.")
    path = house.path("zz-python.out")
    path.write_bytes(desk.out())
    house.take(path)
    house.wait()
    desk.take(house.export("zz-python").read_bytes())
    after = house.public()
    restored(house, backup)
    close_is_refused(house)
    path = house.path("zz-python.leaves")
    path.write_bytes(desk.leaves_file())
    recover(house, path)
    assert house.public().log == after.log
    assert texts(house, reporter) == [("zz-python", "Antwoord van papier.")]
    house.wait()
    house.check()
    house.stop()


def test_leaves_that_were_touched_are_refused_and_change_nothing(house: Deployment) -> None:
    lives = Lives(house, whole=False)
    good = leaves_of(house, "nl-vi").read_bytes()
    house.stop()
    before = digest(house.data)
    path = house.path("bent.leaves")
    wrong = [good[:-1], good[:200], b"", os.urandom(5000)]
    for at in range(0, len(good), len(good) // 23):
        bent = bytearray(good)
        bent[at] ^= 4
        wrong.append(bytes(bent))
    for data in wrong:
        path.write_bytes(data)
        assert_one_line(recover(house, path, expect=None))
        assert digest(house.data) == before
    path.write_bytes(good)
    recover(house, path)
    assert house.public().log == lives.after.log
    house.stop()


def test_leaves_behind_the_last_number_are_refused(house: Deployment) -> None:
    """Anybody can write such a file: the checkpoint under it is public."""
    listed = house.serve().server.get("/v1/log/checkpoint")
    checkpoint = listed[4 : 4 + int.from_bytes(listed[:4])]
    day_end = Leaf.day_end(0, sha256(b"")).encoded
    path = house.path("far.leaves")
    for first in (2**64 - 1, 2**64 - 2, 2**63):
        roots = (os.urandom(32),) * first.bit_count()
        far = LeavesFile(checkpoint, first, roots, (day_end,) * 2, b"")
        path.write_bytes(far.encoded)
        assert_one_line(recover(house, path, expect=None))


def test_a_stick_with_nothing_new_still_carries_what_was_written(house: Deployment) -> None:
    """`--leaves` has all of an out-bundle, and in addition what the log has already."""
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Een vraag.")
    house.wait()
    house.stick_in("nl-vi")
    desk = house.desks["nl-vi"]
    for text in ("Blijft.", "Gaat weg."):
        desk.reply(thread_id(reporter, "nl-vi"), text)
    house.stick_out("nl-vi")
    house.wait()
    house.stick_in("nl-vi")
    desk.run("withdraw", thread_id(reporter, "nl-vi"), "2")
    house.stick_out("nl-vi")
    house.wait()
    house.stick_in("nl-vi")
    listed = house.public().directory.organisation("nl-vi").desks[0]
    data = leaves_of(house, "nl-vi").read_bytes()
    found = LeavesFile.verified(data, house.log, listed)
    assert found.leaves == house.public().log.leaves
    rows = OutBundle.verified(found.out, house.log, listed).rows
    keys = reporter.keys("nl-vi")
    tags = {row.tag for row in rows if row.kind == RowKind.REPLY}
    assert keys.tag_out(0) in tags and keys.tag_out(1) not in tags
    plain = desk.export(house.path("nl-vi.out")).read_bytes()
    rows = OutBundle.verified(plain, house.log, listed).rows
    assert keys.tag_out(0) not in {row.tag for row in rows}
    house.stop()
