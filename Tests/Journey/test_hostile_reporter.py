"""No reporter can stop a desk or a server; honest ones are served before, between and after."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from reporter.admission import admit
from reporter.codec import u32
from reporter.envelope import EnvelopeClass, open_envelope, random_text
from reporter.frame import REPORTER, Field, Frame, Kind, whole
from reporter.keys import message_tag
from reporter.primitives import seal, sha256, unseal
from reporter.public import Public
from reporter.refusal import Refused
from reporter.submission import Submission
from reporter.visit import Reporter, seal_key
from stage.deployment import Deployment
from stage.desks import PythonDesk
from stage.hostile import LOW_ORDER, bad_frames, bent_report, sealed
from stage.paper import PaperServer
from stage.stamping import junk

HONEST = "Ik ben eerlijk en wil gehoord worden."


def thread_id(reporter: Reporter) -> str:
    """The thread's id at nl-vi."""
    return sha256(reporter.keys("nl-vi").thread[0]).hex()[:8]


def listed(deployment: Deployment) -> dict[str, int]:
    """Messages of each thread at nl-vi."""
    return {one["thread"]: one["messages"] for one in deployment.desks["nl-vi"].list()}


def honest(deployment: Deployment, public: Public) -> Reporter:
    """Somebody who simply reports."""
    reporter, server = Reporter(deployment.name), deployment.serve().server
    reporter.send(server, public, reporter.compose(public, "nl-vi", HONEST))
    return reporter


def post(deployment: Deployment, submission: Submission) -> int:
    """Posts; the answer's status."""
    return deployment.serve().server.post(submission.encoded).status


@pytest.fixture(scope="module")
def hostile(made: Callable[..., Deployment]) -> Deployment:
    """A deployment of its own for the hostile."""
    return made("hostile", desks=("nl-vi", "helpdesk"))


def test_bad_envelopes_and_frames_are_counted_and_stop_nobody(hostile: Deployment) -> None:
    public = hostile.public()
    bad = bad_frames(public)
    assert len(bad) > 50
    reporters = [honest(hostile, public)]
    for at, (name, submission) in enumerate(bad.items(), start=1):
        assert post(hostile, submission) == 201, name
        if at % 25 == 0:
            reporters.append(honest(hostile, public))
    reporters.append(honest(hostile, public))
    taken = hostile.to_desk("nl-vi")
    assert taken["unreadable"] == len(bad)
    assert taken["messages"] == len(reporters)
    assert taken["alarms"] == []
    assert taken["cosigned"] == hostile.public().checkpoint.size
    assert set(listed(hostile)) == {thread_id(reporter) for reporter in reporters}
    for reporter in reporters:
        assert HONEST in hostile.desks["nl-vi"].show(thread_id(reporter))
    hostile.check()


def test_every_bad_envelope_is_bad_for_an_independent_desk(hostile: Deployment) -> None:
    """The table is right: a desk in Python admits none of them, and does admit a good one."""
    public, desk = hostile.public(), hostile.python_desks["zz-python"]
    good = Reporter(hostile.name).compose(public, "zz-python", HONEST)
    _admit(good, desk)
    for name, submission in bad_frames(public, "zz-python").items():
        with pytest.raises(Refused):
            _admit(submission, desk)
            pytest.fail(f"{name} was admitted")


def _admit(submission: Submission, desk: PythonDesk) -> None:
    """Section 6, as far as one message can tell."""
    plain = open_envelope(submission.envelope, EnvelopeClass.TEXT, [desk.seal])
    frame = Frame.read(plain, REPORTER)
    admit(frame)
    fields = frame.fields
    tag_key = unseal(fields[Field.TAG_KEY], desk.seal)
    if fields[Field.ORGANISATION] != desk.organisation.encode() or tag_key is None:
        raise Refused("organisation or tag key is another's")
    slot = int.from_bytes(fields[Field.NUMBER], "big")
    if message_tag(tag_key, sha256(submission.envelope), slot) != submission.tag:
        raise Refused("tag is another's")
    if fields[Field.REPLY_KEY] in LOW_ORDER:
        raise Refused("reply key is a point of low order")


def _put(fields: dict[int, bytes], values: dict[int, bytes]) -> None:
    fields.update(values)


