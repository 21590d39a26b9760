"""A changed bit anywhere in a bundle: refused whole, and nothing changed.

A process for every bit would be tens of thousands: bytes of notes and rows are all visited with
bits chosen by a seed, objects by a spread. INTAKE_BITS sets how many bits a bundle (0: all),
INTAKE_SEED repeats a run. The exhaustive run is in the Swift tests, in one process.
"""

import os
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from reporter.in_bundle import InBundle
from reporter.out_bundle import ROW
from reporter.visit import Reporter
from stage import store
from stage.deployment import Deployment
from stage.desks import Desk
from stage.paper import PaperServer
from stage.replies import out_bundle, reply_row

SEED = int(os.environ.get("INTAKE_SEED", str(random.SystemRandom().randrange(2**32))))
BITS = os.environ.get("INTAKE_BITS")
#: Desks side by side: opening a vault takes its time (Argon2id), on purpose.
WORKERS = min(4, os.cpu_count() or 1)


def chosen(front: int, size: int, count: int) -> list[int]:
    """Bit positions: a stride over the notes and rows in front, and a spread over the objects."""
    count = int(BITS) if BITS else count
    if count == 0:
        return list(range(8 * size))
    chance = random.Random(SEED)
    lengths = range(8 * 8)
    stride = max(1, front // (count * 3 // 4))
    in_front = [8 * at + chance.randrange(8) for at in range(0, front, stride)]
    behind = [chance.randrange(8 * front, 8 * size) for _ in range(count // 4)]
    print(f"seed {SEED}: {len(in_front)} bits of {8 * front} in front, {len(behind)} behind")
    return sorted({*(lengths[at] for at in range(32, 64, 3)), *in_front, *behind})


def flipped(data: bytes, bits: Iterable[int], path: Path) -> Iterable[int]:
    """Writes the file with one bit changed, for each of these bits."""
    for bit in bits:
        bent = bytearray(data)
        bent[bit // 8] ^= 0x80 >> bit % 8
        path.write_bytes(bent)
        yield bit


@pytest.mark.slow
def test_every_changed_bit_of_an_in_bundle_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    paper = PaperServer.make(tmp_path_factory.mktemp("in-bits"))
    reporter = Reporter(paper.name)
    paper.close(reporter.compose(paper.public, "nl-vi", "Een bericht."))
    start = paper.written(paper.bundle())
    paper.desk.take(start, paper.note)
    first = len(paper.leaves)
    paper.close(reporter.compose(paper.public, "nl-vi", "Nog een.", kind=2))
    bundle = paper.bundle(first)
    data = bundle.written(paper.log)
    front = len(data) - sum(map(len, bundle.objects.values()))
    assert InBundle.verified(data, paper.log.key) == bundle
    bits = chosen(front, len(data), 90)
    before = paper.desk.list()
    desks = [_copied(paper.desk, f"copy-{at}.vault") for at in range(WORKERS)]

    def try_all(at: int) -> None:
        desk, path = desks[at], paper.desk.commands.home / f"bent-{at}.in"
        for bit in flipped(data, bits[at::WORKERS], path):
            result = desk.run("import", path, "--json", expect=None)
            assert result.status == 1, f"bit {bit} of {8 * len(data)}: {result}"
        assert desk.list() == before
        path.write_bytes(data)
        taken = desk.take(path)
        assert (taken["messages"], taken["unreadable"], taken["alarms"]) == (1, 0, [])

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(try_all, range(WORKERS)))


def _copied(desk: Desk, name: str) -> Desk:
    """The same desk again, with a vault of its own."""
    vault = desk.vault.with_name(name)
    vault.write_bytes(desk.vault.read_bytes())
    return replace(desk, vault=vault)


@pytest.mark.slow
def test_every_changed_bit_of_an_out_bundle_is_refused(made: Callable[..., Deployment]) -> None:
    deployment = made("out-bits", desks=(), python_desks=("zz-python",))
    deployment.close()
    desk = deployment.python_desks["zz-python"]
    reporter = Reporter(deployment.name)
    exported = InBundle.verified(deployment.export("zz-python", 0).read_bytes(), deployment.log)
    row = reply_row(desk, reporter.keys("zz-python"), 0, "Hallo.", os.urandom(32))
    bundle = out_bundle(desk, exported.checkpoint, [row])
    data = bundle.written(desk.signer)
    objects = sum(len(one.object) for one in bundle.rows)
    assert len(data) - objects > ROW * len(bundle.rows)
    before = store.digest(deployment.data)
    path = deployment.path("bent.out")
    for bit in flipped(data, chosen(len(data) - objects, len(data), 500), path):
        result = deployment.take(path, expect=None)
        assert result.status == 1, f"bit {bit} of {8 * len(data)}: {result}"
    assert store.digest(deployment.data) == before
    path.write_bytes(data)
    deployment.take(path)
    deployment.close()
    replies = reporter.replies(deployment.serve().server, deployment.public())
    assert [one.text for one in replies] == ["Hallo."]
    deployment.check()
    deployment.stop()
