"""Rude clients, and the honest one that must be served all the while."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count

from reporter.envelope import EnvelopeClass
from reporter.submission import HEAD
from reporter.web import Server

from .serving import ServerProcess
from .stamping import junk

MOST_MEMORY = 100 * 1024 * 1024
#: "Within seconds", for one honest request while others are rude, on a busy machine.
MOST_SECONDS = 8.0
#: A head that promises a text submission.
SIZE = HEAD + EnvelopeClass.TEXT.size
#: Many, so that the log has rows of many.
ORGANISATIONS = tuple(f"org-{at:02}" for at in range(96))
#: Submissions of the honest and of the rude, to one after the other.
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
    return junk(organisation).encoded
