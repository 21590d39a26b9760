"""The order of checks, and proof of work once it is asked for (section 7)."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from reporter.envelope import random_text
from reporter.leaf import LeafType
from reporter.refusal import Refused
from reporter.submission import Challenge, Submission, challenge, stamp_bits, stamps
from stage import store
from stage.deployment import Deployment
from stage.refusals import assert_problem, base


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own; a refusal leaves no trace in it."""
    deployment = made("refusing", desks=("nl-vi",), python_desks=("zz-python", "zz-busy"))
    yield deployment
    deployment.check()
    deployment.stop()


# The order of checks


class TestOrder:
    """Wrong in two ways gets the earlier answer (section 7)."""

    def test_length_before_format(self, refusing: Deployment) -> None:
        body = b"XXXX" + base("elders").encoded[4:-1]
        assert_problem(refusing.serve().server.post(body), 413)

    def test_format_before_known_tag(self, refusing: Deployment) -> None:
        server, known = refusing.serve().server, base()
        assert server.post(known.encoded).status == 201
        body = bytearray(known.encoded)
        body[6] = 1
        assert_problem(server.post(bytes(body)), 422)
        body = bytearray(replace(known, envelope=random_text()).encoded)
        body[59] = 1
        assert_problem(server.post(bytes(body)), 422)

    def test_organisation_before_known_tag(self, refusing: Deployment) -> None:
        server, known = refusing.serve().server, base()
        assert server.post(known.encoded).status == 201
        assert_problem(server.post(replace(known, organisation="elders").encoded), 422)

    def test_tags_are_those_of_one_organisation(self, refusing: Deployment) -> None:
        """A tag names an envelope within its organisation or everywhere; never a silent loss."""
        server, known = refusing.serve().server, base()
        assert server.post(known.encoded).status == 201
        other = replace(known, organisation="zz-python", envelope=random_text())
        assert server.post(other.encoded).status in (201, 409)

    def test_known_tag_before_stamp(self, refusing: Deployment) -> None:
        server, known = refusing.serve().server, base("zz-busy")
        assert server.post(known.encoded).status == 201
        _busy(refusing, "zz-busy")
        fresh = base("zz-busy")
        before = store.digest(refusing.data)
        stamped = _with_too_little(refusing, fresh)
        assert_problem(server.post(stamped.encoded), 428)
        assert store.digest(refusing.data) == before
        assert server.post(known.encoded).status == 201, "the same envelope needs no stamp"
        stale = replace(known, hour=1, nonce=2**63)
        assert server.post(stale.encoded).status == 201, "hour and nonce are not the envelope"
        conflict = replace(_with_too_little(refusing, known), envelope=random_text())
        assert_problem(server.post(conflict.encoded), 409)

    def test_format_and_length_before_stamp(self, refusing: Deployment) -> None:
        server = refusing.serve().server
        _busy(refusing, "zz-busy")
        body = bytearray(_with_too_little(refusing, base("zz-busy")).encoded)
        assert_problem(server.post(bytes(body[:-1])), 413)
        body[7] = 9
        assert_problem(server.post(bytes(body)), 422)


def _accepted_values(deployment: Deployment) -> list[bytes]:
    """The challenges a stamp may be for now: two roots, three hours."""
    public = deployment.public()
    ends = [at for at, leaf in enumerate(public.leaves) if leaf.type == LeafType.DAY_END]
    sizes = [0, *(public.log.first + at + 1 for at in ends)][-2:]
    roots = [public.log.tree(size).root for size in sizes]
    hours = range(public.challenge.hour - 2, public.challenge.hour + 1)
    return [challenge(root, hour) for root in roots for hour in hours]


def _with_too_little(deployment: Deployment, submission: Submission) -> Submission:
    """The submission with a nonce that gives no zero bit under any challenge of now."""
    values = _accepted_values(deployment)
    for nonce in count():
        if all(stamp_bits(submission.stamped, value, nonce) == 0 for value in values):
            return replace(submission, hour=deployment.public().challenge.hour, nonce=nonce)
    raise Refused("no such nonce")


