"""201 is sent only after the commit is durable: seen in the system calls."""

import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.deployment import Deployment
from stage.serving import ServerProcess
from stage.stamping import junk

COUNT = 24
SYNC = re.compile(r"\b(?:fdatasync|fsync)\(\d+<[^>]*intake\.sqlite-wal>\)\s+= 0")
RESUMED_SYNC = re.compile(r"<\.\.\. (?:fdatasync|fsync) resumed>\)\s+= 0")
STARTED_SYNC = re.compile(r"\b(?:fdatasync|fsync)\(\d+<[^>]*intake\.sqlite-wal> <unfinished")
WRITE = re.compile(r"\bp?write(?:64|v|v2)?\(\d+<[^>]*intake\.sqlite-wal>")
ANSWER = re.compile(r"HTTP/1\.1 201")
THREAD = re.compile(r"^(\d+) ")


def traced(data: Path) -> list[str]:
    """Events in order: `write` and `sync` of the WAL, `answer` for each 201."""
    events, syncing = [], set()
    for line in data.read_text("utf-8", "replace").splitlines():
        found = THREAD.match(line)
        thread = found[1] if found else ""
        if WRITE.search(line):
            events.append("write")
        if STARTED_SYNC.search(line):
            syncing.add(thread)
        if SYNC.search(line) or (RESUMED_SYNC.search(line) and thread in syncing):
            syncing.discard(thread)
            events.append("sync")
        if ANSWER.search(line):
            events.append("answer")
    return events


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_sync_of_the_wal_lies_before_each_201(made: Callable[..., Deployment]) -> None:
    deployment = made("durability", desks=(), python_desks=("zz-python",))
    trace = deployment.path("trace")
    calls = "trace=fdatasync,fsync,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg"
    under = ("strace", "-f", "-y", "-s", "64", "-e", calls, "-o", str(trace))
    process = ServerProcess(deployment.commands, deployment.data, under=under)
    try:
        for _ in range(COUNT):
            assert process.server.post(junk("zz-python").encoded).status == 201
    finally:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGTERM)
        process.process.wait(timeout=30)
    events = traced(trace)
    assert events.count("answer") == COUNT, "the trace must show every answer"
    since: list[str] = []
    for event in events:
        if event != "answer":
            since.append(event)
            continue
        assert "write" in since and "sync" in since, f"since the answer before: {since}"
        last = len(since) - 1 - since[::-1].index("sync")
        assert "write" in since[:last], f"nothing was written before the sync: {since}"
        assert "write" not in since[last:], f"written but not synced before the answer: {since}"
        since = []
