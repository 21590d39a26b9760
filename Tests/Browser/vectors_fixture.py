"""A real browser that runs a built program, as WebAssembly or as its translation."""

import base64
import contextlib

import http.server
import struct
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BUILD = PROJECT / ".build-page"
HARNESS = PROJECT / "Tests" / "Conformance"


@dataclass(frozen=True)
class Answer:
    """What one operation said."""

    status: int
    parts: list[bytes]
    milliseconds: float
    memory: int


def joined(parts):
    """Parts as the program reads them: `(u32 length ‖ bytes)*`."""
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def separated(data):
    """The parts of a program's output."""
    parts = []
    while data:
        (length,) = struct.unpack_from(">I", data)
        assert len(data) >= 4 + length
        parts.append(data[4 : 4 + length])
        data = data[4 + length :]
    return parts


def u32(value):
    return struct.pack(">I", value)


class Program:
    """One instance in a Worker of a browser's page; with `startHere` in the page itself."""

    def __init__(self, page, name, prefix, is_translated, start="start"):
        self.page = page
        self.prefix = prefix
        self.start_milliseconds = page.evaluate(
            f"([name, translated]) => {start}(name, translated)", [name, is_translated]
        )

    def run(self, calls):
        """Runs operations, each `(name, parts)`, one after the other."""
        asked = [[name, base64.b64encode(joined(parts)).decode()] for name, parts in calls]
        said = self.page.evaluate("([prefix, calls]) => run(prefix, calls)", [self.prefix, asked])
        assert len(said) == len(calls)
        return [
            Answer(
                one["status"],
                separated(base64.b64decode(one["output"])),
                one["time"],
                one["memory"],
            )
            for one in said
        ]

    def call(self, name, *parts):
        return self.run([(name, list(parts))])[0]


class _Files(http.server.SimpleHTTPRequestHandler):
    """The harness, and under `program/` what was built."""

    extensions_map = {".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm"}

    def translate_path(self, path):
        name = path.split("?")[0].rsplit("/", 1)[-1]
        return str((BUILD if path.startswith("/program/") else HARNESS) / name)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served():
    """Serves harness and programs on a port of the system's choice."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/harness.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def programs():
    """Builds both programs and serves them."""
    subprocess.run([PROJECT / "scripts" / "build-page", "--conformance"], check=True)
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def harness(playwright, programs):
    """The harness in Chromium."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox"]
    )
    page = browser.new_page()
    page.goto(programs)
    yield page
    browser.close()


WAYS = {"wasm": False, "translation": True}