def _busy(deployment: Deployment, organisation: str) -> None:
    """Submits until a stamp is asked for at this organisation."""
    server = deployment.serve().server
    if deployment.public().challenge.difficulty:
        return
    for _ in range(60):
        public = deployment.public()
        submission = base(organisation).with_stamp(public.challenge)
        assert server.post(submission.encoded).status == 201
    assert deployment.public().challenge.difficulty >= 1


class TestStamp:
    """Proof of work, once it is asked for."""

    @pytest.fixture(autouse=True)
    def busy(self, refusing: Deployment) -> None:
        """More than 50 submissions to one organisation."""
        _busy(refusing, "zz-busy")

    def test_others_are_not_asked(self, refusing: Deployment) -> None:
        assert refusing.serve().server.post(base("zz-python").encoded).status == 201

    def test_stamp_of_the_difficulty_is_accepted(self, refusing: Deployment) -> None:
        given = refusing.public().challenge
        stamped = base("zz-busy").with_stamp(given)
        assert refusing.serve().server.post(stamped.encoded).status == 201

    def test_more_work_than_asked_is_accepted(self, refusing: Deployment) -> None:
        given = refusing.public().challenge
        stamped = base("zz-busy").with_stamp(given, given.difficulty + 3)
        assert refusing.serve().server.post(stamped.encoded).status == 201

    def test_hour_before_is_accepted(self, refusing: Deployment) -> None:
        public = refusing.public()
        for back in (1, 2):
            hour = public.challenge.hour - back
            earlier = Challenge(hour, 2, 0, challenge(public.checkpoint.root, hour))
            stamped = base("zz-busy").with_stamp(earlier)
            assert refusing.serve().server.post(stamped.encoded).status == 201

    @pytest.mark.parametrize("away", [-4, 1, 2, 1000])
    def test_other_hours_are_refused(self, refusing: Deployment, away: int) -> None:
        public = refusing.public()
        hour = public.challenge.hour + away
        other = Challenge(hour, 4, 0, challenge(public.checkpoint.root, hour))
        stamped = base("zz-busy").with_stamp(other)
        assert_problem(refusing.serve().server.post(stamped.encoded), 428)

    def test_stamp_of_another_root_is_refused(self, refusing: Deployment) -> None:
        now = refusing.public().challenge
        other = Challenge(now.hour, 8, 0, challenge(os.urandom(32), now.hour))
        refused = _refused_under(refusing, base("zz-busy"), other)
        assert_problem(refusing.serve().server.post(refused.encoded), 428)

    @pytest.mark.parametrize("part", ["tag", "envelope", "organisation"])
    def test_stamp_of_another_submission_is_refused(self, refusing: Deployment, part: str) -> None:
        now, values = refusing.public().challenge, _accepted_values(refusing)
        bends = {
            "tag": lambda one: replace(one, tag=bytes(16)),
            "envelope": lambda one: replace(one, envelope=random_text()),
            "organisation": lambda one: replace(one, organisation="zz-busy"),
        }
        honest = base("nl-vi" if part == "organisation" else "zz-busy")
        for nonce in stamps(honest.stamped, now.value, max(now.difficulty, 1)):
            moved = bends[part](replace(honest, hour=now.hour, nonce=nonce))
            if all(stamp_bits(moved.stamped, value, nonce) == 0 for value in values):
                break
        assert_problem(refusing.serve().server.post(moved.encoded), 428)

    def test_stamp_of_the_root_before_is_accepted(self, refusing: Deployment) -> None:
        before = refusing.public().challenge
        stamped = base("zz-busy").with_stamp(before, before.difficulty + 2)
        refusing.close()
        assert refusing.public().challenge.value != before.value
        assert refusing.serve().server.post(stamped.encoded).status == 201
        refusing.close()
        again = _refused_under(refusing, base("zz-busy"), before)
        assert_problem(refusing.serve().server.post(again.encoded), 428)


def _refused_under(deployment: Deployment, submission: Submission, other: Challenge) -> Submission:
    """A submission stamped for another challenge that the real ones do not accept by chance."""
    real = _accepted_values(deployment)
    for nonce in stamps(submission.stamped, other.value, 4):
        if all(stamp_bits(submission.stamped, value, nonce) == 0 for value in real):
            return replace(submission, hour=other.hour, nonce=nonce)
    raise Refused("no such nonce")