class TestThreads:
    """Reports that only hold each on its own."""

    def test_two_threads_with_one_tag_key(self, made: Callable[..., Deployment]) -> None:
        deployment = made("one-tag-key", desks=("nl-vi",))
        public = deployment.public()
        first = honest(deployment, public)
        thief = Reporter(deployment.name)
        stolen = first.keys("nl-vi").tag_key
        sealed_key = seal(stolen, seal_key(public, "nl-vi"))
        submission = bent_report(
            thief,
            public,
            lambda fields: fields.update({6: sealed_key}),
            slot=9,
            tagged_by=first.keys("nl-vi"),
        )
        assert post(deployment, submission) == 201
        taken = deployment.to_desk("nl-vi")
        # Both may come in one bundle: the one that is filed first is the thread, by tag order.
        assert (taken["messages"], taken["unreadable"]) == (1, 1)
        assert set(listed(deployment)) <= {thread_id(first), thread_id(thief)}
        assert len(listed(deployment)) == 1
        deployment.stop()

    def test_tag_key_of_a_thread_already_filed(self, made: Callable[..., Deployment]) -> None:
        deployment = made("stolen-tag-key", desks=("nl-vi",))
        first = honest(deployment, deployment.public())
        deployment.to_desk("nl-vi")
        public, thief = deployment.public(), Reporter(deployment.name)
        sealed_key = seal(first.keys("nl-vi").tag_key, seal_key(public, "nl-vi"))
        submission = bent_report(
            thief,
            public,
            lambda fields: fields.update({6: sealed_key}),
            slot=9,
            tagged_by=first.keys("nl-vi"),
        )
        assert post(deployment, submission) == 201
        taken = deployment.to_desk("nl-vi")
        assert (taken["messages"], taken["unreadable"]) == (0, 1)
        assert listed(deployment) == {thread_id(first): 1}
        deployment.stop()

    def test_follow_ups_that_are_not_of_the_thread(self, made: Callable[..., Deployment]) -> None:
        """Other reply key, other tag key, other shard byte, wrong tag, unknown kinds."""
        deployment = made("follow-ups", desks=("nl-vi",))
        public = deployment.public()
        reporter = honest(deployment, public)
        deployment.to_desk("nl-vi")
        public = deployment.public()
        other = Reporter(deployment.name).keys("nl-vi")
        shard = bytes([reporter.shard ^ 1])
        bends: list[dict[int, bytes]] = [
            {Field.REPLY_KEY: other.reply[0]},
            {Field.TAG_KEY: seal(other.tag_key, seal_key(public, "nl-vi"))},
            {Field.SHARD: shard},
        ]
        count = 0
        for at, bend in enumerate(bends):
            submission = bent_report(
                reporter,
                public,
                partial(_put, values=bend),
                kind=2,
                slot=100 + at,
            )
            assert post(deployment, submission) == 201
            count += 1
        keys = reporter.keys("nl-vi")
        copied = keys.tag_in(sha256(random_text()), 200)
        for slot, tag in ((200, os.urandom(16)), (200, copied), (202, None), (3, keys.tag_out(3))):
            submission = bent_report(
                reporter,
                public,
                partial(_put, values={Field.NUMBER: u32(slot ^ (tag is None))}),
                kind=2,
                slot=slot,
                tag=tag,
            )
            assert post(deployment, submission) == 201
            count += 1
        follow_up = reporter.compose(public, "nl-vi", "Dit ben ik.", kind=Kind.FOLLOW_UP, slot=300)
        assert post(deployment, follow_up) == 201
        taken = deployment.to_desk("nl-vi")
        assert (taken["messages"], taken["unreadable"]) == (1, count)
        assert listed(deployment) == {thread_id(reporter): 2}
        deployment.stop()

    def test_the_same_slot_twice_is_one_message(self, hostile: Deployment) -> None:
        """Their tags differ, as their envelopes do: the server takes both, the desk the first."""
        reporter, public = Reporter(hostile.name), hostile.public()
        for text in ("Een.", "Twee."):
            assert post(hostile, reporter.compose(public, "helpdesk", text, slot=5)) == 201
        taken = hostile.to_desk("helpdesk")
        assert (taken["messages"], taken["unreadable"], taken["alarms"]) == (1, 1, [])

    def test_an_envelope_under_a_tag_that_lies_in_the_log(self, hostile: Deployment) -> None:
        """Who copies a tag out of the public log is nobody, at the server and at the desk."""
        victim, public = Reporter(hostile.name), hostile.public()
        sent = victim.compose(public, "helpdesk", "Van mij.")
        assert post(hostile, sent) == 201
        other = Reporter(hostile.name).compose(public, "helpdesk", "Van een ander.")
        assert post(hostile, replace(other, tag=sent.tag)) == 422
        taken = hostile.to_desk("helpdesk")
        assert (taken["messages"], taken["unreadable"]) == (1, 0)
        assert post(hostile, replace(other, tag=sent.tag)) == 422, "after its close too"


