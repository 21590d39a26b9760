"""A line that does to some answers of a real server what filters, captive portals and bad lines do."""

from __future__ import annotations

import http.client
import http.server
import threading
import time
from collections.abc import Callable

BLOCKED = b"<!doctype html><title>Geblokkeerd</title><p>Deze site mag niet van school."
#: Said of a connection that this end closes.
GONE = (BrokenPipeError, ConnectionResetError)


class Hostile:
    """A proxy on a free port; `faults` says of each path what happens to it."""

    def __init__(self, port: int) -> None:
        self._server = port
        #: By the beginning of `METHOD /path`: a fault.
        self.faults: dict[str, Callable[[Line, Whole], None]] = {}
        self.asked: list[tuple[float, str]] = []
        self.closing = threading.Event()
        self._listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _line(self))
        self._listener.daemon_threads = True
        threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._listener.server_address[1]}"

    def count(self, start: str) -> int:
        """How many requests began so."""
        return sum(asked.startswith(start) for _, asked in self.asked)

    def fetched(self, method: str, path: str, headers, body: bytes | None) -> Whole:
        """The server's own answer."""
        line = http.client.HTTPConnection("127.0.0.1", self._server, timeout=60)
        passed = {name: value for name, value in headers.items() if name.lower() != "connection"}
        line.request(method, path, body, passed)
        answer = line.getresponse()
        found = Whole(answer.status, dict(answer.getheaders()), answer.read())
        line.close()
        return found

    def close(self) -> None:
        """Takes no more callers."""
        self.closing.set()
        self._listener.shutdown()
        self._listener.server_close()


class Whole:
    """An answer."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.body = status, body
        self.headers = {
            name: value
            for name, value in headers.items()
            if name.lower() not in ("connection", "content-length", "transfer-encoding")
        }


class Line(http.server.BaseHTTPRequestHandler):
    """One connection of a browser."""

    protocol_version = "HTTP/1.1"
    hostile: Hostile

    def begin(self, whole: Whole) -> None:
        self.send_response(whole.status)
        for name, value in whole.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(whole.body)))
        self.end_headers()

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else None
        asked = f"{self.command} {self.path}"
        self.hostile.asked.append((time.monotonic(), asked))
        fault = next((do for start, do in self.hostile.faults.items() if asked.startswith(start)), passed)
        try:
            fault(self, self.hostile.fetched(self.command, self.path, self.headers, body))
        except GONE:
            self.close_connection = True

    do_POST = do_GET

    def log_message(self, *_) -> None:
        pass


def _line(hostile: Hostile) -> type[Line]:
    return type("OneLine", (Line,), {"hostile": hostile})


# What may happen to an answer


def passed(line: Line, whole: Whole) -> None:
    line.begin(whole)
    line.wfile.write(whole.body)


def answered(status: int, body: bytes = BLOCKED, kind: str = "text/html", **more: str):
    """Somebody on the way answers; `more` are fields."""
    fields = {"content-type": kind} | {name.replace("_", "-"): value for name, value in more.items()}

    def fault(line: Line, _: Whole) -> None:
        passed(line, Whole(status, fields, body))

    return fault


def cut(line: Line, whole: Whole) -> None:
    """Half of it, and the line is dead."""
    line.begin(whole)
    line.wfile.write(whole.body[: len(whole.body) // 2])
    line.close_connection = True


def never(line: Line, _: Whole) -> None:
    """No answer, as long as anybody waits."""
    line.hostile.closing.wait(120)
    line.close_connection = True


def stalled(line: Line, whole: Whole) -> None:
    """Half of it, and then nothing more."""
    line.begin(whole)
    line.wfile.write(whole.body[: len(whole.body) // 2])
    never(line, whole)


class Portions:
    """All of it, in so many parts, each when the test hands it out."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._given = threading.Semaphore(0)

    def give(self) -> None:
        """Hands out one part more."""
        self._given.release()

    def __call__(self, line: Line, whole: Whole) -> None:
        line.begin(whole)
        size = len(whole.body) // self.count + 1
        for at in range(0, len(whole.body), size):
            while not self._given.acquire(timeout=0.1):
                if line.hostile.closing.is_set():
                    return
            line.wfile.write(whole.body[at : at + size])


def first(times: int, fault):
    """A fault that is over after so many answers."""
    left = [times]

    def some(line: Line, whole: Whole) -> None:
        left[0] -= 1
        (fault if left[0] >= 0 else passed)(line, whole)

    return some
