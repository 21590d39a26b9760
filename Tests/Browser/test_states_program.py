"""Where messages and answers are, said by the page's own program from the log and the drop.

Both ways of the program, against logs on paper that are honest, and that lie.
"""

import os

import pytest
from paper_house import DEPLOYMENT, PaperHouse, days
from paper_ledger import PaperLog, message, overdue, reply_leaf, withdrawn
from reporter.drop import write_drop
from reporter.envelope import EnvelopeClass, open_envelope, seal_text
from reporter.frame import REPORTER, Frame
from reporter.keys import ThreadKeys, root_key
from reporter.leaf import Leaf
from reporter.note import framed
from reporter.primitives import sha256, unseal
from reporter.token import Token
from test_page_program import STAMP, number, program, submission, way  # noqa: F401
from vectors_fixture import harness, programs, u32  # noqa: F401

TOKEN = Token.make()
ROOT = root_key(TOKEN, DEPLOYMENT)
HERE, THERE = ThreadKeys(ROOT, "nl-vi"), ThreadKeys(ROOT, "helpdesk")
RECORDED, AT, OVERDUE, ANSWERED, WITHHELD, WITHDRAWN, EXPIRED, EARLIER, SHOWN_LESS, COMING = range(1, 11)
#: The drop of somebody whose shard was not fetched yet.
NOT_ASKED = object()


@pytest.fixture
def log():
    return PaperLog(PaperHouse())


def opened(program, log):  # noqa: F811
    """A visit of somebody who has the code."""
    start = program.call("start", *log.house.start)
    assert start.status == 0
    said = program.call("visit", *log.files())
    if said.status == 0:
        assert program.call("keys", ROOT).status == 0
    return said.status


def look(program, drop=None):  # noqa: F811
    """How far back one can look, and what was found, eight parts each."""
    said = program.call("look", write_drop(drop or {}) if drop is not NOT_ASKED else b"")
    assert said.status == 0 and len(said.parts) % 8 == 1
    found = [said.parts[at : at + 8] for at in range(1, len(said.parts), 8)]
    return number(said.parts[0]), [
        (one[0].decode(), number(one[1]), number(one[2]), number(one[3]))
        + tuple(part.decode() for part in one[4:])
        for one in found
    ]


def states(program, log, drop=None):  # noqa: F811
    assert opened(program, log) == 0
    return [(one[0], one[1]) for one in look(program, drop)[1]]


# Messages


def test_messages_are_found_at_every_organisation_with_their_day(program, log):  # noqa: F811
    one, two, three = message(HERE, 0), message(HERE, 2**32 - 1), message(THERE, 77)
    log.add(30, one).add(9, two).add(2, three).hand_over("nl-vi", one)
    assert opened(program, log) == 0
    assert look(program) == (1, [
        ("nl-vi", AT, log.index(one), 0, str(days(-30)), str(days(-16)), "helpdesk", ""),
        ("nl-vi", RECORDED, log.index(two), 0, str(days(-9)), str(days(5)), "helpdesk", ""),
        ("helpdesk", RECORDED, log.index(three), 0, str(days(-2)), "", "", ""),
    ])


@pytest.mark.parametrize("ago, state", [(13, RECORDED), (14, OVERDUE), (37, OVERDUE)])
def test_a_message_is_overdue_after_the_days_of_the_directory(program, log, ago, state):  # noqa: F811
    log.add(ago, message(HERE)).add(1)
    assert states(program, log) == [("nl-vi", state)]


def test_an_overdue_copy_in_the_log_changes_nothing(program, log):  # noqa: F811
    own = message(HERE)
    log.add(20, own).add(2, overdue(own, "helpdesk"))
    assert states(program, log) == [("nl-vi", OVERDUE)]


def test_a_cosignature_up_to_the_message_alone_is_not_enough(program, log):  # noqa: F811
    own = message(HERE)
    log.add(5, own)
    log.acknowledged["nl-vi"] = log.index(own)
    assert states(program, log) == [("nl-vi", RECORDED)]
    log.hand_over("nl-vi", own)
    assert states(program, log) == [("nl-vi", AT)]


