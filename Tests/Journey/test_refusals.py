"""Bad submissions and requests: each with its exact status, and nothing stored."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from reporter.envelope import EnvelopeClass, random_text
from reporter.leaf import LeafType
from reporter.refusal import Refused
from reporter.submission import Challenge, Submission, challenge, stamp_bits, stamps
from reporter.web import Answer
from stage import store
from stage.deployment import Deployment

PIECE = b"SIE1" + bytes([1, 2, 0, 0])


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own; a refusal leaves no trace in it."""
    deployment = made("refusing", desks=("nl-vi",), python_desks=("zz-python", "zz-busy"))
    yield deployment
    deployment.check()
    deployment.stop()


def base(organisation: str = "nl-vi") -> Submission:
    """A submission that would be accepted."""
    return Submission(organisation, os.urandom(16), random_text())


def changed(at: int, *values: int) -> bytes:
    """The bytes of an acceptable submission with some of them put in place of others."""
    data = bytearray(base().encoded)
    data[at : at + len(values)] = bytes(values)
    return bytes(data)


def with_org16(org16: bytes) -> bytes:
    """An acceptable submission for another 16 bytes of organisation."""
    data = base().encoded
    return data[:8] + org16 + data[24:]


def piece(head: bytes = PIECE, kind: int = 2) -> bytes:
    """A submission of a piece of junk."""
    envelope = head + os.urandom(EnvelopeClass.PIECE.size - len(head))
    return replace(base(), envelope=envelope, kind=kind).encoded


#: name: (body, status)
BODIES: dict[str, tuple[Callable[[], bytes], int]] = {
    "empty body": (lambda: b"", 413),
    "head alone": (lambda: base().encoded[:52], 413),
    "a byte short": (lambda: base().encoded[:-1], 413),
    "a byte long": (lambda: base().encoded + b"\0", 413),
    "envelope without head": (random_text, 413),
    "a reply's length": (lambda: base().encoded[: 52 + 4096], 413),
    "between text and piece": (lambda: base().encoded + bytes(100_000), 413),
    "piece a byte short": (lambda: piece()[:-1], 413),
    "piece a byte long": (lambda: piece() + b"\0", 413),
    "two megabytes": (lambda: piece() * 2, 413),
    "magic": (lambda: changed(0, 0x73), 422),
    "magic of an envelope": (lambda: b"SIE1" + base().encoded[4:], 422),
    "magic of a later version": (lambda: b"SIF2" + base().encoded[4:], 422),
    "class 0": (lambda: changed(4, 0), 422),
    "class 2 with a text's length": (lambda: changed(4, 2), 422),
    "class 3": (lambda: changed(4, 3), 422),
    "class 255": (lambda: changed(4, 255), 422),
    "class 1 with a piece's length": (lambda: piece(kind=1), 422),
    "flag 2": (lambda: changed(5, 2), 422),
    "flag 128": (lambda: changed(5, 128), 422),
    "cover and flag 4": (lambda: changed(5, 5), 422),
    "first reserved byte": (lambda: changed(6, 1), 422),
    "second reserved byte": (lambda: changed(7, 1), 422),
    "organisation of zeros": (lambda: with_org16(bytes(16)), 422),
    "organisation of ones": (lambda: with_org16(b"\xff" * 16), 422),
    "organisation in capitals": (lambda: with_org16(b"NL-VI".ljust(16, b"\0")), 422),
    "organisation of one letter": (lambda: with_org16(b"n".ljust(16, b"\0")), 422),
    "organisation padded with spaces": (lambda: with_org16(b"nl-vi".ljust(16, b" ")), 422),
    "organisation with a hole": (lambda: with_org16(b"nl\0vi".ljust(16, b"\0")), 422),
    "organisation with bytes behind": (lambda: with_org16(b"nl-vi".ljust(15, b"\0") + b"x"), 422),
    "organisation nobody knows": (lambda: with_org16(b"elders".ljust(16, b"\0")), 422),
    "organisation of another case": (lambda: with_org16(b"nl-vI".ljust(16, b"\0")), 422),
    "envelope's magic": (lambda: changed(52, 0x73), 422),
    "suite 0": (lambda: changed(56, 0), 422),
    "suite 2": (lambda: changed(56, 2), 422),
    "envelope's class 0": (lambda: changed(57, 0), 422),
    "envelope's class 2": (lambda: changed(57, 2), 422),
    "envelope's class 3": (lambda: changed(57, 3), 422),
    "no wraps": (lambda: changed(58, 0), 422),
    "one wrap": (lambda: changed(58, 1), 422),
    "three wraps": (lambda: changed(58, 3), 422),
    "envelope's reserved byte": (lambda: changed(59, 1), 422),
    "piece with a wrap": (lambda: piece(b"SIE1" + bytes([1, 2, 1, 0])), 422),
    "piece of class 1": (lambda: piece(b"SIE1" + bytes([1, 1, 2, 0])), 422),
    "piece of suite 0": (lambda: piece(b"SIE1" + bytes([0, 2, 0, 0])), 422),
    "cover for nobody": (
        lambda: replace(base("elders"), flags=1).encoded,
        422,
    ),
    "cover with a bad envelope": (lambda: changed(5, 1)[:56] + b"\0" + base().encoded[57:], 422),
}


