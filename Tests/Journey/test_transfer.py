"""Told once: a thread is transferred with its reporter's consent, and never without."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.codec import unpadded
from reporter.envelope import seal_text
from reporter.frame import Field, Kind, ReplyKind
from reporter.leaf import LeafType
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.refusal import Refused
from reporter.submission import Submission
from reporter.transfer import transferred_frame
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.deployment import Deployment
from stage.paper_desk import PaperDesk
from stage.stamping import unworked
from stage.threads import leaves_for, report, send, texts, thread_id, threads

WORDS = "Het speelt al sinds de herfst, en niemand doet iets."
MORE = "Vandaag was het weer zo."
LATER = "Dit schreef ik nadat het was doorgegeven."
QUESTION = "Mogen wij dit doorgeven aan de helpdesk?"
ANSWER = "Wij hebben alles gelezen; je hoeft het niet nog eens te vertellen."


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """Three real desks, and one in Python that can sign anything."""
    return made("transfer")


@pytest.fixture(scope="module")
def hostile(house: Deployment) -> PaperDesk:
    """A desk that transfers what it must not."""
    return PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)


def rows(house: Deployment, path: Path, organisation: str = "nl-vi") -> list[Row]:
    """The rows of a real desk's stick."""
    desk = house.public().directory.organisation(organisation).desks[0]
    return list(OutBundle.verified(path.read_bytes(), house.log, desk).rows)


def stick_of(house: Deployment, desk: PaperDesk) -> None:
    """The Python desk's stick to the server, and a close."""
    path = house.path("zz-python.out")
    path.write_bytes(desk.out())
    house.take(path)
    house.close()


