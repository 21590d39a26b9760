"""What HTTP/1.1 asks of every server: a Host in every request, and 100 in its turn."""

import socket
import threading

import pytest
from stage.rude import SIZE, connect, post_head, received, rude, statuses, valid
from stage.serving import ServerProcess

EXPECT = "Expect: 100-continue"


def until(connection: socket.socket, count: int) -> bytes:
    """What comes until so many answers have begun."""
    data = b""
    while len(statuses(data)) < count:
        part = connection.recv(65_536)
        assert part, f"the line was cut after {statuses(data)}"
        data += part
    return data


@pytest.mark.parametrize(
    "head",
    [
        b"GET /v1/challenge HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
        b"GET /nothing HTTP/1.1\r\n\r\n",
        b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
        b"POST /v1/envelopes HTTP/1.1\r\nContent-Length: 16436\r\n\r\n",
    ],
    ids=["none", "none at the page", "none at nothing", "two", "one twice", "none to submit"],
)
def test_a_request_has_one_host(process: ServerProcess, head: bytes) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(head)
        data = received(connection)
        assert statuses(data) == [400]
        assert b"application/problem+json" in data and b"no Host" in data


def test_an_empty_host_is_one(process: ServerProcess) -> None:
    with connect(process) as connection:
        connection.sendall(b"GET /v1/challenge HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")
        assert statuses(received(connection)) == [200]


def test_who_waits_for_100_gets_it_and_then_the_answer(process: ServerProcess) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(f"Content-Length: {SIZE}", EXPECT, "Connection: close"))
        assert statuses(until(connection, 1)) == [100]
        connection.sendall(valid())
        assert statuses(received(connection)) == [201]


@pytest.mark.parametrize("before", [1, 7])
def test_100_does_not_overtake_earlier_answers(process: ServerProcess, before: int) -> None:
    """All in one write: the last request comes in long before the first is answered."""
    post = post_head(f"Content-Length: {SIZE}")
    earlier = b"".join(post + valid() for _ in range(before))
    waiting = post_head(f"Content-Length: {SIZE}", EXPECT)
    with rude(process), connect(process) as connection:
        sender = threading.Thread(target=connection.sendall, args=(earlier + waiting,))
        sender.start()
        data = until(connection, before + 1)
        sender.join(timeout=30)
        assert statuses(data) == [201] * before + [100]
        connection.sendall(valid())
        assert statuses(until(connection, 1)) == [201]


def test_who_does_not_wait_needs_no_100(process: ServerProcess) -> None:
    """The content is there before its turn comes: no 100 among the answers."""
    post = post_head(f"Content-Length: {SIZE}", EXPECT)
    first = post_head(f"Content-Length: {SIZE}") + valid()
    with rude(process), connect(process) as connection:
        sender = threading.Thread(
            target=connection.sendall, args=(first + (post + valid()) * 1 + first,)
        )
        sender.start()
        data = b""
        while statuses(data).count(201) < 2:
            data += connection.recv(65_536)
        sender.join(timeout=30)
    found = statuses(data)
    assert [one for one in found if one != 100][:2] == [201, 201]
    assert found[0] == 201, "nothing comes before the first answer"


def test_a_request_without_content_waits_for_nothing(process: ServerProcess) -> None:
    head = b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
    with connect(process) as connection:
        connection.sendall(head + b"\r\n")
        assert statuses(received(connection)) == [200]


@pytest.mark.parametrize("expected", ["200-ok", "100-continue, more", "", "100"])
def test_what_nobody_understands_is_417(process: ServerProcess, expected: str) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(f"Content-Length: {SIZE}", f"Expect: {expected}"))
        data = received(connection)
        assert statuses(data) == [417] and b"application/problem+json" in data


def test_417_comes_in_its_turn(process: ServerProcess) -> None:
    first = post_head(f"Content-Length: {SIZE}") + valid()
    with rude(process), connect(process) as connection:
        connection.sendall(first + post_head("Expect: a miracle"))
        assert statuses(received(connection)) == [201, 417]


@pytest.mark.parametrize("path", ["/v1/challenge", "/nothing", "/v1/envelopes", "/v1/log/9999-01"])
def test_head_has_no_content(process: ServerProcess, path: str) -> None:
    """A byte behind the head would be taken for the next answer."""
    get = b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with connect(process) as connection:
        connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode() + get)
        data = received(connection)
    head, _, rest = data.partition(b"\r\n\r\n")
    assert rest.startswith(b"HTTP/1.1 200"), rest[:80]
