"""A reply is withdrawn: gone from the drop, said in the log, and the right one stays."""

import os
from collections.abc import Callable
from contextlib import closing

import pytest
from reporter.drop import read_drop
from reporter.leaf import Leaf, LeafType
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.states import Answer, ReplyState
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.deployment import Deployment
from stage.paper_desk import PaperDesk
from stage.store import opened, values
from stage.threads import leaves_for, report, texts, thread_id

WRONG = "Dit antwoord was voor een ander bedoeld."
RIGHT = "Dit antwoord is voor jou."


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """One real desk and one in Python."""
    return made("withdraw", desks=("nl-vi",))


def answers(house: Deployment, reporter: Reporter) -> list[Answer]:
    """What became of a reporter's replies."""
    return reporter.answers(house.serve().server, house.public())


def in_store(house: Deployment, envelope: bytes) -> bool:
    """Whether a reply's bytes lie in any value of the store."""
    path = house.data / "intake.sqlite"
    return any(isinstance(one, bytes) and envelope in one for _, one in values(path))


class TestTakenBack:
    """One journey in steps; each step stands on the one before."""

    reporter: Reporter
    envelope: bytes

    def test_the_wrong_answer_is_read(self, house: Deployment) -> None:
        kind = type(self)
        kind.reporter = Reporter(house.name)
        report(house, self.reporter, "nl-vi", "Een vraag.")
        house.to_desk("nl-vi")
        house.desks["nl-vi"].reply(thread_id(self.reporter, "nl-vi"), WRONG)
        house.from_desk("nl-vi")
        assert texts(house, self.reporter) == [("nl-vi", WRONG)]
        drop = read_drop(house.serve().server.get("/v1/drop/000"))
        kind.envelope = drop[self.reporter.keys("nl-vi").tag_out(0)]
        assert in_store(house, self.envelope)

    @pytest.mark.parametrize("number", ["2", "0", "65", "-1", "een"])
    def test_what_was_never_said_cannot_be_taken_back(self, house: Deployment, number: str) -> None:
        mine = thread_id(self.reporter, "nl-vi")
        result = house.desks["nl-vi"].run("withdraw", mine, number, expect=None)
        assert result.status in (1, 64), str(result)
        if result.status == 1:
            assert_one_line(result)

    def test_it_is_taken_back_and_another_given(self, house: Deployment) -> None:
        desk, mine = house.desks["nl-vi"], thread_id(self.reporter, "nl-vi")
        house.stick_in("nl-vi")
        desk.run("withdraw", mine, "1")
        desk.reply(mine, RIGHT)
        path = desk.export(house.path("nl-vi.out"))
        listed = house.public().directory.organisation("nl-vi").desks[0]
        rows = OutBundle.verified(path.read_bytes(), house.log, listed).rows
        keys = self.reporter.keys("nl-vi")
        withdrawn = [row for row in rows if row.kind == RowKind.WITHDRAW]
        assert [(row.tag, row.digest) for row in withdrawn] == [
            (keys.tag_out(0), sha256(self.envelope))
        ]
        house.take(path)
        assert texts(house, self.reporter) == [("nl-vi", WRONG)], "not before the close"
        house.close()

    def test_it_is_gone_and_the_log_says_why(self, house: Deployment) -> None:
        assert texts(house, self.reporter) == [("nl-vi", RIGHT)]
        assert [(one.number, one.state) for one in answers(house, self.reporter)] == [
            (0, ReplyState.WITHDRAWN),
            (1, ReplyState.ANSWERED),
        ]
        tag = self.reporter.keys("nl-vi").tag_out(0)
        leaf = Leaf.withdrawn("nl-vi", tag, sha256(self.envelope))
        assert leaves_for(house.public(), LeafType.WITHDRAWN, "nl-vi") == [leaf]

    def test_its_bytes_are_gone_from_the_file(self, house: Deployment) -> None:
        assert not in_store(house, self.envelope)
        house.stop()
        for path in house.data.glob("intake.sqlite*"):
            assert self.envelope[200:1200] not in path.read_bytes(), path.name

    def test_the_desk_knows_and_asks_no_more(self, house: Deployment) -> None:
        house.stick_in("nl-vi")
        contents = house.desks["nl-vi"].contents(thread_id(self.reporter, "nl-vi"))
        assert [bool(one.get("withdrawn")) for one in contents["replies"]] == [True, False]
        path = house.desks["nl-vi"].export(house.path("nl-vi.out"))
        listed = house.public().directory.organisation("nl-vi").desks[0]
        rows = OutBundle.verified(path.read_bytes(), house.log, listed).rows
        assert [row for row in rows if row.kind == RowKind.WITHDRAW] == []
        mine = thread_id(self.reporter, "nl-vi")
        assert_one_line(house.desks["nl-vi"].run("withdraw", mine, "1", expect=None))

    def test_the_store_is_clean(self, house: Deployment) -> None:
        house.check()


def test_taken_back_before_the_stick_left_it_is_never_shown(house: Deployment) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Een vraag.")
    house.to_desk("nl-vi")
    desk, mine = house.desks["nl-vi"], thread_id(reporter, "nl-vi")
    desk.reply(mine, WRONG)
    desk.run("withdraw", mine, "1")
    desk.reply(mine, RIGHT)
    house.from_desk("nl-vi")
    assert texts(house, reporter) == [("nl-vi", RIGHT)]
    states = {one.state for one in answers(house, reporter) if one.number == 0}
    assert states <= {ReplyState.WITHDRAWN}
    house.check()


def test_what_is_not_its_own_no_desk_takes_back(house: Deployment) -> None:
    """A hostile desk names another's reply, another digest, and what never was."""
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Een vraag.")
    house.to_desk("nl-vi")
    house.desks["nl-vi"].reply(thread_id(reporter, "nl-vi"), RIGHT)
    house.from_desk("nl-vi")
    drop = read_drop(house.serve().server.get("/v1/drop/000"))
    tag = reporter.keys("nl-vi").tag_out(0)
    digest = sha256(drop[tag])
    desk = PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)
    desk.take(house.export("zz-python", 0).read_bytes())
    path = house.path("zz-python.out")
    path.write_bytes(
        desk.out(
            [
                Row.withdrawn("zz-python", tag, digest),
                Row.withdrawn("zz-python", os.urandom(16), os.urandom(32)),
            ]
        )
    )
    house.take(path)
    house.close()
    assert leaves_for(house.public(), LeafType.WITHDRAWN, "zz-python") == []
    assert texts(house, reporter) == [("nl-vi", RIGHT)]
    with closing(opened(house.data / "intake.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    house.check()
    house.stop()
