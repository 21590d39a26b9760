"""A crash ends a program and says nothing: no registers, no memory, no backtrace, no core."""

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest
from stage.commands import program
from stage.deployment import Deployment
from stage.rude import connect, post_head

CANARY = b"kanarie-7f3a91c5"
CRASHES = [
    signal.SIGILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTRAP, signal.SIGBUS, signal.SIGFPE,
    signal.SIGQUIT,
]
#: Who starts a program may have anything in the environment.
SETTINGS = {
    "nothing set": None,
    "everything on": "enable=yes,threads=all,registers=all,images=all,sanitize=no,color=no,limit=none",
}


@pytest.fixture(params=SETTINGS.values(), ids=SETTINGS, autouse=True)
def environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says of backtraces."""
    monkeypatch.delenv("SWIFT_BACKTRACE", raising=False)
    if request.param:
        monkeypatch.setenv("SWIFT_BACKTRACE", request.param)


def assert_silent(said: bytes, folder: Path) -> None:
    """Nothing of the process is in what it said, or lies about."""
    for word in (CANARY, CANARY[:8], b"0x0", b"acktrac", b"egisters", b"rip ", b"crashed"):
        assert word not in said, said[:2000]
    assert not list(folder.glob("core*"))


@pytest.mark.parametrize("crash", CRASHES, ids=lambda one: one.name)
def test_a_server_that_crashes_says_nothing(
    deployment: Deployment, tmp_path: Path, crash: signal.Signals
) -> None:
    deployment.stop()
    process = deployment.serve()
    before = process.error.stat().st_size
    with connect(process) as connection:
        connection.sendall(post_head("Content-Length: 16436") + CANARY * 500)
        assert process.server.request("GET", "/v1/challenge").status == 200
        os.kill(process.pid, crash)
        assert process.process.wait(timeout=20) == -crash
    assert_silent(process.error.read_bytes()[before:] + process.out.read_bytes(), tmp_path)


def read_for(descriptor: int, wanted: bytes, seconds: float = 20) -> bytes:
    """What a terminal shows, until something stands there or its other end is gone."""
    said, deadline = b"", time.monotonic() + seconds
    while wanted not in said and time.monotonic() < deadline:
        try:
            part = os.read(descriptor, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    return said


@pytest.mark.parametrize("crash", CRASHES, ids=lambda one: one.name)
def test_a_desk_that_crashes_at_the_passphrase_says_nothing(
    deployment: Deployment, tmp_path: Path, crash: signal.Signals
) -> None:
    desk = next(iter(deployment.desks.values()))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [program("intake-admin"), "list", "--vault", str(desk.vault)],
        env=deployment.commands.environment,
        cwd=tmp_path,
        preexec_fn=lambda: os.login_tty(theirs),
    )
    os.close(theirs)
    try:
        said = read_for(ours, b": ")
        assert said, "it asks for the passphrase"
        os.write(ours, CANARY)
        time.sleep(0.2)
        assert process.poll() is None
        os.kill(process.pid, crash)
        assert process.wait(timeout=20) == -crash
        said += read_for(ours, b"\0", 5)
    finally:
        process.kill()
        os.close(ours)
    assert_silent(said, tmp_path)