def test_the_cosignature_of_another_organisation_is_not_enough(program, log):  # noqa: F811
    own = message(HERE)
    log.add(5, own).hand_over("helpdesk", own)
    assert states(program, log) == [("nl-vi", RECORDED)]


def test_another_code_finds_nothing(program, log):  # noqa: F811
    log.add(5, message(ThreadKeys(os.urandom(32), "nl-vi")))
    assert states(program, log) == []


# Lies about messages


def test_another_envelope_under_the_tag_of_a_message_is_not_there(program, log):  # noqa: F811
    own = message(HERE)
    log.add(5, Leaf.text("nl-vi", own.tag, os.urandom(32)))
    assert states(program, log) == []


def test_a_cosignature_over_another_root_closes_the_page(program, log):  # noqa: F811
    log.add(5, message(HERE))
    files = log.files()
    forged = log.checkpoint(3, log.house.party("nl-vi").desk, root=os.urandom(32))
    files[3] = framed(log.checkpoint()) + framed(forged) + u32(0)
    assert program.call("start", *log.house.start).status == 0
    assert program.call("visit", *files).status == 6


def test_a_cosignature_for_a_larger_log_closes_the_page(program, log):  # noqa: F811
    log.add(5, message(HERE))
    files = log.files()
    ahead = PaperLog(log.house, {**log.by_day, days(-1): [message(HERE)]})
    cosigned = ahead.checkpoint(None, log.house.party("nl-vi").desk)
    files[3] = framed(log.checkpoint()) + framed(cosigned) + u32(0)
    assert program.call("start", *log.house.start).status == 0
    assert program.call("visit", *files).status == 6


def test_a_cosignature_of_a_smaller_tree_put_under_a_larger_one_is_refused(program, log):  # noqa: F811
    log.add(5, message(HERE))
    files = log.files()
    small = log.checkpoint(2, log.house.party("nl-vi").desk).split(b"\n\n", 1)[1]
    larger = log.checkpoint().split(b"\n\n", 1)[0] + b"\n\n" + small
    files[3] = framed(log.checkpoint()) + framed(larger) + u32(0)
    assert program.call("start", *log.house.start).status == 0
    assert program.call("visit", *files).status == 5


def test_a_message_left_out_of_the_signed_tree_closes_the_page(program, log):  # noqa: F811
    sent = message(HERE)
    log.add(5, sent)
    files = log.files()
    own = log.index(sent)
    at = len(files[5]) - 65 * (len(log.leaves) - own)
    files[5] = files[5][:at] + files[5][at + 65 :]
    assert program.call("start", *log.house.start).status == 0
    assert program.call("visit", *files).status == 6


# Answers


def answer(log, keys=HERE, at=0, **changes):
    return log.house.party(keys.organisation).reply(keys, at, "We gaan bellen.", **changes)


def test_answers_are_shown_when_drop_and_log_have_them(program, log):  # noqa: F811
    one, two = answer(log, at=63, day=days(-8)), answer(log, THERE, day=days(-3))
    log.add(7, reply_leaf(HERE, one)).add(2, reply_leaf(THERE, two))
    assert opened(program, log) == 0
    at = [log.index(reply_leaf(HERE, one)), log.index(reply_leaf(THERE, two))]
    text = "We gaan bellen."
    assert look(program, {**one, **two})[1] == [
        ("nl-vi", ANSWERED, at[0], 2, str(days(-8)), str(days(83)), "", text),
        ("helpdesk", ANSWERED, at[1], 2, str(days(-3)), str(days(88)), "", text),
    ]


def test_a_question_for_a_transfer_names_the_other_organisation(program, log):  # noqa: F811
    asked = answer(log, kind=5, other="helpdesk")
    log.add(2, reply_leaf(HERE, asked))
    assert opened(program, log) == 0
    [found] = look(program, asked)[1]
    assert (found[1], found[3], found[6]) == (ANSWERED, 5, "helpdesk")


