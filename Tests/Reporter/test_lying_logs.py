"""Logs that lie about what desks acknowledged, and logs with leaves left out: all refused."""

import datetime
from dataclasses import replace

import pytest
from paper_log import PaperLog, days
from reporter.leaf import Leaf
from reporter.month import MonthFile
from reporter.note import Checkpoint
from reporter.primitives import sha256
from reporter.public import Public
from reporter.refusal import Refused
from reporter.states import MessageState, ReplyState, answers, messages, unshown
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
    assert message.state == MessageState.SHOWN_LESS


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


def waiting(reporter: Reporter, *, acknowledged: bool, answered: bool) -> PaperLog:
    """A report of fifteen days ago that nl-vi holds, of which the checkpoint list shows nothing."""
    log = PaperLog()
    log.close(days(-20))
    one = report(log, reporter)
    log.close(days(-15), [one])
    more = [log.cosign("nl-vi", days(-14))] if acknowledged else []
    keys = reporter.keys("nl-vi")
    envelope = log.party("nl-vi").reply(keys, 0, "Wij lezen je.", sha256(one.envelope))
    replies = [log.put("nl-vi", keys, 0, envelope)] if answered else []
    log.close(days(-13), replies=replies, more=more)
    log.close(days(-1))
    log.cosigned.clear()
    return log


def states(log: PaperLog, reporter: Reporter, today: datetime.date = days(0)) -> list[MessageState]:
    """The states of all messages to nl-vi, held against the drop."""
    found = messages(log.public(today), reporter.keys("nl-vi"), log.drop)
    return [one.state for one in found]


@pytest.mark.parametrize(
    ("acknowledged", "answered", "state"),
    [
        (False, False, MessageState.OVERDUE),
        (True, False, MessageState.SHOWN_LESS),
        (False, True, MessageState.SHOWN_LESS),
        (True, True, MessageState.SHOWN_LESS),
    ],
)
def test_an_emptied_entry_makes_overdue_only_what_nothing_contradicts(
    reporter: Reporter, acknowledged: bool, answered: bool, state: MessageState
) -> None:
    log = waiting(reporter, acknowledged=acknowledged, answered=answered)
    assert states(log, reporter) == [state]


def test_an_emptied_drop_makes_nothing_overdue(reporter: Reporter) -> None:
    log = waiting(reporter, acknowledged=False, answered=True)
    log.drop.clear()
    assert states(log, reporter) == [MessageState.SHOWN_LESS]
    (answer,) = answers(log.public(), reporter.keys("nl-vi"), log.drop)
    assert answer.state == ReplyState.WITHHELD


def test_what_came_after_the_answered_message_may_be_overdue(reporter: Reporter) -> None:
    log = PaperLog()
    log.close(days(-21))
    one = report(log, reporter)
    log.close(days(-20), [one])
    acknowledgement = log.cosign("nl-vi", days(-19))
    keys = reporter.keys("nl-vi")
    envelope = log.party("nl-vi").reply(keys, 0, "Wij lezen je.", sha256(one.envelope))
    log.close(days(-18), replies=[log.put("nl-vi", keys, 0, envelope)], more=[acknowledgement])
    log.close(days(-17), [reporter.compose(log.public(), "nl-vi", "Nog iets.", slot=8)])
    log.close(days(-1))
    assert states(log, reporter) == [MessageState.HELD, MessageState.OVERDUE]


def test_an_hour_ahead_of_the_log_lets_no_time_pass(reporter: Reporter) -> None:
    log, keys = PaperLog(), reporter.keys("nl-vi")
    envelope = log.party("nl-vi").reply(keys, 0, "Wij lezen je.", bytes(32))
    log.close(days(-59), replies=[log.put("nl-vi", keys, 0, envelope)])
    log.drop.clear()
    log.close(days(-5))
    log.close(days(-4), [report(log, reporter)])
    (answer,) = answers(log.public(days(36), months=5), keys, log.drop)
    assert answer.state == ReplyState.WITHHELD, "95 days by the hour, 56 by the log"
    assert states(log, reporter, days(36)) == [MessageState.RECORDED]


@pytest.mark.parametrize("lie", ["without its beginning", "empty", "another month"])
def test_a_month_that_is_not_whole_is_refused(reporter: Reporter, lie: str) -> None:
    log = PaperLog()
    log.close(days(-50))
    early = log.public(days(-49))
    log.close(days(-25), [reporter.compose(early, "nl-vi", "Een tekst.", slot=7)])
    log.close(days(-2))
    assert states(log, reporter) == [MessageState.OVERDUE]
    files = log.months()
    february = MonthFile.read(files["2026-02"])
    count = {"without its beginning": 1, "empty": len(february.leaves)}.get(lie, 0)
    tree = log.tree(february.first + count)
    cut = MonthFile.after(tree, february.leaves[count:]).encoded
    lying = files | {"2026-02": cut}
    if lie == "another month":
        end = log.tree()
        nothing = MonthFile.after(end, ()).encoded
        lying = {"2026-02": files["2026-03"], "2026-03": nothing}
    log.months = lambda: lying  # type: ignore[method-assign]
    with pytest.raises(Refused, match="month 2026-02"):
        log.public()
