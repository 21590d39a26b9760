"""Nobody picks up: the escalation desk sees that it waits, and only the reporter opens it."""

import datetime
import os
from collections.abc import Callable

import pytest
from reporter.codec import u8, u16, u32
from reporter.envelope import seal_piece
from reporter.frame import Kind
from reporter.in_bundle import InBundle
from reporter.leaf import LeafType
from reporter.out_bundle import OutBundle, RowKind
from reporter.primitives import sha256
from reporter.release import Release
from reporter.states import Message, MessageState
from reporter.submission import Submission
from reporter.visit import Reporter
from stage.clock import Clock
from stage.closing import check_close, closes
from stage.deployment import Deployment
from stage.threads import leaves_for, report, send, texts, thread_id, threads

#: Close to the turn of a month, so that a visit needs both month files.
START = datetime.date(2027, 2, 20)
#: Days of patience of nl-vi, then helpdesk.
PATIENCE = 14
WORDS = "Niemand komt kijken, al drie weken niet."
OTHER = "Dit is van een ander en blijft dicht."
EARLY = "Ik wacht niet af: lees dit maar meteen."
ANSWER = "Wij hebben het gelezen en bellen de school."


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """nl-vi, which never puts in a stick, and its escalation, the helpdesk."""
    return made("release", desks=("nl-vi", "helpdesk"), python_desks=(), clock=Clock(START))


def with_photo(house: Deployment, reporter: Reporter, words: str, slot: int) -> bytes:
    """A report that names a photo, sent; the piece, which no server takes yet."""
    public, data = house.public(), os.urandom(1000)
    piece = seal_piece(data)
    fields = reporter.fields(public, "nl-vi", words, slot)
    fields[11] = u8(1) + u32(len(data)) + u16(1) + sha256(piece.envelope) + piece.file_key
    send(house, reporter, reporter.submission(public, Kind.REPORT, fields))
    return piece.envelope


def only(house: Deployment, reporter: Reporter, organisation: str = "nl-vi") -> Message:
    """The one message of a reporter at an organisation."""
    found = [one for one in reporter.messages(house.public()) if one.organisation == organisation]
    assert len(found) == 1
    return found[0]


def release(house: Deployment, reporter: Reporter, slot: int, digest: bytes) -> None:
    """Geef door: kind 6 to the helpdesk, sent."""
    opening = Release.of(reporter.keys("nl-vi"), slot, digest)
    send(house, reporter, reporter.release(house.public(), "helpdesk", opening))


