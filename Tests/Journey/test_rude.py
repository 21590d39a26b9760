"""Slow and rude clients: the server stays small and answers everybody else."""

import asyncio
import os
import resource
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count

import pytest
from reporter.envelope import random_text
from reporter.submission import Submission
from reporter.web import Server
from stage.deployment import Deployment
from stage.serving import ServerProcess

MOST_MEMORY = 100 * 1024 * 1024
#: "Within seconds", for one honest request while others are rude, on a busy machine.
MOST_SECONDS = 8.0
#: A head that promises a text submission.
SIZE = 52 + 16_384
#: Many, so that no stamp is asked of the honest.
ORGANISATIONS = tuple(f"org-{at:02}" for at in range(96))
#: Submissions of the honest and of the rude, so that none asks too often at one organisation.
_TURNS = count()


class Watch:
    """Submits and reads honestly all the while; remembers the slowest answer."""

    def __init__(self, process: ServerProcess) -> None:
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.slowest = 0.0
        self.answered = 0
        self.failure: BaseException | None = None

    def _run(self) -> None:
        try:
            while not self._ended.is_set() or self.answered < 3:
                started = time.monotonic()
                self._ask(valid() if self.answered % 4 == 0 else None, started + MOST_SECONDS)
                self.slowest = max(self.slowest, time.monotonic() - started)
                self.answered += 1
                self._ended.wait(0.05)
        except BaseException as error:  # told to the test's own thread
            self.failure = error

    def _ask(self, body: bytes | None, deadline: float) -> None:
        """Submits or reads, again when the line is cut, as the page does; never too late."""
        while True:
            left = deadline - time.monotonic()
            server = Server(port=self._process.server.port, timeout=max(left, 0.01))
            try:
                status = (
                    server.post(body).status
                    if body is not None
                    else server.request("GET", "/v1/challenge").status
                )
            except (ConnectionError, HTTPException) as error:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"cut off for {MOST_SECONDS} s ({error!r})") from error
                time.sleep(0.1)
                continue
            assert status == (200 if body is None else 201), f"honest request: {status}"
            return

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(timeout=60)
        if self.failure is not None:
            raise AssertionError(f"others were not served: {self.failure!r}")
        print(f"{self.answered} honest answers, the slowest after {self.slowest:.2f} s")
        assert self.answered >= 3 and self.slowest < MOST_SECONDS


@pytest.fixture(scope="module")
def process(made: Callable[..., Deployment]) -> Iterator[ServerProcess]:
    """A server of its own: its memory over all tests of this file is the measure."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))
    deployment = made("rude", desks=(), python_desks=ORGANISATIONS)
    process = deployment.serve()
    yield process
    assert process.process.poll() is None, "the server must outlive them all"
    print(f"most memory ever: {process.memory('VmHWM') // 1024 // 1024} MB")
    deployment.check()
    deployment.stop()


@contextmanager
def rude(process: ServerProcess) -> Iterator[Watch]:
    """Others are served all the while and the server stays small."""
    with Watch(process) as watch:
        yield watch
        assert process.process.poll() is None
    assert process.memory() < MOST_MEMORY, f"{process.memory()} B resident"
    assert process.memory("VmHWM") < MOST_MEMORY, f"{process.memory('VmHWM')} B at most"


def connect(process: ServerProcess) -> socket.socket:
    """A raw connection."""
    assert process.server.port is not None
    return socket.create_connection(("127.0.0.1", process.server.port), timeout=60)


def received(connection: socket.socket) -> bytes:
    """Everything until the server closes or resets."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def statuses(data: bytes) -> list[int]:
    """Statuses of the answers in a stream."""
    parts = data.split(b"HTTP/1.1 ")[1:]
    return [int(part[:3]) for part in parts]


def post_head(*headers: str, version: str = "1.1") -> bytes:
    """A head of a submission with these headers."""
    lines = [f"POST /v1/envelopes HTTP/{version}", "Host: intake.test", *headers, "", ""]
    return "\r\n".join(lines).encode()


def valid() -> bytes:
    """A submission that would be accepted."""
    organisation = ORGANISATIONS[next(_TURNS) % len(ORGANISATIONS)]
    return Submission(organisation, os.urandom(16), random_text()).encoded


# Wrong lengths


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: -1",),
        ("Content-Length: +16436",),
        ("Content-Length: 0x4034",),
        ("Content-Length: 16436 16436",),
        ("Content-Length: 16436", "Content-Length: 10"),
        ("Content-Length: 16436", "Content-Length: 16437"),
        ("Content-Length: 10, 16436",),
        ("Content-Length: 99999999999999999999999999",),
        ("Content-Length: 16436", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: gzip",),
        ("Transfer-Encoding: chunked, identity",),
        ("Content-Length:",),
    ],
    ids=lambda headers: " + ".join(headers),
)
def test_unclear_length_is_refused(process: ServerProcess, headers: tuple[str, ...]) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(*headers) + valid()[:1000])
        connection.shutdown(socket.SHUT_WR)
        answers = statuses(received(connection))
        assert 201 not in answers
        assert not answers or 400 <= answers[0] < 500


@pytest.mark.parametrize("length", [1, 51, SIZE - 1, SIZE + 1, 1_048_629, 2**31, 2**40, 2**63 - 1])
def test_length_of_no_submission_is_413(process: ServerProcess, length: int) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(f"Content-Length: {length}", "Connection: close"))
        try:
            connection.sendall(bytes(min(length, 100_000)))
        except ConnectionError:
            pass
        answers = statuses(received(connection))
        assert answers[:1] == [413]


