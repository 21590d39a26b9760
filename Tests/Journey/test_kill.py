"""Nothing answered 201 is lost, however the server ends.

64 connections submit while the server is killed with SIGKILL at random moments and started again.
INTAKE_KILLS sets the number of rounds (50), INTAKE_SEED repeats a run.
"""

import asyncio
import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from reporter.envelope import random_text
from reporter.leaf import Leaf
from reporter.primitives import sha256
from reporter.submission import Submission
from stage.commands import program
from stage.deployment import Deployment
from stage.serving import ServerProcess
from stage.stamping import junk, unworked

ROUNDS = int(os.environ.get("INTAKE_KILLS", "50"))
SEED = int(os.environ.get("INTAKE_SEED", str(random.SystemRandom().randrange(2**32))))
CONNECTIONS = 64
#: Many, so that a close has much to put in order.
ORGANISATIONS = tuple(f"org-{at:03}" for at in range(200))


@dataclass
class Sender:
    """Makes submissions and remembers which were answered 201."""

    chance: random.Random
    accepted: list[Submission] = field(default_factory=list)
    unanswered: list[Submission] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def next(self) -> Submission:
        """A valid submission of junk; every third one tries one again that had no answer."""
        if self.unanswered and self.chance.random() < 0.3:
            return self.unanswered.pop(self.chance.randrange(len(self.unanswered)))
        return junk(self.chance.choice(ORGANISATIONS))


async def _answer(reader: asyncio.StreamReader) -> int:
    status = int((await reader.readline()).split()[1])
    length = 0
    while (line := (await reader.readline()).strip().lower()) != b"":
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    await reader.readexactly(length)
    return status


async def _connection(port: int, sender: Sender, started: asyncio.Event) -> None:
    """Sends one submission after the other until the line is cut."""
    submission = None
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            submission = sender.next()
            body = submission.encoded
            head = (
                "POST /v1/envelopes HTTP/1.1\r\nHost: intake.test\r\n"
                "Content-Type: application/octet-stream\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
            status = await _answer(reader)
            sender.statuses[status] += 1
            if status == 201:
                sender.accepted.append(submission)
                started.set()
            submission = None
    except (OSError, asyncio.IncompleteReadError, IndexError, ValueError):
        if submission is not None:
            sender.unanswered.append(submission)


async def _round(process: ServerProcess, sender: Sender) -> None:
    """All connections at work until the server is killed at a random moment."""
    port = process.server.port
    assert port is not None
    started = asyncio.Event()
    tasks = [asyncio.create_task(_connection(port, sender, started)) for _ in range(CONNECTIONS)]
    await asyncio.wait_for(started.wait(), 60)
    await asyncio.sleep(sender.chance.random() ** 2 * 0.4)
    os.kill(process.pid, signal.SIGKILL)
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    process.process.wait(timeout=30)


def _is_there(process: ServerProcess, submission: Submission) -> None:
    """The same bytes are 201 as before; other bytes under the tag are none of its."""
    assert process.server.post(submission.encoded).status == 201
    other = unworked(Submission(submission.organisation, submission.tag, random_text()))
    assert process.server.post(other.encoded).status == 422, "an accepted submission was lost"


@pytest.mark.slow
def test_every_submission_answered_201_survives_kill(made: Callable[..., Deployment]) -> None:
    print(f"seed {SEED}, {ROUNDS} rounds (INTAKE_SEED, INTAKE_KILLS)")
    deployment = made("kill", desks=(), python_desks=ORGANISATIONS)
    chance = random.Random(SEED)
    process = deployment.serve()
    sender = Sender(chance)
    for _ in range(ROUNDS):
        before = len(sender.accepted)
        asyncio.run(_round(process, sender))
        process = deployment.serve()
        fresh = sender.accepted[before:]
        for submission in chance.sample(fresh, min(len(fresh), 20)):
            _is_there(process, submission)
    print(f"answers {dict(sender.statuses)}, cut off {len(sender.unanswered)}")
    assert set(sender.statuses) == {201}, "load must be accepted, not refused"
    assert len(sender.accepted) > ROUNDS, "every round must have had work under way"
    deployment.check()
    deployment.close()
    deployment.check()
    leaves = set(deployment.public().log.leaves)
    for submission in sender.accepted:
        digest = sha256(submission.envelope)
        leaf = Leaf.text(submission.organisation, submission.tag, digest)
        assert leaf.encoded in leaves, "an accepted submission is not in the log"
    deployment.stop()


@pytest.mark.slow
def test_closing_a_day_survives_kill(made: Callable[..., Deployment]) -> None:
    """`close-day` is killed at random moments; the log is whole and nothing doubled or lost."""
    deployment = made("kill-close", desks=(), python_desks=ORGANISATIONS[:8])
    chance = random.Random(SEED + 1)
    words = [program("intake-server"), "close-day", "--data", str(deployment.data), "--now"]
    accepted = []
    for _ in range(12):
        for organisation in ORGANISATIONS[:8]:
            submission = junk(organisation)
            assert deployment.serve().server.post(submission.encoded).status == 201
            accepted.append(submission)
        closing = subprocess.Popen(
            words, env=deployment.commands.environment, stdout=subprocess.DEVNULL
        )
        try:
            closing.wait(timeout=chance.random() * 0.25)
        except subprocess.TimeoutExpired:
            closing.send_signal(signal.SIGKILL)
            closing.wait(timeout=30)
        deployment.check()
    deployment.close()
    deployment.check()
    leaves = Counter(deployment.public().log.leaves)
    for submission in accepted:
        leaf = Leaf.text(submission.organisation, submission.tag, sha256(submission.envelope))
        assert leaves[leaf.encoded] == 1
    deployment.stop()