class TestNobodyPicksUp:
    """One journey in steps; each step stands on the one before."""

    mine: Reporter
    other: Reporter
    early: Reporter
    piece: bytes
    early_report: Submission

    def test_before_its_days_are_over_nothing_is_overdue(self, house: Deployment) -> None:
        kind = type(self)
        kind.mine, kind.other = Reporter(house.name), Reporter(house.name)
        kind.piece = with_photo(house, self.mine, WORDS, 7)
        report(house, self.other, "nl-vi", OTHER)
        closed = house.wait(PATIENCE - 1)
        assert len(closed) == PATIENCE - 1
        assert only(house, self.mine).state == MessageState.RECORDED
        house.wait()
        message = only(house, self.mine)
        assert message.state == MessageState.OVERDUE, "on that day, before its close says so"
        assert message.waits_at is None and not message.is_hidden
        assert leaves_for(house.public(), LeafType.OVERDUE, "helpdesk") == []

    def test_then_the_close_says_so_once_for_all_of_that_day(self, house: Deployment) -> None:
        house.wait()
        public = house.public()
        overdue = leaves_for(public, LeafType.OVERDUE, "helpdesk")
        first = [one for one in closes(public.leaves)[0] if one.type == LeafType.TEXT]
        texts_of_day = {(one.tag, one.digest) for one in first if one.organisation[:5] == b"nl-vi"}
        assert {(one.tag, one.digest) for one in overdue} == texts_of_day
        assert len(overdue) == len(texts_of_day), "each once, fillers too"
        message = only(house, self.mine)
        assert message.state == MessageState.OVERDUE
        assert message.waits_at == "helpdesk" and not message.is_hidden
        for close in closes(public.leaves):
            check_close(close, public.directory)

    def test_the_escalation_desk_says_how_many_wait_and_where(self, house: Deployment) -> None:
        bundle = house.export("helpdesk")
        count = len(leaves_for(house.public(), LeafType.OVERDUE, "helpdesk"))
        desk = house.desks["helpdesk"]
        taken = desk.take(bundle, house.note)
        assert taken["waiting"] == count
        assert taken["messages"] == taken["unreadable"] == 0 and taken["alarms"] == []
        assert taken["cosigned"] == house.public().checkpoint.size
        assert desk.list() == []
        said = desk.run("list").out
        assert str(count) in said and "Vertrouwensinspectie" in said
        assert str(START) in said, "and since when"

    def test_it_can_open_none_of_them(self, house: Deployment) -> None:
        bundle = InBundle.verified(house.export("helpdesk", 0).read_bytes(), house.log)
        at = only(house, self.mine).digest
        assert at in {sha256(one) for one in bundle.objects.values()}, "it has the envelope"
        vault = house.desks["helpdesk"].vault.read_bytes()
        assert WORDS.encode() not in vault

    def test_the_reporter_opens_exactly_that_one(self, house: Deployment) -> None:
        message = only(house, self.mine)
        release(house, self.mine, message.slot, message.digest)
        house.wait()
        taken = house.stick_in("helpdesk")
        assert taken["unreadable"] == 0 and taken["alarms"] == []
        count = len(leaves_for(house.public(), LeafType.OVERDUE, "helpdesk"))
        assert taken["waiting"] == count - 1
        desk = house.desks["helpdesk"]
        assert threads(house, "helpdesk") == {thread_id(self.mine, "helpdesk")}
        shown = desk.show(thread_id(self.mine, "helpdesk"))
        for word in WORDS.split():
            assert word in shown
        assert "Vertrouwensinspectie" in shown and "ander" not in shown

    def test_its_photo_is_asked_for_as_long_as_it_does_not_come(self, house: Deployment) -> None:
        desk = house.desks["helpdesk"]
        path = desk.export(house.path("helpdesk.out"))
        listed = house.public().directory.organisation("helpdesk").desks[0]
        rows = OutBundle.verified(path.read_bytes(), house.log, listed).rows
        wanted = [row.digest for row in rows if row.kind == RowKind.PIECE_WANTED]
        assert wanted == [sha256(self.piece)]
        house.take(path)
        bundle = house.export("helpdesk")
        assert InBundle.verified(bundle.read_bytes(), house.log).pieces == ()
        taken = desk.take(bundle, house.note)
        assert taken["pieces_missing"] == 1 and taken["alarms"] == []
        again = desk.export(house.path("helpdesk.out"))
        rows = OutBundle.verified(again.read_bytes(), house.log, listed).rows
        assert [row.digest for row in rows if row.kind == RowKind.PIECE_WANTED] == wanted

    def test_the_answer_is_found_with_the_same_code(self, house: Deployment) -> None:
        desk = house.desks["helpdesk"]
        desk.reply(thread_id(self.mine, "helpdesk"), ANSWER)
        house.stick_out("helpdesk")
        house.wait()
        again = Reporter(house.name, self.mine.token)
        assert texts(house, again) == [("helpdesk", ANSWER)]
        assert texts(house, self.other) == []

    def test_a_release_before_the_copy_waits_for_it(self, house: Deployment) -> None:
        kind = type(self)
        kind.early = Reporter(house.name)
        kind.early_report = report(house, self.early, "nl-vi", EARLY, slot=1999)
        release(house, self.early, 1999, sha256(self.early_report.envelope))
        house.wait()
        taken = house.stick_in("helpdesk")
        assert taken["unreadable"] == 0 and taken["alarms"] == []
        assert EARLY not in house.desks["helpdesk"].show(thread_id(self.early, "helpdesk"))
        house.wait(PATIENCE - 1)
        house.stick_in("helpdesk")
        assert only(house, self.early).waits_at is None
        assert EARLY not in house.desks["helpdesk"].show(thread_id(self.early, "helpdesk"))
        house.wait()
        assert only(house, self.early).waits_at == "helpdesk"
        taken = house.stick_in("helpdesk")
        assert taken["unreadable"] == 0 and taken["alarms"] == []
        shown = house.desks["helpdesk"].show(thread_id(self.early, "helpdesk"))
        for word in EARLY.split():
            assert word in shown

    def test_who_picks_up_late_reads_it_too(self, house: Deployment) -> None:
        taken = house.stick_in("nl-vi")
        assert taken["messages"] == 3 and taken["unreadable"] == 0 and taken["alarms"] == []
        house.stick_out("nl-vi")
        house.wait()
        assert only(house, self.mine).state == MessageState.HELD
        before = len(leaves_for(house.public(months=3), LeafType.OVERDUE, "helpdesk"))
        house.wait()
        after = len(leaves_for(house.public(months=3), LeafType.OVERDUE, "helpdesk"))
        assert before == after, "what was picked up is not overdue any more"
        taken = house.stick_in("helpdesk")
        assert taken["alarms"] == [] and taken["unreadable"] == 0

    def test_the_other_stays_sealed(self, house: Deployment) -> None:
        desk = house.desks["helpdesk"]
        mine = {thread_id(one, "helpdesk") for one in (self.mine, self.early)}
        assert threads(house, "helpdesk") == mine
        for one in mine:
            assert "ander" not in desk.show(one)

    def test_the_store_is_clean(self, house: Deployment) -> None:
        house.check()
        house.stop()


def test_who_does_not_hold_the_code_releases_nothing(house: Deployment) -> None:
    """A stranger knows digest and place of everything; only `release(i)` opens it."""
    victim, stranger = Reporter(house.name), Reporter(house.name)
    sent = report(house, victim, "nl-vi", "Alleen voor de inspectie.", slot=50)
    digest = sha256(sent.envelope)
    for opening in (os.urandom(32), stranger.keys("nl-vi").release(50)):
        forged = Release(digest, opening, "nl-vi")
        one = stranger.release(house.public(), "helpdesk", forged)
        send(house, stranger, one)
    house.wait(PATIENCE + 1)
    before = len(house.desks["helpdesk"].unreadable())
    house.stick_in("helpdesk")
    assert len(house.desks["helpdesk"].unreadable()) == before + 2
    assert thread_id(stranger, "helpdesk") not in threads(house, "helpdesk")
    house.check()
    house.stop()