def assert_problem(answer: Answer, status: int) -> None:
    """A refusal as RFC 9457 has it, that says nothing about the caller or the code."""
    assert answer.status == status, answer.body[:300]
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    problem = json.loads(answer.body)
    assert problem["status"] == status and problem["title"]
    assert answer.headers["cache-control"] == "no-store"
    for word in (b"127.0.0.1", b"Swift", b".swift", b"Error("):
        assert word not in answer.body


@pytest.mark.parametrize("name", BODIES)
def test_bad_submission_is_refused_and_not_stored(refusing: Deployment, name: str) -> None:
    make, status = BODIES[name]
    server = refusing.serve().server
    before = store.digest(refusing.data)
    body = make()
    assert_problem(server.post(body), status)
    assert store.digest(refusing.data) == before
    assert_problem(server.post(body), status)


def test_refused_tag_stays_free(refusing: Deployment) -> None:
    """What was refused took no tag: the same tag is free for an honest submission."""
    server, good = refusing.serve().server, base()
    for at in (0, 6, 56, 59):
        data = bytearray(good.encoded)
        data[at] ^= 0xFF
        assert_problem(server.post(bytes(data)), 422)
    assert server.post(good.encoded).status == 201


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
        other = {"tag": os.urandom(16), "envelope": random_text(), "organisation": "zz-busy"}
        honest = base("nl-vi" if part == "organisation" else "zz-busy")
        for nonce in stamps(honest.stamped, now.value, max(now.difficulty, 1)):
            moved = replace(honest, hour=now.hour, nonce=nonce, **{part: other[part]})
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


# Requests

REQUESTS = [
    ("GET", "/v1", 404),
    ("GET", "/v1/", 404),
    ("GET", "/v1/nothing", 404),
    ("GET", "/v2/directory", 404),
    ("GET", "/v1/log", 404),
    ("GET", "/v1/log/2999-01", 404),
    ("GET", "/v1/log/2024-13", 404),
    ("GET", "/v1/log/2024-00", 404),
    ("GET", "/v1/log/2024-1", 404),
    ("GET", "/v1/log/02024-01", 404),
    ("GET", "/v1/log/..%2f..%2flog.key", 404),
    ("GET", "/v1/log/%00", 404),
    ("GET", "/v1/drop", 404),
    ("GET", "/v1/drop/1", 404),
    ("GET", "/v1/drop/00", 404),
    ("GET", "/v1/drop/-1", 404),
    ("GET", "/v1/drop/+0", 404),
    ("GET", "/v1/drop/99999999999999999999", 404),
    ("GET", "/v1/drop/x", 404),
    ("GET", "/log.key", 404),
    ("GET", "/../log.key", 404),
    ("GET", "/%2e%2e/log.key", 404),
    ("GET", "/intake.sqlite", 404),
    ("GET", "/v1/envelopes", 405),
    ("PUT", "/v1/envelopes", 405),
    ("DELETE", "/v1/envelopes", 405),
    ("POST", "/v1/directory", 405),
    ("POST", "/v1/log/checkpoint", 405),
    ("DELETE", "/v1/drop/0", 405),
    ("PATCH", "/v1/challenge", 405),
    ("BREW", "/v1/challenge", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS, ids=lambda value: str(value))
def test_bad_request(refusing: Deployment, method: str, path: str, status: int) -> None:
    before = store.digest(refusing.data)
    answer = refusing.serve().server.request(method, path, b"" if method != "GET" else None)
    # A router that does not tell "no such method" from "no such place" is as clear a refusal.
    assert_problem(answer, 404 if status == 405 and answer.status == 404 else status)
    assert store.digest(refusing.data) == before
