"""Admission at a desk: texts, overdue envelopes that were released, messages handed on."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from paper_log import PaperLog, days
from reporter.codec import u32
from reporter.envelope import EnvelopeClass, open_envelope, seal_text
from reporter.frame import REPORTER, Field, Frame, Kind
from reporter.inbox import Inbox
from reporter.leaf import Leaf
from reporter.primitives import box_pair, seal, sha256
from reporter.public import Public
from reporter.release import Release
from reporter.submission import Submission
from reporter.transfer import OtherKeys, transferred_frame
from reporter.visit import Reporter

LOG = PaperLog()
LOG.close(days(-1))


@pytest.fixture(scope="module")
def public() -> Public:
    """The paper deployment as a visit sees it."""
    return LOG.public()


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    """One token."""
    return Reporter(LOG.name)


def inbox(organisation: str) -> Inbox:
    """An empty desk."""
    pairs = [LOG.party(organisation).pair]
    return Inbox(organisation, pairs, lambda one: LOG.directory.organisation(one).desks)


def text_leaf(one: Submission) -> Leaf:
    """The type 1 leaf of a submission."""
    return Leaf.text(one.organisation, one.tag, sha256(one.envelope))


def overdue_leaf(one: Submission, to: str = "helpdesk") -> Leaf:
    """Its type 4 leaf."""
    return Leaf.overdue(to, one.tag, sha256(one.envelope))


def taken(desk: Inbox, *submissions: Submission) -> Inbox:
    """A desk after these texts."""
    for at, one in enumerate(submissions):
        desk.take(at, text_leaf(one), one.envelope)
    return desk


def plain_of(one: Submission) -> bytes:
    """The plaintext, opened by its own organisation."""
    return open_envelope(one.envelope, EnvelopeClass.TEXT, [LOG.party(one.organisation).pair])


def transferred(plain: bytes) -> bytes:
    """A message's frame as it travels inside another."""
    return Frame.read(plain, REPORTER).transferred


def handed(
    message: bytes, consent: bytes, to: str = "helpdesk", by: str = "nl-vi"
) -> tuple[Leaf, bytes]:
    """A transferred envelope and its leaf."""
    frame = transferred_frame(to, message, consent, LOG.party(by).desk.pair[1])
    envelope = seal_text(frame, LOG.party(to).pair[0]).envelope
    return Leaf.transferred(to, os.urandom(16), sha256(envelope)), envelope


def test_a_consent_is_admitted_into_the_thread_of_the_report(
    public: Public, reporter: Reporter
) -> None:
    report = reporter.compose(public, "nl-vi", "Een tekst.", slot=1)
    consent = reporter.consent(public, "nl-vi", "helpdesk", "Ja, dat mag.", slot=2)
    desk = taken(inbox("nl-vi"), report, consent)
    assert desk.unreadable == {} and len(desk.threads) == 1
    assert [one.frame.kind for one in desk.messages] == [Kind.REPORT, Kind.CONSENT]
    keys = OtherKeys.read(desk.messages[1].frame.fields[Field.OTHER_KEYS])
    assert keys.organisation == "helpdesk"
    theirs = reporter.keys("helpdesk")
    opened = keys.opened([LOG.party("helpdesk").pair])
    assert (opened.thread, opened.reply) == (theirs.thread[0], theirs.reply[0])
    assert opened.tag_key == theirs.tag_key


def test_a_release_opens_exactly_the_one_it_names(public: Public, reporter: Reporter) -> None:
    mine = reporter.compose(public, "nl-vi", "Dit is van mij.", slot=7)
    other = Reporter(LOG.name).compose(public, "nl-vi", "Dit is van een ander.")
    desk = inbox("helpdesk")
    for at, one in enumerate((mine, other)):
        desk.take(at, overdue_leaf(one), one.envelope)
    assert len(desk.waiting_elsewhere) == 2 and desk.messages == []
    release = Release.of(reporter.keys("nl-vi"), 7, sha256(mine.envelope))
    sent = reporter.release(public, "helpdesk", release, slot=9)
    desk.take(2, text_leaf(sent), sent.envelope)
    assert desk.unreadable == {}
    assert [one.frame.kind for one in desk.messages] == [Kind.RELEASE, Kind.REPORT]
    opened = desk.messages[1]
    assert opened.frame.fields[Field.TEXT].decode() == "Dit is van mij."
    assert (opened.source, opened.index) == ("nl-vi", 0)
    assert opened.thread == reporter.keys("helpdesk").thread[0]
    assert list(desk.waiting_elsewhere) == [sha256(other.envelope)]


