"""Slow and rude clients: the server stays small and answers everybody else."""

import asyncio
import socket
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from reporter.envelope import random_text
from reporter.submission import Submission
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

# Wrong lengths


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: -1",),
        ("Content-Length: +16476",),
        ("Content-Length: 0x405c",),
        ("Content-Length: 16476 16476",),
        ("Content-Length: 16476", "Content-Length: 10"),
        ("Content-Length: 16476", "Content-Length: 16477"),
        ("Content-Length: 10, 16476",),
        ("Content-Length: 99999999999999999999999999",),
        ("Content-Length: 16476", "Transfer-Encoding: chunked"),
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


@pytest.mark.parametrize("length", [1, 91, SIZE - 1, SIZE + 1, 1_048_669, 2**31, 2**40, 2**63 - 1])
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
    other = replace(Submission.read(body), envelope=random_text())
    assert process.server.post(other.encoded).status == 201, "tag and ticket must still be free"


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


def test_seven_hundred_that_never_stop_asking(process: ServerProcess) -> None:
    """Each asks again before it could be called idle."""
    request = b"GET /v1/challenge HTTP/1.1\r\nHost: intake.test\r\n\r\n"
    connections: list[socket.socket] = []
    try:
        with rude(process) as watch:
            for _ in range(700):
                connections.append(connect(process))
            for _ in range(15):
                for at, connection in enumerate(connections):
                    try:
                        connection.sendall(request)
                    except ConnectionError:
                        connection.close()
                        connections[at] = connect(process)
                watch._ended.wait(0.4)
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
