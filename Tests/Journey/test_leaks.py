"""Nothing leaks: canary words, the code and the caller's address are looked for everywhere."""

import os
import re
import shutil
import socket
import time
from collections.abc import Callable

import pytest
from reporter.envelope import MAGIC
from reporter.public import fetch
from reporter.submission import Submission
from reporter.visit import Reporter
from reporter.web import Server
from stage.canaries import (
    ANSWER,
    CALLER,
    HEADER_CANARIES,
    HEADERS,
    MORE,
    PASSPHRASE,
    WORDS,
    Journey,
    server_files,
    words_of,
)
from stage.commands import program
from stage.deployment import Deployment
from stage.directories import today
from stage.memory import found_in_files, found_in_memory
from stage.serving import ServerProcess
from stage.stamping import unworked


def test_the_journey_had_content(journey: Journey) -> None:
    """Otherwise nothing below would prove anything."""
    assert words_of(WORDS) <= {word.encode() for word in re.findall(r"\w+", journey.shown)}
    assert len(journey.content) > 10
    callers = {host for host, _ in journey.relay.callers}
    assert callers == {CALLER}, "the calls must have come from the canary's address"


def test_server_files_and_output_hold_no_canary(journey: Journey) -> None:
    assert (journey.deployment.data / "intake.sqlite").is_file()
    assert server_files(journey) == set()


def test_server_memory_holds_no_canary(journey: Journey) -> None:
    addresses = {CALLER.encode()} | {
        b"\x02\0" + port.to_bytes(2, "big") + socket.inet_aton(host)
        for host, port in journey.relay.callers
    }
    wanted = journey.content | addresses | {PASSPHRASE.encode()}
    assert found_in_memory(journey.process.pid, wanted) == set()


def test_a_planted_canary_is_found_in_memory(journey: Journey) -> None:
    """The search finds what is there: half a body, its connection still open."""
    canary = os.urandom(8).hex().encode()
    head = b"POST /v1/envelopes HTTP/1.1\r\nHost: a\r\nContent-Length: 16476\r\n\r\n"
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(journey.process.socket))
        connection.sendall(head + b"SIF1" + canary * 200)
        deadline = time.monotonic() + 20
        while found_in_memory(journey.process.pid, {canary}) != {canary}:
            assert time.monotonic() < deadline, "planted canary was not found"


def test_a_planted_canary_is_found_on_disk(made: Callable[..., Deployment]) -> None:
    """An envelope that carries its words in the clear is stored, and found."""
    deployment = made("planted", desks=(), python_desks=("zz-python",))
    canary = os.urandom(8).hex().encode()
    envelope = (MAGIC + bytes([1, 1, 2, 0]) + canary).ljust(16_384, b"\x07")
    server = deployment.serve().server
    one = unworked(Submission("zz-python", os.urandom(16), envelope))
    assert server.post(one.encoded).status == 201
    found = found_in_files(deployment.data, {canary})
    assert found and all(name.startswith("intake.sqlite") for name, _ in found)
    deployment.stop()


def test_over_tcp_nothing_about_the_caller_is_kept(journey: Journey) -> None:
    """Without a proxy the address reaches the process, but neither files nor output."""
    deployment, socket = journey.deployment, journey.process.socket
    deployment.stop()
    process = ServerProcess(deployment.commands, deployment.data, name="tcp")
    server = Server(port=process.server.port, source=CALLER, headers=HEADERS)
    public = fetch(server, deployment.keys.read, today())
    report = journey.reporter.compose(public, "nl-vi", WORDS)
    journey.reporter.send(server, public, report)
    assert server.request("GET", f"/{CALLER}?{HEADERS['X-Kanarie']}").status == 404
    process.stop()
    journey.process = deployment.serve(socket=socket)
    said = process.out.read_bytes() + process.error.read_bytes()
    assert not {one for one in HEADER_CANARIES | {CALLER.encode()} if one in said}
    assert server_files(journey) == set()


# The desk


def test_desk_files_hold_no_canary(journey: Journey) -> None:
    wanted = journey.content | {one.encode() for one in (WORDS, MORE, ANSWER)}
    found = found_in_files(journey.desk_files, wanted)
    assert found == set()
    passphrase = words_of(PASSPHRASE)
    holding = {name for name, _ in found_in_files(journey.desk_files, passphrase)}
    assert holding == {f"{one}.passphrase" for one in journey.deployment.desks}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_desk_writes_nothing_in_the_clear_even_for_a_moment(journey: Journey) -> None:
    """Temporary files that were deleted again would not be found afterwards; system calls are."""
    deployment = journey.deployment
    desk = deployment.desks["nl-vi"]
    server = Server(path=str(journey.process.socket))
    public = fetch(server, deployment.keys.read, today())
    reporter = Reporter(deployment.name)
    reporter.send(server, public, reporter.compose(public, "nl-vi", WORDS))
    deployment.close()
    bundle = deployment.export("nl-vi")
    thread = journey.deployment.desks["nl-vi"].list()[0]["thread"]
    steps = {
        "import": [bundle],
        "show": [thread],
        "reply": [thread, "--text", ANSWER, "--kind", "message"],
        "export": ["--out", deployment.path("nl-vi.out")],
    }
    texts = words_of(WORDS) | words_of(ANSWER) | words_of(PASSPHRASE)
    canaries = ["".join(f"\\x{byte:02x}" for byte in one) for one in texts]
    seen_on_screen = False
    for command, arguments in steps.items():
        trace = deployment.path("trace")
        calls = "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg"
        deployment.commands.run(
            *("strace", "-f", "-xx", "-s", "1000000", "-e", calls, "-o", trace),
            *(program("intake-admin"), command, "--vault", desk.vault),
            *("--passphrase-file", desk.passphrase, *arguments),
        )
        lines = trace.read_text().splitlines()
        assert any("write" in line for line in lines)
        for line in lines:
            if not any(canary in line for canary in canaries):
                continue
            assert re.search(r"\bwritev?\([12], ", line), f"{command} wrote words: {line[:120]}"
            seen_on_screen = True
    assert seen_on_screen, "`show` must have been seen to print the words"
