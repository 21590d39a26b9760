"""Said and done agree: whatever fails, and wherever, a command did what it says, all or nothing,
and the next one works.

`FAULTS=all` strikes every call of every command in every way, which takes an hour; otherwise some,
and always the last ones, where what is done and what is told may part.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage.commands import PROJECT, Commands
from stage.deployment import Deployment
from stage.faults import Faults
from stage.struck import ENDING, IN_PIECES, Bench, Case, House, Tally
from stage.struck import made as furnished

#: How a call is struck, whether all later ones too, how many of its calls spread over it, and how
#: many of the last.
WAYS = (
    ("KILL", False, 4, 1),
    ("TORN", False, 1, 1),
    ("EIO", False, 4, 3),
    ("EIO", True, 1, 1),
    ("ENOSPC", False, 1, 0),
    ("ENOSPC", True, 1, 1),
    ("EROFS", True, 1, 0),
)


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house at rest, with the tree of this repository."""
    deployment = made("struck", desks=("nl-vi", "helpdesk"), tree=PROJECT / "tree")
    return furnished(deployment, tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture(scope="module")
def tallies() -> Iterator[list[Tally]]:
    """Printed at the end."""
    found: list[Tally] = []
    yield found
    print("", Tally.HEAD, *found, sep="\n")


@pytest.mark.parametrize("case", ENDING, ids=str)
def test_whatever_fails(house: House, tmp_path: Path, tallies: list[Tally], case: Case) -> None:
    faults = Faults.built(tmp_path / "faults", Commands(tmp_path))
    bench = Bench(house, tmp_path / "home", faults, case)
    ends, tally = bench.ends(), Tally(case.name, bench.calls())
    tallies.append(tally)
    changes = ends.differs(ends.before, ends.after)
    is_large = not changes or case.name in IN_PIECES
    for how, lasting, most, last in WAYS[::2] if is_large else WAYS:
        numbers = some(tally.calls, 1 if is_large else most, last)
        bench.strike(how, numbers, ends, tally, lasting)
    shutil.rmtree(tmp_path / "home")
    print(tally)
    assert tally.faults or not tally.calls
    assert tally.wrong == []


def some(calls: int, spread: int, last: int) -> list[int]:
    """So many of the calls, spread, and the last ones; all where that is asked for."""
    if os.environ.get("FAULTS") == "all":
        return list(range(1, calls + 1))
    among = {calls * (2 * at + 1) // (2 * spread) + 1 for at in range(spread)}
    return sorted({*among, *range(calls - last + 1, calls + 1)} & set(range(1, calls + 1)))