def test_a_release_that_comes_early_waits(public: Public, reporter: Reporter) -> None:
    report = reporter.compose(public, "nl-vi", "Nog niet te laat.", slot=7)
    release = Release.of(reporter.keys("nl-vi"), 7, sha256(report.envelope))
    sent = reporter.release(public, "helpdesk", release, "Geef het maar door.")
    desk = taken(inbox("helpdesk"), sent)
    assert [one.frame.kind for one in desk.messages] == [Kind.RELEASE]
    desk.take(1, overdue_leaf(report), report.envelope)
    assert [one.frame.kind for one in desk.messages] == [Kind.RELEASE, Kind.REPORT]
    assert desk.waiting_elsewhere == {} and desk.unreadable == {}


@pytest.mark.parametrize("is_early", [True, False], ids=["early", "late"])
def test_a_release_that_does_not_open_is_unreadable_and_changes_nothing(
    public: Public, reporter: Reporter, is_early: bool
) -> None:
    report = reporter.compose(public, "nl-vi", "Van een ander.", slot=7)
    stranger = Reporter(LOG.name)
    wrong = Release(sha256(report.envelope), os.urandom(32), "nl-vi")
    sent = stranger.release(public, "helpdesk", wrong)
    desk = inbox("helpdesk")
    steps: list[Callable[[], None]] = [
        lambda: desk.take(0, overdue_leaf(report), report.envelope),
        lambda: desk.take(1, text_leaf(sent), sent.envelope),
    ]
    for step in reversed(steps) if is_early else steps:
        step()
    assert desk.unreadable == {1: "commitment does not match"}
    assert desk.messages == [] and desk.threads == {}
    assert list(desk.waiting_elsewhere) == [sha256(report.envelope)]


def test_a_release_from_another_organisation_than_it_says_is_unreadable(
    public: Public, reporter: Reporter
) -> None:
    report = reporter.compose(public, "nl-vi", "Aan de inspectie.", slot=7)
    keys = reporter.keys("nl-vi")
    wrong = Release(sha256(report.envelope), keys.release(7), "nl-ocw")
    sent = reporter.release(public, "helpdesk", wrong)
    desk = inbox("helpdesk")
    desk.take(0, overdue_leaf(report), report.envelope)
    desk.take(1, text_leaf(sent), sent.envelope)
    assert list(desk.unreadable) == [1] and len(desk.waiting_elsewhere) == 1


def test_what_a_release_opens_is_not_acted_on(public: Public, reporter: Reporter) -> None:
    """A consent inside an overdue envelope is read, but is no consent to this desk."""
    consent = reporter.consent(public, "nl-vi", "nl-ocw", slot=4)
    release = Release.of(reporter.keys("nl-vi"), 4, sha256(consent.envelope))
    sent = reporter.release(public, "helpdesk", release)
    desk = inbox("helpdesk")
    desk.take(0, overdue_leaf(consent), consent.envelope)
    desk.take(1, text_leaf(sent), sent.envelope)
    assert [(one.frame.kind, one.source) for one in desk.messages] == [
        (Kind.RELEASE, "helpdesk"),
        (Kind.CONSENT, "nl-vi"),
    ]


def test_a_message_handed_on_founds_the_thread_of_the_consent(
    public: Public, reporter: Reporter
) -> None:
    report = reporter.compose(public, "nl-vi", "Vertel het maar een keer.", slot=1)
    consent = reporter.consent(public, "nl-vi", "helpdesk", slot=2)
    message, yes = transferred(plain_of(report)), transferred(plain_of(consent))
    desk = inbox("helpdesk")
    desk.take(0, *handed(message, yes))
    assert desk.unreadable == {}
    thread = desk.threads[reporter.keys("helpdesk").thread[0]]
    assert thread.reply == reporter.keys("helpdesk").reply[0]
    assert thread.tag_key == reporter.keys("helpdesk").tag_key
    assert [(one.source, one.frame.fields[Field.TEXT]) for one in desk.messages] == [
        ("nl-vi", b"Vertel het maar een keer.")
    ]
    desk.take(1, *handed(message, yes))
    assert desk.unreadable == {1: "message was handed on before"}
    filler = LOG.filler("helpdesk")
    desk.take(2, Leaf.transferred("helpdesk", os.urandom(16), sha256(filler)), filler)
    assert len(desk.messages) == 1 and list(desk.unreadable) == [1]


