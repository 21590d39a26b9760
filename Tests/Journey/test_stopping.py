"""A server that is asked to end answers what is on its way, takes nothing new, and is soon gone."""

import re
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from reporter.envelope import EnvelopeClass, random_text
from reporter.submission import Submission
from stage.deployment import Deployment
from stage.rude import SIZE, connect, post_head, received, statuses
from stage.serving import ServerProcess
from stage.stamping import junk, unworked
from stage.store import counts

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"
MANY = 64
HEAD = post_head(f"Content-Length: {SIZE}")
#: What has the longest time to come in.
LONG = post_head(f"Content-Length: {SIZE - EnvelopeClass.TEXT.size + EnvelopeClass.PIECE.size}")
#: Until whoever does nothing is let go, and the process is gone when nobody is left.
SOON = 5.0


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    return made("stopping", desks=())


class Posting:
    """Submissions on their way, each on a connection of its own."""

    def __init__(self, process: ServerProcess, count: int) -> None:
        self.submissions = [junk("zz-python") for _ in range(count)]
        self.connections = [connect(process) for _ in range(count)]
        self.answers: list[bytes] = [b""] * count

    def send(self, first: int, end: int | None) -> None:
        """These bytes of each request."""
        for one, connection in zip(self.submissions, self.connections, strict=True):
            try:
                connection.sendall((HEAD + one.encoded)[first:end])
            except ConnectionError:
                pass

    def receive(self) -> list[list[int]]:
        """The statuses of each connection's answers, to its end."""

        def read(at: int) -> None:
            with self.connections[at] as connection:
                self.answers[at] = received(connection)

        threads = [threading.Thread(target=read, args=(at,)) for at in range(len(self.answers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return [statuses(one) for one in self.answers]


def _ask(process: ServerProcess, how: signal.Signals = signal.SIGTERM) -> None:
    process.process.send_signal(how)


def _ends(process: ServerProcess, within: float) -> float:
    """Waits for the end, which is a good one; how long it took."""
    began = time.monotonic()
    assert process.process.wait(timeout=within) == 0, process.error.read_text()
    return time.monotonic() - began


def _all_are_answered_and_there(house: Deployment, posting: Posting, before: int) -> None:
    """Each has its 201, and the store has what was answered."""
    found = posting.receive()
    print(f"{found.count([201])} of {len(found)} answered 201")
    assert found == [[201]] * len(found)
    assert house.process is not None
    _ends(house.process, SOON)
    assert counts(house.data)["inbox"] == before + len(found)
    server = house.serve().server
    for one in posting.submissions[:5]:
        assert server.post(one.encoded).status == 201, "the same bytes are 201 as before"
        other = unworked(Submission(one.organisation, one.tag, random_text()))
        assert server.post(other.encoded).status == 422, "an answered submission was lost"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
@pytest.mark.parametrize(
    "sent", [20, len(HEAD), 8000, None], ids=["half a head", "a head", "half a body", "all"]
)
def test_what_was_sent_in_part_is_read_and_answered(
    house: Deployment, sent: int | None, how: signal.Signals
) -> None:
    process, before = house.serve(), counts(house.data)["inbox"]
    posting = Posting(process, MANY)
    posting.send(0, sent)
    if sent is not None:
        time.sleep(0.2)
    _ask(process, how)
    if sent is not None:
        time.sleep(1.0)
        posting.send(sent, None)
    _all_are_answered_and_there(house, posting, before)
    if sent is not None:
        assert all(b"connection: close" in one.lower() for one in posting.answers)


@contextmanager
def _held(data: Path) -> Iterator[None]:
    """Nothing can be committed meanwhile."""
    with closing(sqlite3.connect(data / "intake.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_what_waits_for_the_commit_is_answered(house: Deployment) -> None:
    process, before = house.serve(), counts(house.data)["inbox"]
    posting = Posting(process, MANY)
    with _held(house.data):
        posting.send(0, None)
        time.sleep(0.5)
        _ask(process)
        time.sleep(1.5)
    _all_are_answered_and_there(house, posting, before)


def test_whoever_goes_on_on_one_line_is_told_when_to_stop(house: Deployment) -> None:
    """Each sends its next submission as soon as the last one is answered, until told to close."""
    process, before = house.serve(), counts(house.data)["inbox"]
    accepted: list[int] = []
    cut: list[object] = []

    def go_on() -> None:
        try:
            with closing(process.server.connection()) as connection:
                while True:
                    connection.request("POST", "/v1/envelopes", junk("zz-python").encoded)
                    answer = connection.getresponse()
                    answer.read()
                    accepted.append(answer.status)
                    if answer.getheader("Connection") == "close":
                        return
        except OSError as error:
            cut.append(error)

    threads = [threading.Thread(target=go_on) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    _ask(process)
    for thread in threads:
        thread.join(60)
    _ends(process, SOON)
    print(f"{len(accepted)} answered, {len(cut)} of {MANY} cut: {cut[:1]}")
    assert not cut and set(accepted) == {201}
    assert counts(house.data)["inbox"] == before + len(accepted), "stored, and never answered"


def test_nobody_new_is_let_in_and_who_does_nothing_is_let_go(house: Deployment) -> None:
    process = house.serve()
    posting = Posting(process, 1)
    posting.send(0, 8000)
    with closing(process.server.connection()) as idle, connect(process) as silent:
        idle.request("GET", "/v1/challenge")
        assert idle.getresponse().read()
        began = time.monotonic()
        _ask(process)
        assert idle.sock.recv(1) == b"" and received(silent) == b""
        assert time.monotonic() - began < 2
        with pytest.raises(ConnectionError):
            connect(process)
    posting.send(8000, None)
    assert posting.receive() == [[201]]
    _ends(process, SOON)


def test_who_sends_too_slowly_is_cut_in_time(house: Deployment) -> None:
    """The unit's stop time is not reached, whoever holds on; the others have their answers."""
    found = re.search(r"^TimeoutStopSec=(\d+)$", OPERATING.read_text(), re.MULTILINE)
    assert found
    process = house.serve()
    slow, quick = [connect(process) for _ in range(8)], Posting(process, 8)
    for connection in slow:
        connection.sendall(LONG)
    quick.send(0, 300)
    time.sleep(0.2)
    _ask(process)
    began = time.monotonic()
    quick.send(300, None)
    assert quick.receive() == [[201]] * 8
    while process.process.poll() is None and time.monotonic() - began < 60:
        for connection in slow:
            with suppress(ConnectionError):
                connection.sendall(b"x")
        time.sleep(0.5)
    _ends(process, 1)
    took = time.monotonic() - began
    for connection in slow:
        connection.close()
    print(f"gone after {took:.1f} s")
    assert took < int(found[1]) - 2


def test_a_second_signal_ends_it_at_once(house: Deployment) -> None:
    process = house.serve()
    with connect(process) as connection:
        connection.sendall(HEAD)
        time.sleep(0.2)
        _ask(process)
        time.sleep(0.5)
        assert process.process.poll() is None, "somebody is still sending"
        _ask(process)
        assert process.process.wait(SOON) == 1
    house.check()
