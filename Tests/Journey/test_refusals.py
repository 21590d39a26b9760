"""Bad submissions and requests: each with its exact status, and nothing stored."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from reporter.envelope import EnvelopeClass, random_text
from reporter.submission import HEAD
from stage import store
from stage.deployment import Deployment
from stage.refusals import assert_problem, base

PIECE = b"SIE1" + bytes([1, 2, 0, 0])


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own; a refusal leaves no trace in it."""
    deployment = made("refusing", desks=("nl-vi",), python_desks=("zz-python", "zz-busy"))
    yield deployment
    deployment.check()
    deployment.stop()


def changed(at: int, *values: int) -> bytes:
    """The bytes of an acceptable submission with some of them put in place of others."""
    data = bytearray(base().encoded)
    data[at : at + len(values)] = bytes(values)
    return bytes(data)


def with_org16(org16: bytes) -> bytes:
    """An acceptable submission for another 16 bytes of organisation."""
    data = base().encoded
    return data[:8] + org16 + data[24:]


def piece(head: bytes = PIECE, kind: int = 2, to: str = "nl-vi", flags: int = 0) -> bytes:
    """A submission of a piece of junk."""
    envelope = head + os.urandom(EnvelopeClass.PIECE.size - len(head))
    return replace(base(to), envelope=envelope, kind=kind, flags=flags).encoded


#: name: (body, status)
BODIES: dict[str, tuple[Callable[[], bytes], int]] = {
    "empty body": (lambda: b"", 413),
    "head alone": (lambda: base().encoded[:HEAD], 413),
    "head of 52 bytes": (lambda: base().encoded[:52] + base().envelope, 413),
    "a byte short": (lambda: base().encoded[:-1], 413),
    "a byte long": (lambda: base().encoded + b"\0", 413),
    "envelope without head": (random_text, 413),
    "a reply's length": (lambda: base().encoded[: HEAD + 4096], 413),
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
    "envelope's magic": (lambda: changed(HEAD, 0x73), 422),
    "suite 0": (lambda: changed(HEAD + 4, 0), 422),
    "suite 2": (lambda: changed(HEAD + 4, 2), 422),
    "envelope's class 0": (lambda: changed(HEAD + 5, 0), 422),
    "envelope's class 2": (lambda: changed(HEAD + 5, 2), 422),
    "envelope's class 3": (lambda: changed(HEAD + 5, 3), 422),
    "no wraps": (lambda: changed(HEAD + 6, 0), 422),
    "one wrap": (lambda: changed(HEAD + 6, 1), 422),
    "three wraps": (lambda: changed(HEAD + 6, 3), 422),
    "envelope's reserved byte": (lambda: changed(HEAD + 7, 1), 422),
    "piece with a wrap": (lambda: piece(b"SIE1" + bytes([1, 2, 1, 0])), 422),
    "piece of class 1": (lambda: piece(b"SIE1" + bytes([1, 1, 2, 0])), 422),
    "piece of suite 0": (lambda: piece(b"SIE1" + bytes([0, 2, 0, 0])), 422),
    "cover for nobody": (
        lambda: replace(base("elders"), flags=1).encoded,
        422,
    ),
    "cover with a bad envelope": (
        lambda: replace(base(), flags=1, envelope=bytes(16_384)).encoded,
        422,
    ),
    "cover with a reserved byte": (lambda: changed(5, 1, 1), 422),
    "cover of a byte too few": (lambda: changed(5, 1)[:-1], 413),
    "piece for nobody": (lambda: piece(to="elders"), 422),
    "piece": (piece, 503),
    "piece that says it is a cover": (lambda: piece(flags=1), 503),
}


@pytest.mark.parametrize("name", BODIES)
def test_bad_submission_is_refused_and_not_stored(refusing: Deployment, name: str) -> None:
    make, status = BODIES[name]
    server = refusing.serve().server
    before = store.digest(refusing.data)
    body = make()
    assert_problem(server.post(body), status)
    assert store.digest(refusing.data) == before
    again = server.post(body)
    assert_problem(again, status)
    assert ("retry-after" in again.headers) == (status == 503)


def test_refused_tag_stays_free(refusing: Deployment) -> None:
    """What was refused took no tag and no ticket: both are free for an honest submission."""
    server, good = refusing.serve().server, base()
    for at in (0, 6, HEAD + 4, HEAD + 7):
        data = bytearray(good.encoded)
        data[at] ^= 0xFF
        assert_problem(server.post(bytes(data)), 422)
    assert server.post(good.encoded).status == 201


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
    ("GET", "/v1/drop/0", 404),
    ("GET", "/v1/drop/00", 404),
    ("GET", "/v1/drop/0000", 404),
    ("GET", "/v1/drop/001", 404),
    ("GET", "/v1/drop/256", 404),
    ("GET", "/v1/drop/-00", 404),
    ("GET", "/v1/drop/+00", 404),
    ("GET", "/v1/drop/0x0", 404),
    ("GET", "/v1/drop/99999999999999999999", 404),
    ("GET", "/log.key", 404),
    ("GET", "/promise.key", 404),
    ("GET", "/../log.key", 404),
    ("GET", "/%2e%2e/log.key", 404),
    ("GET", "/intake.sqlite", 404),
    ("GET", "/v1/envelopes", 405),
    ("PUT", "/v1/envelopes", 405),
    ("DELETE", "/v1/envelopes", 405),
    ("POST", "/v1/directory", 405),
    ("POST", "/v1/log/checkpoint", 405),
    ("DELETE", "/v1/drop/000", 405),
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
