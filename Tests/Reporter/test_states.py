"""The states a reporter sees, of logs that tell the truth and of logs that lie."""

import datetime
from dataclasses import replace

import pytest
from paper_log import PaperLog, days
from reporter.codec import base64_text
from reporter.frame import Kind
from reporter.leaf import Leaf
from reporter.primitives import sha256
from reporter.promise import Promise
from reporter.states import MessageState, ReplyState, answers, messages, picked_up, promised
from reporter.submission import Submission
from reporter.visit import Reporter


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    """One token."""
    return Reporter("paper.test")


def begun(start: int = -21) -> PaperLog:
    """A log with one day closed."""
    log = PaperLog()
    log.close(days(start))
    return log


def report(
    log: PaperLog, reporter: Reporter, organisation: str = "nl-vi", slot: int = 7
) -> Submission:
    """A report to an organisation."""
    return reporter.compose(log.public(), organisation, "Een tekst.", slot=slot)


def state(log: PaperLog, reporter: Reporter, organisation: str = "nl-vi") -> MessageState:
    """The state of the one message there is."""
    (found,) = messages(log.public(), reporter.keys(organisation))
    return found.state


def promise(log: PaperLog, one: Submission, day: datetime.date) -> Promise:
    """The server's promise for a submission."""
    leaf = Leaf.text(one.organisation, one.tag, sha256(one.envelope)).encoded
    lines = ["sealedintake/v1/promise", log.name, str(day), base64_text(leaf)]
    note = log.promise.note("".join(line + "\n" for line in lines))
    return Promise.verified(note, log.name, *log.directory.promises)


def answered(log: PaperLog, reporter: Reporter, number: int = 0) -> Leaf:
    """An answer of nl-vi in the drop, and its leaf."""
    keys = reporter.keys("nl-vi")
    envelope = log.party("nl-vi").reply(keys, number, "Wij lezen je.", bytes(32))
    return log.put("nl-vi", keys, number, envelope)


def found(log: PaperLog, reporter: Reporter, months: int = 2) -> list[ReplyState]:
    """What became of the replies of nl-vi."""
    public = log.public(months=months)
    return [one.state for one in answers(public, reporter.keys("nl-vi"), log.drop)]


def test_a_message_is_sent_then_recorded_then_at_the_organisation(reporter: Reporter) -> None:
    log = begun(-3)
    one = report(log, reporter)
    given = promise(log, one, days(-1))
    assert messages(log.public(), reporter.keys("nl-vi")) == []
    assert promised(log.public(), given) == MessageState.SENT
    log.close(days(-1), [one])
    assert promised(log.public(), given) == MessageState.RECORDED
    assert state(log, reporter) == MessageState.RECORDED
    log.cosign("nl-vi", days(0))
    assert state(log, reporter) == MessageState.HELD
    assert picked_up(log.public()) == {"nl-vi": days(0), "helpdesk": None, "nl-ocw": None}


def test_a_cosignature_of_what_came_before_does_not_cover_a_message(reporter: Reporter) -> None:
    log = begun(-3)
    log.close(days(-1), [report(log, reporter)])
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    for size in (1, message.index):
        log.cosign("nl-vi", days(-2), size)
        assert state(log, reporter) == MessageState.RECORDED
    log.cosign("nl-vi", days(-2), message.index + 1)
    assert state(log, reporter) == MessageState.HELD


def test_another_organisation_s_cosignature_does_not_count(reporter: Reporter) -> None:
    log = begun(-3)
    log.close(days(-1), [report(log, reporter)])
    log.cosign("helpdesk", days(0))
    assert state(log, reporter) == MessageState.RECORDED


def test_a_promise_whose_day_was_closed_without_it_is_broken(reporter: Reporter) -> None:
    log = begun(-3)
    one = report(log, reporter)
    given = promise(log, one, days(-2))
    log.close(days(-2))
    assert promised(log.public(), given) == MessageState.LOST
    log.close(days(-1), [one])
    assert promised(log.public(), given) == MessageState.LOST, "a day late is not kept"


def test_a_swapped_envelope_under_the_promised_tag_breaks_the_promise(reporter: Reporter) -> None:
    log = begun(-3)
    one = report(log, reporter)
    log.close(days(-1), [replace(one, envelope=log.filler("nl-vi"))])
    assert promised(log.public(), promise(log, one, days(-1))) == MessageState.LOST
    assert messages(log.public(), reporter.keys("nl-vi")) == [], "and is nobody's message"


def test_an_answer_is_found_only_when_log_and_drop_agree(reporter: Reporter) -> None:
    log = begun(-3)
    leaf = answered(log, reporter)
    assert found(log, reporter) == [], "in the drop, not in the log"
    log.close(days(-1), replies=[leaf])
    assert found(log, reporter) == [ReplyState.ANSWERED]
    log.drop[leaf.tag] = log.party("nl-vi").reply(reporter.keys("nl-vi"), 0, "Anders.", bytes(32))
    assert found(log, reporter) == [ReplyState.WITHHELD], "another reply under its tag"
    del log.drop[leaf.tag]
    assert found(log, reporter) == [ReplyState.WITHHELD]


def test_a_reply_under_another_organisation_s_name_is_nobody_s(reporter: Reporter) -> None:
    log = begun(-3)
    leaf = answered(log, reporter)
    stolen = Leaf.reply("helpdesk", leaf.tag, leaf.digest)
    log.close(days(-1), replies=[stolen])
    assert found(log, reporter) == []


