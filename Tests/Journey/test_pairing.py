"""Whoever reads sticks or the server's file pairs the answers of nobody.

What is left is the shard in which an answer lies, and that everybody sees in the drop.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

from reporter.out_bundle import OutBundle
from reporter.visit import Reporter
from stage.deployment import Deployment
from stage.threads import report, thread_id

SHARDS = 4
PEOPLE = 16


def test_rows_of_two_sticks_pair_no_answers_beyond_their_shard(
    made: Callable[..., Deployment],
) -> None:
    house = made("pairing", desks=("nl-vi",), python_desks=(), shards=SHARDS)
    people = [Reporter(house.name) for _ in range(PEOPLE)]
    for at, person in enumerate(people):
        report(house, person, "nl-vi", f"Bericht {at}.")
    house.to_desk("nl-vi")
    desk = house.desks["nl-vi"]
    sticks = []
    for number in range(2):
        for person in people:
            desk.reply(thread_id(person, "nl-vi"), f"Antwoord {number}.")
        path = desk.export(house.path("nl-vi.out"))
        house.take(path)
        house.close()
        key = house.public().directory.organisation("nl-vi").desks[0]
        rows = {one.tag: one for one in OutBundle.verified(path.read_bytes(), house.log, key).rows}
        sticks.append([rows[one.keys("nl-vi").tag_out(number)].shard for one in people])
    house.stop()
    assert sticks[0] == sticks[1] == [person.shard % SHARDS for person in people]
    assert right(*sticks) <= SHARDS + 0.01
    with closing(sqlite3.connect(house.data / "intake.sqlite")) as file:
        kept = file.execute("SELECT shard, shards FROM reply").fetchall()
    assert len(kept) >= 2 * PEOPLE and all(one < many == SHARDS for one, many in kept)


def right(first: Sequence[int], second: Sequence[int]) -> float:
    """How many pairs who takes any answer of an equal byte gets right, on average."""
    return sum(1 / second.count(one) for one in first)
