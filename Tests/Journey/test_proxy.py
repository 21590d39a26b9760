"""The proxy that docs/operating.md describes: it slows a flood and names nobody."""

import base64
import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from stage.commands import Commands
from stage.serving import ServerProcess
from stage.waiting import until

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"
#: Where the test posts from: an address like no other, so that every trace of it is found.
CALLER = "127.83.41.97"
#: A whole submission in size and form, to an organisation that nobody lists.
SIZE = 16_476


def submission() -> bytes:
    """What the server itself answers 422."""
    head = b"SIF1" + bytes([1, 1, 0, 0]) + b"nobody".ljust(16, b"\0") + os.urandom(16 + 52)
    return head + b"SIE1" + bytes([1, 1, 2, 0]) + os.urandom(SIZE - len(head) - 8)


def documented(port: int, path: Path) -> str:
    """The configuration of the page for operators, listening here without TLS."""
    found = re.search(r"```haproxy\n(.*?)```", OPERATING.read_text(), re.DOTALL)
    assert found, "the page for operators has a configuration"
    text, binds = re.subn(r"bind .*", f"bind 127.0.0.1:{port}", found[1])
    text, servers = re.subn(r"unix@\S+", f"unix@{path}", text)
    assert binds == servers == 1
    return text


class Proxy:
    """HAProxy in front of a real server on a Unix socket."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        commands = Commands(folder)
        data = folder / "data"
        commands.server("init", "--data", data, "--deployment", "briefje.example")
        self.server = ServerProcess(commands, data, socket=folder / "http.sock")
        configuration = folder / "haproxy.cfg"
        configuration.write_text(documented(self.port, folder / "http.sock"))
        self.said = folder / "haproxy.out"
        salt = base64.b64encode(os.urandom(32)).decode()
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                ["haproxy", "-db", "-f", str(configuration)],
                env={**os.environ, "SALT": salt},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        until(self._answers, "the proxy answers")

    def _answers(self) -> bool:
        try:
            return self.connection().sock is None and self.statuses(0) == []
        except OSError:
            return False

    def connection(self, caller: str = CALLER) -> http.client.HTTPConnection:
        """From an address of the loopback network."""
        return http.client.HTTPConnection("127.0.0.1", self.port, 30, source_address=(caller, 0))

    def statuses(self, count: int, caller: str = CALLER) -> list[tuple[int, str | None]]:
        """Posts so often on one connection: status and Retry-After of each answer."""
        connection = self.connection(caller)
        connection.connect()
        answers = []
        for _ in range(count):
            connection.request("POST", "/v1/envelopes", submission())
            answer = connection.getresponse()
            answer.read()
            answers.append((answer.status, answer.getheader("Retry-After")))
        connection.close()
        return answers

    def stop(self) -> None:
        """Ends both."""
        self.process.terminate()
        self.process.wait(timeout=30)
        self.server.stop()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """A proxy and a server of their own."""
    if shutil.which("haproxy") is None:
        pytest.skip("haproxy is not installed (scripts/setup test)")
    one = Proxy(tmp_path)
    yield one
    one.stop()


def test_a_class_behind_one_address_is_taken_at_once(proxy: Proxy) -> None:
    """25 phones, each two beats and a report in one minute."""
    with ThreadPoolExecutor(25) as phones:
        answers = list(phones.map(lambda _: proxy.statuses(3), range(25)))
    assert {one for phone in answers for one in phone} == {(422, None)}


def test_a_flood_is_slowed_and_nobody_else(proxy: Proxy) -> None:
    answers = proxy.statuses(400)
    assert answers[:200] == [(422, None)] * 200
    assert set(answers[220:]) == {(503, "30")}
    assert set(proxy.statuses(20, caller="127.83.41.98")) == {(422, None)}
    connection = proxy.connection()
    connection.request("GET", "/v1/challenge")
    answer = connection.getresponse()
    assert (answer.status, len(answer.read())) == (200, 22), "reading is not slowed"


def test_nothing_names_a_caller(proxy: Proxy, tmp_path: Path) -> None:
    proxy.statuses(250)
    connection = proxy.connection()
    connection.connect()
    connection.sock.sendall(b"nonsense\r\n\r\n")
    assert b"400" in connection.sock.recv(4096)
    proxy.stop()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert CALLER.encode() not in file.read_bytes(), file
            assert socket.inet_aton(CALLER) not in file.read_bytes(), file
