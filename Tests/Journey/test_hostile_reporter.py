"""No reporter can stop a desk or a server; honest ones are served before, between and after."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from reporter.admission import admit
from reporter.codec import u32
from reporter.envelope import EnvelopeClass, open_envelope, random_text
from reporter.frame import REPORTER, Field, Frame, Kind, whole
from reporter.keys import ThreadKeys, message_tag
from reporter.primitives import seal, sha256, unseal
from reporter.public import Public
from reporter.refusal import Refused
from reporter.submission import Submission, difficulty
from reporter.visit import Reporter, seal_key
from stage.deployment import Deployment
from stage.desks import PythonDesk
from stage.hostile import LOW_ORDER, bad_frames, bent_report, sealed
from stage.paper import PaperServer

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


def post(deployment: Deployment, public: Public, submission: Submission, at: int) -> int:
    """Posts with the stamp that is asked after so many submissions in the hour."""
    stamped = submission.with_stamp(public.challenge, difficulty(at + 5))
    return deployment.serve().server.post(stamped.encoded).status


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
        assert post(hostile, public, submission, at + len(reporters)) == 201, name
        if at % 25 == 0:
            reporters.append(honest_stamped(hostile, public, at + len(reporters)))
    reporters.append(honest_stamped(hostile, public, len(bad) + len(reporters)))
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
    if message_tag(tag_key, int.from_bytes(fields[Field.NUMBER], "big")) != submission.tag:
        raise Refused("tag is another's")
    if fields[Field.REPLY_KEY] in LOW_ORDER:
        raise Refused("reply key is a point of low order")


def honest_stamped(deployment: Deployment, public: Public, at: int) -> Reporter:
    """Somebody who reports when a stamp is asked already."""
    reporter = Reporter(deployment.name)
    submission = reporter.compose(public, "nl-vi", HONEST)
    assert post(deployment, public, submission, at) == 201
    return reporter


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
            tag=first.keys("nl-vi").tag_in(9),
        )
        assert post(deployment, public, submission, 1) == 201
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
            tag=first.keys("nl-vi").tag_in(9),
        )
        assert post(deployment, public, submission, 1) == 201
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
            assert post(deployment, public, submission, at) == 201
            count += 1
        keys = reporter.keys("nl-vi")
        for slot, tag in ((200, os.urandom(16)), (201, keys.tag_in(202)), (203, keys.tag_out(203))):
            submission = bent_report(
                reporter, public, lambda fields: None, kind=2, slot=slot, tag=tag
            )
            assert post(deployment, public, submission, count) == 201
            count += 1
        follow_up = reporter.compose(public, "nl-vi", "Dit ben ik.", kind=Kind.FOLLOW_UP, slot=300)
        assert post(deployment, public, follow_up, count) == 201
        taken = deployment.to_desk("nl-vi")
        assert (taken["messages"], taken["unreadable"]) == (1, count)
        assert listed(deployment) == {thread_id(reporter): 2}
        deployment.stop()

    def test_the_same_slot_twice_is_a_conflict(self, hostile: Deployment) -> None:
        reporter, public = Reporter(hostile.name), hostile.public()
        bits = public.challenge.difficulty + 1
        server = hostile.serve().server
        for text, status in (("Een.", 201), ("Twee.", 409)):
            submission = reporter.compose(public, "helpdesk", text, slot=5)
            stamped = submission.with_stamp(public.challenge, bits)
            assert server.post(stamped.encoded).status == status


def test_a_filler_of_anybody_is_dropped(made: Callable[..., Deployment]) -> None:
    deployment = made("fillers", desks=("nl-vi",))
    public = deployment.public()
    filler = sealed(public, whole(REPORTER, Kind.FILLER, {1: b"nl-vi"}), os.urandom(16))
    assert post(deployment, public, filler, 0) == 201
    taken = deployment.to_desk("nl-vi")
    assert (taken["messages"], taken["unreadable"]) == (0, 0)
    assert listed(deployment) == {}
    deployment.stop()


@pytest.mark.slow
def test_ten_thousand_junk_envelopes_do_not_stop_the_server(
    made: Callable[..., Deployment],
) -> None:
    """Spread over organisations, so that proof of work stays cheap: 600 to the real desk's and
    the rest, 50 each, to others; every stamp that is asked for is found."""
    names = tuple(f"org-{at:03}" for at in range(188))
    deployment = made("junk", desks=("nl-vi",), python_desks=names)
    public = deployment.public()
    reporters = [honest(deployment, public)]
    plan = [(name, at) for at in range(50) for name in names]
    plan += [("nl-vi", at) for at in range(600)]
    assert len(plan) == 10_000
    started = time.monotonic()

    def send(place: tuple[str, int]) -> int:
        organisation, at = place
        return post(deployment, public, Submission(organisation, os.urandom(16), random_text()), at)

    with ThreadPoolExecutor(8) as pool:
        half = list(pool.map(send, plan[:5_000]))
        reporters.append(honest(deployment, public))
        rest = list(pool.map(send, plan[5_000:]))
    reporters.append(honest_stamped(deployment, public, 640))
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
    junk = [Submission("nl-vi", os.urandom(16), random_text()) for _ in range(9_900)]
    junk += [_tricky(public) for _ in range(100)]
    good = [one.compose(public, "nl-vi", HONEST) for one in reporters]
    paper.close(*junk, *good)
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
    keys = ThreadKeys(reporter.root, "nl-vi")
    return bent_report(
        reporter, public, lambda fields: fields.update({7: u32(4)}), tag=keys.tag_in(5)
    )
