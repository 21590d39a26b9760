"""Odd and broken requests: refused or answered, never accepted; others are served."""

import socket
import threading

import pytest
from stage.rude import (
    SIZE,
    connect,
    post_head,
    received,
    rude,
    statuses,
    valid,
)
from stage.serving import ServerProcess


def test_many_headers_are_refused(process: ServerProcess) -> None:
    with rude(process), connect(process) as connection:
        head = b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n"
        try:
            connection.sendall(head)
        except ConnectionError:
            pass
        answers = statuses(received(connection))
        assert not answers or 400 <= answers[0] < 500


def test_pipelined_submissions_are_answered_in_order(process: ServerProcess) -> None:
    bodies = [valid() for _ in range(16)]
    head = post_head(f"Content-Length: {SIZE}")
    bad = post_head("Content-Length: 3") + b"abc"
    with rude(process), connect(process) as connection:
        whole = b"".join(head + body for body in bodies)
        sender = threading.Thread(target=connection.sendall, args=(whole + bad,))
        sender.start()
        data = b""
        while len(statuses(data)) < 17:
            part = connection.recv(65_536)
            assert part, f"the line was cut after {statuses(data)}"
            data += part
        sender.join(timeout=30)
    assert statuses(data) == [201] * 16 + [413]


def test_http_1_0_is_answered(process: ServerProcess) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(b"GET /v1/challenge HTTP/1.0\r\n\r\n")
        data = connection.recv(65_536)
        assert data.split(b" ")[1] in (b"200", b"400", b"505")


_POST = b"POST /v1/envelopes HTTP/1.1\r\nHost: a\r\n"
GARBAGE = {
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(64),
    "zeros": bytes(4096),
    "empty lines": b"\r\n" * 4096,
    "no path": b"GET\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n",
    "lines without CR": b"GET / HTTP/1.1\nHost: a\n\n",
    "method not ASCII": b"G\xc3\x89T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "space before the colon": b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "folded header": b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
    "zero in the path": b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "zero in a header": b"GET / HTTP/1.1\r\nX: \x00\r\n\r\n",
    "CONNECT": b"CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS *": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "another host": b"GET http://elsewhere.test/v1/challenge HTTP/1.1\r\nHost: a\r\n\r\n",
    "upgrade": b"GET /v1/challenge HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
    b"Connection: upgrade\r\n\r\n",
    "continue": _POST + b"Expect: 100-continue\r\nContent-Length: 16476\r\n\r\n",
    "chunk of no size": _POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "chunk of any size": _POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 18 + b"\r\n",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_never_accepted(process: ServerProcess, name: str) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(GARBAGE[name])
        connection.shutdown(socket.SHUT_WR)
        data = received(connection)
        assert not {201, 500} & set(statuses(data))
        assert b"swift" not in data.lower()


def test_connections_that_come_and_go(process: ServerProcess) -> None:
    """Resets in the middle of everything, a thousand times."""
    with rude(process):
        for at in range(1000):
            connection = connect(process)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            if at % 3:
                connection.sendall(post_head(f"Content-Length: {SIZE}")[: at % 90 + 1])
            connection.close()