def test_a_filler_of_anybody_is_dropped(made: Callable[..., Deployment]) -> None:
    deployment = made("fillers", desks=("nl-vi",))
    public = deployment.public()
    filler = sealed(public, whole(REPORTER, Kind.FILLER, {1: b"nl-vi"}), os.urandom(16))
    assert post(deployment, filler) == 201
    taken = deployment.to_desk("nl-vi")
    assert (taken["messages"], taken["unreadable"]) == (0, 0)
    assert listed(deployment) == {}
    deployment.stop()


@pytest.mark.slow
def test_ten_thousand_junk_envelopes_do_not_stop_the_server(
    made: Callable[..., Deployment],
) -> None:
    """600 to the real desk's organisation and the rest, 200 each, to others."""
    names = tuple(f"org-{at:03}" for at in range(47))
    deployment = made("junk", desks=("nl-vi",), python_desks=names)
    public = deployment.public()
    reporters = [honest(deployment, public)]
    plan = [*names * 200, *["nl-vi"] * 600]
    assert len(plan) == 10_000
    started = time.monotonic()

    def send(organisation: str) -> int:
        return post(deployment, junk(organisation))

    with ThreadPoolExecutor(8) as pool:
        half = list(pool.map(send, plan[:5_000]))
        reporters.append(honest(deployment, public))
        rest = list(pool.map(send, plan[5_000:]))
    reporters.append(honest(deployment, public))
    print(f"10,000 junk envelopes sent in {time.monotonic() - started:.0f} s")
    assert set(half + rest) == {201}
    taken = deployment.to_desk("nl-vi")
    assert (taken["messages"], taken["unreadable"]) == (3, 600)
    assert listed(deployment) == {thread_id(reporter): 1 for reporter in reporters}
    desk = deployment.desks["nl-vi"]
    desk.reply(thread_id(reporters[1]), "Wij horen je.")
    deployment.from_desk("nl-vi")
    replies = reporters[1].replies(deployment.serve().server, deployment.public())
    assert [one.text for one in replies] == ["Wij horen je."]
    deployment.check()
    deployment.stop()


@pytest.mark.slow
def test_ten_thousand_junk_envelopes_do_not_stop_the_desk(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """All of them in one bundle, honest reports among them; no server stands in between."""
    paper = PaperServer.make(tmp_path_factory.mktemp("junk-desk"))
    public = paper.public
    reporters = [Reporter(paper.name) for _ in range(5)]
    bad = [Submission("nl-vi", os.urandom(16), random_text()) for _ in range(9_900)]
    bad += [_tricky(public) for _ in range(100)]
    good = [one.compose(public, "nl-vi", HONEST) for one in reporters]
    paper.close(*bad, *good)
    started = time.monotonic()
    taken = paper.desk.take(paper.written(paper.bundle()), paper.note)
    print(f"taken in after {time.monotonic() - started:.0f} s")
    assert (taken["messages"], taken["unreadable"]) == (5, 10_000)
    assert taken["cosigned"] == len(paper.leaves)
    found = {one["thread"] for one in paper.desk.list()}
    assert found == {thread_id(reporter) for reporter in reporters}


def _tricky(public: Public) -> Submission:
    """Opens, is signed, and is still for somebody else."""
    reporter = Reporter.__new__(Reporter)
    reporter.deployment, reporter.root = public.directory.deployment, os.urandom(32)
    return bent_report(reporter, public, lambda fields: fields.update({7: u32(4)}), slot=5)