def test_a_reply_without_its_leaf_is_passed_over(program, log):  # noqa: F811
    log.add(2)
    assert states(program, log, answer(log)) == []


def test_a_reply_that_is_not_the_logged_one_is_passed_over_and_the_logged_one_withheld(
    program, log  # noqa: F811
):
    log.add(2, reply_leaf(HERE, answer(log)))
    assert states(program, log, answer(log)) == [("nl-vi", WITHHELD)]


def test_a_leaf_without_its_reply_is_a_withheld_answer(program, log):  # noqa: F811
    log.add(30, reply_leaf(HERE, answer(log)))
    assert opened(program, log) == 0
    [found] = look(program)[1]
    assert (found[1], found[4]) == (WITHHELD, str(days(-30)))


def test_before_the_drop_was_asked_the_log_tells_what_comes(program, log):  # noqa: F811
    one, old, taken = answer(log), answer(log, at=1), answer(log, at=2)
    log.add(100, reply_leaf(HERE, old)).add(30, message(HERE)).add(9, reply_leaf(HERE, one))
    log.add(2, reply_leaf(HERE, taken), withdrawn(reply_leaf(HERE, taken)))
    assert opened(program, log) == 0
    for name in ("2026-01", "2025-12", "2025-11"):
        assert program.call("look_back", log.month(name)).status == 0
    # Its desk answered before: what is shown of it is less than it holds.
    states = [SHOWN_LESS, COMING, EXPIRED, WITHDRAWN]
    expected = [("nl-vi", state) for state in states]
    assert [one[:2] for one in look(program, NOT_ASKED)[1]] == expected
    expected[1] = "nl-vi", ANSWERED
    assert [one[:2] for one in look(program, one)[1]] == expected


def test_a_reply_that_was_taken_back_is_said_and_not_shown(program, log):  # noqa: F811
    taken = answer(log)
    leaf = reply_leaf(HERE, taken)
    log.add(9, leaf).add(2, withdrawn(leaf))
    assert states(program, log) == [("nl-vi", WITHDRAWN)]
    assert states(program, log, taken) == [("nl-vi", WITHDRAWN)]


def test_only_its_own_organisation_takes_a_reply_back(program, log):  # noqa: F811
    leaf = reply_leaf(HERE, answer(log))
    other = Leaf(8, b"helpdesk".ljust(16, b"\0"), leaf.tag, leaf.digest)
    log.add(9, leaf).add(2, other, Leaf(8, leaf.organisation, leaf.tag, sha256(b"another")))
    assert states(program, log) == [("nl-vi", WITHHELD)]


def test_what_is_not_of_the_desk_or_not_for_this_place_is_passed_over(program, log):  # noqa: F811
    party, helpdesk = log.house.party("nl-vi"), log.house.party("helpdesk")
    forged = party.reply(HERE, 0, "Niet van de balie.", by=helpdesk.desk)
    moved = {HERE.tag_out(1): next(iter(party.reply(HERE, 4, "Onder een ander nummer.").values()))}
    junk = {HERE.tag_out(2): b"junk".ljust(EnvelopeClass.REPLY.size, b"\0")}
    stranger = party.reply(ThreadKeys(os.urandom(32), "nl-vi"), 0, "Voor een ander.")
    elsewhere = party.reply(HERE, 3, "Onder de naam van een ander gelogd.")
    log.add(2, *(reply_leaf(HERE, one) for one in (forged, moved, junk, stranger)))
    log.add(1, reply_leaf(THERE, elsewhere))
    assert states(program, log, {**forged, **moved, **junk, **stranger, **elsewhere}) == []


def test_an_empty_drop_and_a_bad_one(program, log):  # noqa: F811
    assert program.call("look", write_drop({})).status == 2, "no visit"
    log.add(2)
    assert opened(program, log) == 0
    assert look(program) == (1, [])
    assert program.call("look", b"SID1" + u32(1)).status == 1
    assert program.call("look_back", b"").status == 6