class TestWithConsent:
    """One journey in steps; each step stands on the one before."""

    reporter: Reporter

    def test_without_consent_it_is_refused(self, house: Deployment) -> None:
        kind = type(self)
        kind.reporter = Reporter(house.name)
        report(house, self.reporter, "nl-vi", WORDS)
        more = self.reporter.compose(house.public(), "nl-vi", MORE, kind=Kind.FOLLOW_UP)
        send(house, self.reporter, more)
        house.to_desk("nl-vi")
        desk = house.desks["nl-vi"]
        mine = thread_id(self.reporter, "nl-vi")
        assert_one_line(desk.run("transfer", mine, expect=None))
        desk.reply(mine, QUESTION, kind="transfer", to="helpdesk")
        assert_one_line(desk.run("transfer", mine, expect=None))
        path = desk.export(house.path("nl-vi.out"))
        handed = [row for row in rows(house, path) if row.kind == RowKind.TRANSFERRED]
        others = [unpadded(row.organisation) for row in handed]
        each = [one for one in ("helpdesk", "nl-ocw", "zz-python") for _ in range(4)]
        assert others == each, "fillers, four each"
        house.take(path)
        house.close()

    def test_the_fillers_are_nobody_s_message(self, house: Deployment) -> None:
        taken = house.stick_in("helpdesk")
        assert taken["messages"] == taken["unreadable"] == 0 and taken["alarms"] == []
        count = len(leaves_for(house.public(), LeafType.TRANSFERRED, "helpdesk"))
        assert count == 4, "and the log shows envelopes all the same"

    @pytest.mark.parametrize("to", ["nl-vi", "zz-nobody", "helpdesk hulp"])
    def test_nobody_else_can_be_asked_about(self, house: Deployment, to: str) -> None:
        mine = thread_id(self.reporter, "nl-vi")
        words = ["--text", QUESTION, "--kind", "transfer", "--to", to]
        result = house.desks["nl-vi"].run("reply", mine, *words, expect=None)
        assert result.status in (1, 64), str(result)

    def test_the_reporter_is_asked_and_says_yes(self, house: Deployment) -> None:
        public = house.public()
        (asked,) = self.reporter.replies(house.serve().server, public)
        assert (asked.kind, asked.other) == (ReplyKind.MAY_TRANSFER, "helpdesk")
        assert asked.text == QUESTION
        yes = self.reporter.consent(public, asked.organisation, asked.other, "Ja, graag.")
        send(house, self.reporter, yes)
        assert house.to_desk("nl-vi")["unreadable"] == 0

    def test_it_is_transferred(self, house: Deployment) -> None:
        desk, mine = house.desks["nl-vi"], thread_id(self.reporter, "nl-vi")
        done = desk.run("transfer", mine, "--json").json
        assert done["transferred"] == [{"organisation": "helpdesk", "messages": 2}]
        path = desk.export(house.path("nl-vi.out"))
        handed = [row for row in rows(house, path) if row.kind == RowKind.TRANSFERRED]
        assert [unpadded(row.organisation) for row in handed].count("helpdesk") == 4
        house.take(path)
        house.close()
        for other in ("nl-ocw", "zz-python"):
            bundle = house.export(other).read_bytes()
            assert not any(row.object in bundle for row in handed[:4]), "it travels to one alone"

    def test_the_other_desk_reads_it(self, house: Deployment) -> None:
        taken = house.stick_in("helpdesk")
        assert taken["messages"] == 2 and taken["unreadable"] == 0 and taken["alarms"] == []
        there = thread_id(self.reporter, "helpdesk")
        assert threads(house, "helpdesk") == {there}
        shown = house.desks["helpdesk"].show(there)
        for word in (WORDS + " " + MORE).split():
            assert word in shown
        assert "Vertrouwensinspectie" in shown, "and by whom"
        other = house.stick_in("nl-ocw")
        assert other["messages"] == other["unreadable"] == 0

    def test_handing_on_twice_doubles_nothing(self, house: Deployment) -> None:
        desk, mine = house.desks["nl-vi"], thread_id(self.reporter, "nl-vi")
        house.stick_out("nl-vi")
        house.stick_out("nl-vi")
        house.to_desk("nl-vi")
        desk.run("transfer", mine, expect=None)
        house.stick_out("nl-vi")
        house.close()
        taken = house.stick_in("helpdesk")
        assert taken["messages"] == taken["unreadable"] == 0
        contents = house.desks["helpdesk"].contents(thread_id(self.reporter, "helpdesk"))
        assert [one["text"] for one in contents["messages"]] == [WORDS, MORE]

    def test_the_answer_is_found_with_the_same_code(self, house: Deployment) -> None:
        house.desks["helpdesk"].reply(thread_id(self.reporter, "helpdesk"), ANSWER)
        house.from_desk("helpdesk")
        again = Reporter(house.name, self.reporter.token)
        assert ("helpdesk", ANSWER) in texts(house, again)

    def test_the_reporter_writes_on_to_either(self, house: Deployment) -> None:
        public = house.public()
        direct = self.reporter.compose(public, "helpdesk", "Dank.", kind=Kind.FOLLOW_UP)
        later = self.reporter.compose(public, "nl-vi", LATER, kind=Kind.FOLLOW_UP)
        for one in (direct, later):
            send(house, self.reporter, one)
        house.to_desk("nl-vi")
        taken = house.to_desk("helpdesk")
        assert taken["messages"] == 1 and taken["unreadable"] == 0
        assert threads(house, "helpdesk") == {thread_id(self.reporter, "helpdesk")}
        desk, mine = house.desks["nl-vi"], thread_id(self.reporter, "nl-vi")
        done = desk.run("transfer", mine, "--json").json
        assert done["transferred"] == [{"organisation": "helpdesk", "messages": 1}]
        house.from_desk("nl-vi")
        assert house.stick_in("helpdesk")["messages"] == 1
        assert LATER.split()[-1] in house.desks["helpdesk"].show(
            thread_id(self.reporter, "helpdesk")
        )

    def test_the_store_is_clean(self, house: Deployment) -> None:
        house.check()


def test_consent_for_one_does_not_serve_another(house: Deployment) -> None:
    """Asked about the helpdesk, answered for the ministry: then it is the ministry's."""
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", WORDS)
    house.to_desk("nl-vi")
    desk, mine = house.desks["nl-vi"], thread_id(reporter, "nl-vi")
    desk.reply(mine, QUESTION, kind="transfer", to="helpdesk")
    house.from_desk("nl-vi")
    send(house, reporter, reporter.consent(house.public(), "nl-vi", "nl-ocw"))
    house.to_desk("nl-vi")
    done = desk.run("transfer", mine, "--json", expect=None)
    if done.status == 0:
        assert [one["organisation"] for one in done.json["transferred"]] == ["nl-ocw"]
    house.from_desk("nl-vi")
    taken = house.stick_in("helpdesk")
    assert taken["messages"] == taken["unreadable"] == 0
    assert thread_id(reporter, "helpdesk") not in threads(house, "helpdesk")


