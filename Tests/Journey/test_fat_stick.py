"""A stick may not take the server down, whatever a listed desk signs.

The desks here are liars: they fill their sticks with all that the protocol lets them sign.
"""

import datetime
import os
from collections.abc import Callable

from reporter.drop import read_drop
from reporter.in_bundle import InBundle
from reporter.out_bundle import Row
from stage.clock import Clock
from stage.deployment import Deployment
from stage.desks import PythonDesk
from stage.replies import filler_row, out_bundle

START = datetime.date(2026, 3, 2)
#: What a server may hold in memory.
MOST = 100 * 1024 * 1024
SHARDS = 256


def _replies(desk: PythonDesk, count: int, shards: list[int]) -> list[Row]:
    """Replies of these shards; their bytes are nobody's, their form is right."""
    head = filler_row(desk.organisation).object[:8]
    return [
        Row.reply(desk.organisation, shards[at % len(shards)], os.urandom(16), head + body)
        for at, body in enumerate(os.urandom(4_088) for _ in range(count))
    ]


def _bring(house: Deployment, desk: PythonDesk, rows: list[Row]) -> str:
    """One stick of the desk, and what the operator is told."""
    data = house.export(desk.organisation).read_bytes()
    checkpoint = InBundle.verified(data, house.log).checkpoint
    bundle = out_bundle(desk, checkpoint, rows, SHARDS)
    stick = house.path("fat.out")
    stick.write_bytes(bundle.written(desk.signer))
    return house.take(stick).out


def test_a_stick_of_1500_replies_in_one_shard_fills_neither_memory_nor_drop(
    made: Callable[..., Deployment],
) -> None:
    house = made("fat-stick", desks=(), python_desks=("zz-fat", "zz-other"), shards=SHARDS)
    house.close()
    process = house.serve()
    desk = house.python_desks["zz-fat"]
    before = process.memory("VmHWM")
    said = _bring(house, desk, _replies(desk, 1_500, [7]))
    assert "1496 rows wait" in said
    closed = house.close()
    assert "1496 of zz-fat" in closed.error
    shards = [process.server.get(f"/v1/drop/{shard:03}") for shard in range(SHARDS)]
    assert {len(shard) for shard in shards} == {8 + 4 * (16 + 4_096)}
    assert all(len(read_drop(shard)) == 4 for shard in shards)
    most = process.memory("VmHWM")
    print(f"memory {before // 1024 // 1024} MB, then at most {most // 1024 // 1024} MB")
    assert most < MOST
    house.check()
    house.stop()


def test_desks_that_fill_every_close_do_not_fill_the_memory(
    made: Callable[..., Deployment],
) -> None:
    """Days of all desks at their limit; the server that reads all of it stays small."""
    names = ("zz-fat", "zz-other")
    house = made("fat-days", desks=(), python_desks=names, shards=SHARDS, clock=Clock(START))
    house.wait()
    for _ in range(3):
        for name in names:
            desk = house.python_desks[name]
            _bring(house, desk, _replies(desk, 1_024, list(range(SHARDS))))
        house.wait()
    process = house.serve()
    lengths = {len(process.server.get(f"/v1/drop/{shard:03}")) for shard in range(SHARDS)}
    assert len(lengths) == 1 and lengths.pop() > 8 + 6 * (16 + 4_096)
    most = process.memory("VmHWM")
    print(f"after days at the limit at most {most // 1024 // 1024} MB")
    assert most < MOST
    house.check()
    house.stop()