def test_a_withdrawn_reply_is_not_withheld(reporter: Reporter) -> None:
    log = begun(-3)
    leaf = answered(log, reporter)
    log.close(days(-2), replies=[leaf])
    gone = Leaf.withdrawn("nl-vi", leaf.tag, leaf.digest)
    log.close(days(-1), more=[gone])
    assert found(log, reporter) == [ReplyState.WITHDRAWN], "also while it still lies in the drop"
    del log.drop[leaf.tag]
    assert found(log, reporter) == [ReplyState.WITHDRAWN]


def test_reply_and_withdrawal_may_stand_in_one_close(reporter: Reporter) -> None:
    log = begun(-3)
    leaf = answered(log, reporter)
    del log.drop[leaf.tag]
    log.close(days(-1), replies=[leaf], more=[Leaf.withdrawn("nl-vi", leaf.tag, leaf.digest)])
    assert found(log, reporter) == [ReplyState.WITHDRAWN]


@pytest.mark.parametrize("lie", ["other digest", "other organisation", "other tag", "before it"])
def test_a_withdrawal_that_does_not_fit_excuses_nothing(reporter: Reporter, lie: str) -> None:
    log = begun(-4)
    leaf = answered(log, reporter)
    del log.drop[leaf.tag]
    wrong = {
        "other digest": Leaf.withdrawn("nl-vi", leaf.tag, bytes(32)),
        "other organisation": Leaf.withdrawn("helpdesk", leaf.tag, leaf.digest),
        "other tag": Leaf.withdrawn("nl-vi", bytes(16), leaf.digest),
        "before it": Leaf.withdrawn("nl-vi", leaf.tag, leaf.digest),
    }[lie]
    if lie == "before it":
        log.close(days(-3), more=[wrong])
    log.close(days(-2), replies=[leaf])
    if lie != "before it":
        log.close(days(-1), more=[wrong])
    assert found(log, reporter) == [ReplyState.WITHHELD]


def test_a_reply_of_ninety_days_may_be_gone(reporter: Reporter) -> None:
    log = begun(-95)
    leaf = answered(log, reporter)
    del log.drop[leaf.tag]
    log.close(days(-91), replies=[leaf])
    log.close(days(-3))
    assert found(log, reporter, months=5) == [ReplyState.WITHHELD], "89 days"
    log.close(days(-2))
    assert found(log, reporter, months=5) == [ReplyState.OVER], "90 days"
    assert found(log, reporter) == [], "its month is not looked at"


def test_an_overdue_message_says_where_it_waits(reporter: Reporter) -> None:
    log = begun(-20)
    one = report(log, reporter)
    log.close(days(-15), [one])
    log.close(days(-3))
    assert state(log, reporter) == MessageState.RECORDED, "13 days"
    log.close(days(-1), more=[Leaf.overdue("helpdesk", one.tag, sha256(one.envelope))])
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert message.state == MessageState.OVERDUE
    assert message.waits_at == "helpdesk" and not message.is_hidden
    log.cosign("nl-vi", days(0))
    assert state(log, reporter) == MessageState.HELD, "taken after all"


def test_a_log_that_hides_an_overdue_message_is_caught(reporter: Reporter) -> None:
    log = begun(-20)
    one = report(log, reporter)
    log.close(days(-15), [one])
    log.close(days(-1))
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert message.state == MessageState.OVERDUE
    assert message.waits_at is None and message.is_hidden


def test_patience_of_another_directory_accuses_nobody(reporter: Reporter) -> None:
    log = begun(-20)
    log.party("nl-vi").escalation = "helpdesk after 60"
    log.serial = 2
    log.close(days(-15), [report(log, reporter)])
    log.party("nl-vi").escalation = "helpdesk after 14"
    log.serial = 3
    log.close(days(-1))
    (message,) = messages(log.public(), reporter.keys("nl-vi"))
    assert message.state == MessageState.OVERDUE and not message.is_hidden


def test_overdue_leaves_that_do_not_fit_say_nothing(reporter: Reporter) -> None:
    log = begun(-5)
    one = report(log, reporter)
    digest = sha256(one.envelope)
    log.close(days(-4), more=[Leaf.overdue("helpdesk", one.tag, digest)])
    log.close(days(-3), [one])
    wrong = [
        Leaf.overdue("helpdesk", one.tag, bytes(32)),
        Leaf.overdue("helpdesk", bytes(16), digest),
        Leaf.overdue("nl-vi", one.tag, digest),
    ]
    log.close(days(-2), more=wrong)
    assert state(log, reporter) == MessageState.RECORDED


def test_no_escalation_is_never_overdue(reporter: Reporter) -> None:
    log = begun(-21)
    log.close(days(-20), [report(log, reporter, "helpdesk")])
    log.close(days(-1))
    assert state(log, reporter, "helpdesk") == MessageState.RECORDED


def test_follow_ups_have_states_of_their_own(reporter: Reporter) -> None:
    log = begun(-9)
    log.close(days(-8), [report(log, reporter, slot=7)])
    log.cosign("nl-vi", days(-7))
    more = reporter.compose(log.public(), "nl-vi", "Meer.", kind=Kind.FOLLOW_UP, slot=2000)
    log.close(days(-6), [more])
    states = reporter.states(log.public(), "nl-vi")
    assert states == {7: "at the organisation", 2000: "recorded"}