def test_a_hostile_desk_hands_on_nothing(house: Deployment, hostile: PaperDesk) -> None:
    """Whatever it signs: without the reporter's own consent for it, nothing is read there."""
    reporter, stranger = Reporter(house.name), Reporter(house.name)
    public = house.public()
    for one in (
        reporter.compose(public, "zz-python", WORDS, slot=1),
        reporter.consent(public, "zz-python", "nl-ocw", slot=2),
        stranger.consent(public, "zz-python", "helpdesk"),
    ):
        send(house, reporter, one)
    house.close()
    hostile.take(house.export("zz-python", 0).read_bytes())
    key = reporter.keys("zz-python").thread[0]
    story, no = (one.frame for one in hostile.messages(key))
    (foreign,) = (
        one.frame for one in hostile.messages(stranger.keys("zz-python").thread[0])
    )
    bent = story.transferred.replace(WORDS.encode(), WORDS.upper().encode())
    before = len(house.desks["helpdesk"].unreadable())
    tries = [
        (story.transferred, no.transferred),
        (story.transferred, foreign.transferred),
        (story.transferred, story.transferred),
        (bent, no.transferred),
        (os.urandom(500), os.urandom(500)),
    ]
    for message, consent in tries:
        hostile.transfer_frames("helpdesk", message, consent)
    stick_of(house, hostile)
    taken = house.stick_in("helpdesk")
    assert taken["messages"] == 0 and taken["unreadable"] == len(tries)
    assert len(house.desks["helpdesk"].unreadable()) == before + len(tries)
    assert taken["alarms"] == [] and taken["cosigned"] == house.public().checkpoint.size
    assert thread_id(reporter, "helpdesk") not in threads(house, "helpdesk")


def test_an_honest_python_desk_hands_on(house: Deployment) -> None:
    """The same desk, the same way, with consent: so it was the consent that was missing."""
    desk = PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)
    reporter = Reporter(house.name)
    public = house.public()
    send(house, reporter, reporter.compose(public, "zz-python", WORDS, slot=1))
    house.close()
    desk.take(house.export("zz-python", 0).read_bytes())
    key = reporter.keys("zz-python").thread[0]
    with pytest.raises(Refused, match="no consent"):
        desk.transfer(key)
    send(house, reporter, reporter.consent(public, "zz-python", "helpdesk", slot=2))
    house.close()
    desk.take(house.export("zz-python").read_bytes())
    assert desk.transfer(key) == 1
    stick_of(house, desk)
    taken = house.stick_in("helpdesk")
    assert taken["messages"] == 1 and taken["unreadable"] == 0
    there = thread_id(reporter, "helpdesk")
    house.desks["helpdesk"].reply(there, ANSWER)
    house.from_desk("helpdesk")
    assert texts(house, reporter) == [("helpdesk", ANSWER)]


def test_what_a_real_desk_hands_on_a_python_desk_reads(house: Deployment) -> None:
    reporter = Reporter(house.name)
    public = house.public()
    send(house, reporter, reporter.compose(public, "nl-vi", WORDS, slot=1))
    send(house, reporter, reporter.consent(public, "nl-vi", "zz-python", slot=2))
    house.to_desk("nl-vi")
    house.desks["nl-vi"].run("transfer", thread_id(reporter, "nl-vi"))
    house.from_desk("nl-vi")
    desk = PaperDesk(house.python_desks["zz-python"], house.public().directory, house.log)
    desk.take(house.export("zz-python", 0).read_bytes())
    key = reporter.keys("zz-python").thread[0]
    assert [(one.source, one.frame.fields[Field.TEXT].decode()) for one in desk.messages(key)] == [
        ("nl-vi", WORDS)
    ]
    desk.reply(key, ANSWER)
    stick_of(house, desk)
    assert texts(house, reporter) == [("zz-python", ANSWER)]
    house.check()


def test_a_kind_5_that_no_desk_sealed_is_not_admitted_as_a_report(house: Deployment) -> None:
    """A reporter posts a transferred frame of its own making: type 1 is no place for it."""
    reporter = Reporter(house.name)
    public = house.public()
    frame = transferred_frame("helpdesk", b"x" * 50, b"y" * 50, reporter.keys("nl-vi").thread[1])
    key = public.directory.organisation("helpdesk").seals[0].public
    envelope = seal_text(frame, key).envelope
    tag = reporter.keys("helpdesk").tag_in(sha256(envelope), 1)
    send(house, reporter, unworked(Submission("helpdesk", tag, envelope)))
    before = threads(house, "helpdesk")
    taken = house.to_desk("helpdesk")
    assert taken["messages"] == 0 and taken["unreadable"] == 1
    assert threads(house, "helpdesk") == before
    house.check()
    house.stop()