def test_what_was_handed_on_wrongly_is_unreadable(public: Public, reporter: Reporter) -> None:
    report = plain_of(reporter.compose(public, "nl-vi", "Een tekst.", slot=1))
    consent = plain_of(reporter.consent(public, "nl-vi", "helpdesk", slot=2))
    elsewhere = plain_of(reporter.consent(public, "nl-vi", "nl-ocw", slot=3))
    stranger = Reporter(LOG.name)
    foreign = plain_of(stranger.consent(public, "nl-vi", "helpdesk"))
    at_ocw = plain_of(reporter.consent(public, "nl-ocw", "helpdesk"))
    message, yes = transferred(report), transferred(consent)
    ours = OtherKeys.of(reporter.keys("helpdesk"), LOG.party("helpdesk").pair[0]).sealed
    fields = reporter.fields(public, "nl-vi", "", 4) | {14: OtherKeys("nl-ocw", ours).encoded}
    named = reporter.frame(Kind.CONSENT, fields)
    bent = message.replace(b"Een tekst.", b"Een woord.")
    wrong = {
        "consent for another": handed(message, transferred(elsewhere)),
        "consent for another, sealed to this one": handed(message, transferred(named)),
        "consent of another thread": handed(message, transferred(foreign)),
        "consent at another organisation": handed(message, transferred(at_ocw)),
        "no consent at all": handed(message, message),
        "consent as the message": handed(yes, yes),
        "text bent by desk A": handed(bent, yes),
        "signed by another desk": handed(message, yes, by="nl-ocw"),
    }
    for name, (leaf, envelope) in wrong.items():
        desk = inbox("helpdesk")
        desk.take(0, leaf, envelope)
        assert list(desk.unreadable) == [0], name
        assert desk.messages == [] and desk.threads == {}, name


def test_keys_for_another_organisation_are_checked_like_a_first_message(
    public: Public, reporter: Reporter
) -> None:
    keys = reporter.keys("helpdesk")
    seal_key = LOG.party("helpdesk").pair[0]
    report = transferred(plain_of(reporter.compose(public, "nl-vi", "Een tekst.", slot=1)))
    victim = Reporter(LOG.name)
    first = victim.compose(public, "helpdesk", "Was er al.")

    def consent(secret: bytes) -> bytes:
        field = OtherKeys("helpdesk", seal(secret, seal_key)).encoded
        fields = reporter.fields(public, "nl-vi", "", 2) | {14: field}
        return transferred(reporter.frame(Kind.CONSENT, fields))

    stolen = victim.keys("helpdesk").tag_key
    for name, secret in {
        "low-order reply key": keys.thread[0] + bytes(32) + keys.tag_key,
        "tag key of another thread": keys.thread[0] + keys.reply[0] + stolen,
    }.items():
        desk = taken(inbox("helpdesk"), first)
        desk.take(1, *handed(report, consent(secret)))
        assert list(desk.unreadable) == [1], name
        assert list(desk.threads) == [victim.keys("helpdesk").thread[0]], name


def test_texts_of_a_hostile_reporter_are_unreadable(public: Public, reporter: Reporter) -> None:
    good = reporter.compose(public, "nl-vi", "Een.", slot=1)
    again = reporter.compose(public, "nl-vi", "Twee.", slot=1)
    fields = reporter.fields(public, "nl-vi", "Drie.", 3)
    swapped = {**fields, Field.REPLY_KEY: box_pair(os.urandom(32))[0]}
    digest = sha256(good.envelope)
    moved = Submission("nl-vi", reporter.keys("nl-vi").tag_in(digest, 5), good.envelope)
    other = Reporter(LOG.name)
    theft = other.fields(public, "nl-vi", "Van mij.", 8)
    theft[Field.TAG_KEY] = seal(reporter.keys("nl-vi").tag_key, LOG.party("nl-vi").pair[0])
    frame = other.frame(Kind.REPORT, theft)
    envelope = other.sealed(public, "nl-vi", frame, 8)
    tag = reporter.keys("nl-vi").tag_in(sha256(envelope), 8)
    stolen = Submission("nl-vi", tag, envelope)
    low = {**fields, Field.NUMBER: u32(6), Field.REPLY_KEY: bytes(32)}
    desk = taken(
        inbox("nl-vi"),
        good,
        again,
        reporter.submission(public, Kind.FOLLOW_UP, swapped),
        moved,
        stolen,
        reporter.submission(public, Kind.REPORT, low),
        replace(reporter.compose(public, "nl-vi", "Vier.", slot=9), tag=good.tag),
    )
    assert len(desk.messages) == 1 and sorted(desk.unreadable) == [1, 2, 3, 4, 5, 6]
    assert desk.unreadable[1] == "slot was used before in this thread"
    assert "first message" in desk.unreadable[2]
    assert "slot" in desk.unreadable[3]
    assert "same tag key" in desk.unreadable[4]
    assert "low order" in desk.unreadable[5]
    assert "does not belong to this envelope" in desk.unreadable[6], "a tag that was copied"