def test_body_shorter_than_said_is_not_stored(process: ServerProcess) -> None:
    body = valid()
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(f"Content-Length: {SIZE}") + body[:-1])
        connection.shutdown(socket.SHUT_WR)
        assert 201 not in statuses(received(connection))
    other = Submission(body[8:24].rstrip(b"\0").decode(), body[24:40], random_text())
    assert process.server.post(other.encoded).status == 201, "the tag must still be free"


def test_body_longer_than_said_is_another_request(process: ServerProcess) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head(f"Content-Length: {SIZE}") + valid() + b"\xff" * 4096)
        connection.shutdown(socket.SHUT_WR)
        answers = statuses(received(connection))
        assert answers[0] == 201 and answers[1:] in ([], [400])


def test_body_without_length_is_refused(process: ServerProcess) -> None:
    with rude(process), connect(process) as connection:
        connection.sendall(post_head() + valid())
        connection.shutdown(socket.SHUT_WR)
        assert statuses(received(connection))[:1] in ([411], [413], [400])


# Slow ones


def _drip(process: ServerProcess, data: bytes, before: bytes, at_once: int) -> None:
    """Many connections which send a byte a second; each is cut off or may starve on its own."""
    connections = [connect(process) for _ in range(at_once)]
    try:
        for connection in connections:
            connection.sendall(before)
        with rude(process) as watch:
            for at in range(12):
                for connection in connections:
                    try:
                        connection.sendall(data[at : at + 1])
                    except ConnectionError:
                        continue
                watch._ended.wait(1.0)
    finally:
        for connection in connections:
            connection.close()


def test_head_of_a_byte_a_second(process: ServerProcess) -> None:
    _drip(process, post_head(f"Content-Length: {SIZE}"), b"", 64)


def test_body_of_a_byte_a_second(process: ServerProcess) -> None:
    _drip(process, valid(), post_head(f"Content-Length: {SIZE}"), 64)


def test_a_thousand_idle_connections(process: ServerProcess) -> None:
    connections: list[socket.socket] = []
    try:
        with rude(process) as watch:
            for _ in range(1000):
                connections.append(connect(process))
            watch._ended.wait(3.0)
    finally:
        for connection in connections:
            connection.close()


def test_a_thousand_half_sent_submissions(process: ServerProcess) -> None:
    connections: list[socket.socket] = []
    try:
        with rude(process) as watch:
            for _ in range(1000):
                connections.append(connect(process))
                try:
                    connections[-1].sendall(post_head(f"Content-Length: {SIZE}") + valid()[:8000])
                except ConnectionError:
                    pass
            watch._ended.wait(3.0)
    finally:
        for connection in connections:
            connection.close()


def test_answers_that_nobody_reads(process: ServerProcess) -> None:
    """Pipelined requests for large answers whose reader has gone to sleep."""
    request = b"GET /v1/directory HTTP/1.1\r\nHost: intake.test\r\n\r\n"
    connections = [connect(process) for _ in range(32)]
    try:
        with rude(process) as watch:
            for connection in connections:
                connection.setblocking(False)
                connection.send(request * 80)
            watch._ended.wait(3.0)
    finally:
        for connection in connections:
            connection.close()


# Endless ones


async def _endless(port: int, head: bytes, part: bytes, most: int) -> int:
    """Sends until the server cuts the line; how many bytes it took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = 0
    try:
        writer.write(head)
        while sent < most:
            writer.write(part)
            await asyncio.wait_for(writer.drain(), 30)
            sent += len(part)
            await asyncio.sleep(0)
    except (OSError, TimeoutError):
        pass
    finally:
        writer.close()
        try:
            await asyncio.wait_for(reader.read(), 10)
        except (OSError, TimeoutError):
            pass
    return sent


def _flood(process: ServerProcess, head: bytes, part: bytes, most: int = 2**28) -> list[int]:
    port = process.server.port
    assert port is not None

    async def all_of_them() -> list[int]:
        work: list[Awaitable[int]] = [_endless(port, head, part, most) for _ in range(8)]
        return list(await asyncio.gather(*work))

    with rude(process):
        taken = asyncio.run(all_of_them())
    print(f"cut off after {sorted(taken)} B")
    return taken


CHUNK = b"10000\r\n" + bytes(65_536) + b"\r\n"


def test_chunks_that_never_end(process: ServerProcess) -> None:
    taken = _flood(process, post_head("Transfer-Encoding: chunked"), CHUNK)
    assert max(taken) < 2**27, "an endless body must be cut off"


def test_body_that_never_ends(process: ServerProcess) -> None:
    taken = _flood(process, post_head(f"Content-Length: {2**40}"), bytes(65_536))
    assert max(taken) < 2**27, "an endless body must be cut off"


def test_head_that_never_ends(process: ServerProcess) -> None:
    taken = _flood(process, b"GET / HTTP/1.1\r\n", b"X-More: " + b"a" * 4000 + b"\r\n")
    assert max(taken) < 2**24, "an endless head must be cut off"


def test_header_that_never_ends(process: ServerProcess) -> None:
    taken = _flood(process, b"GET / HTTP/1.1\r\nX-More: ", b"a" * 65_536)
    assert max(taken) < 2**24, "an endless header must be cut off"


def test_path_that_never_ends(process: ServerProcess) -> None:
    taken = _flood(process, b"GET /", b"a" * 65_536)
    assert max(taken) < 2**24, "an endless path must be cut off"


# Odd ones


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
    "continue": _POST + b"Expect: 100-continue\r\nContent-Length: 16436\r\n\r\n",
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