# Older months


def test_older_months_are_taken_one_by_one(program, log):  # noqa: F811
    old, older = message(HERE, 1), answer(log, day=days(-75))
    log.add(100, old).add(70, reply_leaf(HERE, older)).add(5).hand_over("nl-vi", old)
    assert opened(program, log) == 0
    assert [one[1] for one in look(program, older)[1]] == [EARLIER]
    for name, reach in (("2026-01", 0), ("2025-12", 0), ("2025-11", 1)):
        said = program.call("look_back", log.month(name))
        assert (said.status, [number(part) for part in said.parts]) == (0, [reach]), name
    reach, found = look(program, older)
    assert reach == 1 and [one[1] for one in found] == [AT, ANSWERED]


def test_an_older_month_that_does_not_fit_is_refused(program, log):  # noqa: F811
    log.add(70, message(HERE)).add(40).add(5)
    assert opened(program, log) == 0
    whole = log.month("2025-12")
    assert program.call("look_back", whole).status == 6, "December ends where January begins"
    assert program.call("look_back", log.month("2026-01")[:-65]).status == 6
    log.erased.add("2026-01")
    assert program.call("look_back", log.month("2026-01")).status == 6, "too young to be erased"
    log.erased.clear()
    assert program.call("look_back", log.month("2026-01")).status == 0


# Release and consent


def about(program, kind, organisation, subject):  # noqa: F811
    return program.call("seal", u32(kind), organisation.encode(), b"", b"", subject, STAMP)


def test_a_release_opens_the_message_to_the_escalation_organisation(program, log):  # noqa: F811
    helpdesk = log.house.party("helpdesk")
    story = seal_text(b"SIR1", log.house.party("nl-vi").pair[0], helpdesk.pair[0], HERE.release(9))
    digest = sha256(story.envelope)
    leaf = Leaf.text("nl-vi", HERE.tag_in(digest, 9), digest)
    log.add(20, leaf)
    assert opened(program, log) == 0
    subject = u32(log.index(leaf))
    assert about(program, 6, "helpdesk", subject).status == 9, "nothing was looked for"
    look(program)
    assert about(program, 6, "helpdesk", u32(0)).status == 9
    found = submission(about(program, 6, "helpdesk", subject))
    frame = Frame.read(open_envelope(found.envelope, EnvelopeClass.TEXT, [helpdesk.pair]), REPORTER)
    assert frame.kind == 6 and frame.verifies("thread-sign", THERE.thread[0])
    assert THERE.slot_of(sha256(found.envelope), found.tag) == number(frame.fields[7])
    assert (frame.fields[8], frame.fields[15]) == (leaf.digest, HERE.release(9))
    assert frame.fields[21] == b"nl-vi" and 10 not in frame.fields
    opening = open_envelope(story.envelope, EnvelopeClass.TEXT, [helpdesk.pair], frame.fields[15])
    assert opening.startswith(b"SIR1")


def test_a_consent_carries_the_keys_of_the_other_thread(program, log):  # noqa: F811
    log.add(20)
    assert opened(program, log) == 0
    for nobody in ("nobody", "nl-vi", ""):
        assert about(program, 3, "nl-vi", nobody.encode()).status == 9
    found = submission(about(program, 3, "nl-vi", b"helpdesk"))
    pair = log.house.party("nl-vi").pair
    frame = Frame.read(open_envelope(found.envelope, EnvelopeClass.TEXT, [pair]), REPORTER)
    assert frame.kind == 3 and frame.verifies("thread-sign", HERE.thread[0])
    keys = frame.fields[14]
    assert keys[:9] == b"\x08helpdesk" and 10 not in frame.fields
    opened_keys = unseal(keys[9:], log.house.party("helpdesk").pair)
    assert opened_keys == THERE.thread[0] + THERE.reply[0] + THERE.tag_key
