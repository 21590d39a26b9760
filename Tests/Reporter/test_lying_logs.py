"""Logs that lie about what desks acknowledged, and logs with leaves left out: all refused."""

from dataclasses import replace

import pytest
from paper_log import PaperLog, days
from reporter.leaf import Leaf
from reporter.note import Checkpoint
from reporter.primitives import sha256
from reporter.public import Public
from reporter.refusal import Refused
from reporter.states import MessageState, messages, unshown
from reporter.submission import Submission
from reporter.visit import Reporter


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    """One token."""
    return Reporter("paper.test")


def begun() -> PaperLog:
    """A log with one day closed."""
    log = PaperLog()
    log.close(days(-5))
    return log


def report(log: PaperLog, reporter: Reporter) -> Submission:
    """A report to nl-vi."""
    return reporter.compose(log.public(), "nl-vi", "Een tekst.", slot=7)


def test_an_honest_acknowledgement_is_believed(reporter: Reporter) -> None:
    log = begun()
    log.close(days(-4), [report(log, reporter)])
    log.close(days(-2), more=[log.cosign("nl-vi", days(-3))])
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert message.state == MessageState.HELD


def lying_acknowledgement(log: PaperLog, name: str) -> Public:
    """A log with a type 7 leaf that cannot be."""
    honest = log.cosign("nl-vi", days(-3))
    size = len(log.leaves)
    text = Checkpoint.text(log.name, size, bytes(32))
    lie = {
        "another tree": Leaf.acknowledgement("nl-vi", size, sha256(text.encode())),
        "leaves to come": Leaf.acknowledgement("nl-vi", size + 50, honest.digest),
    }[name]
    log.close(days(-2), more=[lie])
    return log.public()


@pytest.mark.parametrize("name", ["another tree", "leaves to come"])
def test_an_acknowledgement_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="acknowledgement"):
        lying_acknowledgement(begun(), name)


def test_a_cosignature_that_is_not_shown_counts_for_nothing(reporter: Reporter) -> None:
    """As after a recovery, or when a server hides it: the leaf alone proves nothing."""
    log = begun()
    log.close(days(-4), [report(log, reporter)])
    log.close(days(-3), more=[log.cosign("nl-vi", days(-3))])
    assert unshown(log.public()) == []
    log.cosign("nl-vi", days(-3), 1)
    assert unshown(log.public()) == ["nl-vi"]
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert message.state == MessageState.RECORDED


def test_a_cosignature_of_another_tree_is_refused(reporter: Reporter) -> None:
    log, other = begun(), begun()
    other.log, other.parties, other.root = log.log, log.parties, log.root
    other.close(days(-4))
    other.cosign("nl-vi", days(-3))
    log.close(days(-4), [report(log, reporter)])
    log.close(days(-3))
    log.cosigned = other.cosigned
    with pytest.raises(Refused, match="another tree"):
        log.public()


def test_a_cosignature_beyond_the_log_is_refused(reporter: Reporter) -> None:
    """The server shows an older log than the desk has seen."""
    log = begun()
    log.close(days(-4), [report(log, reporter)])
    log.cosign("nl-vi", days(-3))
    del log.leaves[-2:]
    with pytest.raises(Refused):
        log.public()


@pytest.mark.parametrize("other", ["a filler", "another's report", "a report of before"])
def test_another_envelope_under_a_reporter_s_tag_is_not_there(
    reporter: Reporter, other: str
) -> None:
    """The server keeps its promise to the letter of the tag: the report itself is gone."""
    log = begun()
    one = report(log, reporter)
    stranger = Reporter(log.name).compose(log.public(), "nl-vi", "Van een ander.")
    again = reporter.compose(log.public(), "nl-vi", "Al eerder gezegd.")
    envelope = {
        "a filler": log.filler("nl-vi"),
        "another's report": stranger.envelope,
        "a report of before": again.envelope,
    }[other]
    log.close(days(-4), [replace(one, envelope=envelope)])
    log.cosign("nl-vi", days(-3))
    assert messages(log.public(), reporter.keys("nl-vi")) == []
    log.close(days(-2), [one])
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert (message.slot, message.digest) == (7, sha256(one.envelope))
    assert message.state == MessageState.RECORDED, "the honest one alone counts"


def test_a_tag_that_was_moved_by_one_bit_is_not_there_or_another_slot(reporter: Reporter) -> None:
    log = begun()
    one = report(log, reporter)
    for bit in range(128):
        bent = bytearray(one.tag)
        bent[bit // 8] ^= 1 << bit % 8
        slot = reporter.keys("nl-vi").slot_of(sha256(one.envelope), bytes(bent))
        assert (slot is None) == (bit < 96) and slot != 7, "and no desk admits another slot"


def test_leaves_that_were_left_out_or_moved_are_refused(reporter: Reporter) -> None:
    log = begun()
    log.close(days(-4), [report(log, reporter)])
    honest = log.checkpoint()
    for at in range(len(log.leaves) - 1):
        bent = replace(log, leaves=log.leaves[:at] + log.leaves[at + 1 :])
        bent.checkpoint = lambda size=None: honest  # type: ignore[method-assign]
        with pytest.raises(Refused):
            bent.public()
