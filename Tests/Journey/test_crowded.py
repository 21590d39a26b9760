"""A crowd of slow senders does not starve phones on a slow line, however often it comes again."""

import asyncio

import pytest
from stage.rude import rude
from stage.serving import ServerProcess
from stage.trickling import HEAD, Trickle, phones

CROWDS = {
    "600, a byte a second": Trickle(600),
    "600, five bytes a second": Trickle(600, each_second=5),
    "600, a head of a byte a second": Trickle(600, first=b"POST /"),
    "600, 1,000 bytes at once": Trickle(600, first=HEAD + bytes(1000)),
    "600 that say nothing": Trickle(600, first=b"", each_second=0),
    "2,000, again and again": Trickle(2000),
}


def _are_served(process: ServerProcess, crowd: Trickle, seconds: float) -> None:
    """Six phones of six, whose text takes so many seconds, and whoever is quick."""
    port = process.server.port
    assert port is not None
    with rude(process):
        found = asyncio.run(phones(port, crowd, seconds))
    print(", ".join(f"{answers} after {took:.1f} s" for answers, took in found))
    assert [answers for answers, _ in found] == [[201]] * 6
    assert max(took for _, took in found) < seconds + 8


@pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS)
def test_a_text_of_a_second_and_a_half(process: ServerProcess, crowd: Trickle) -> None:
    _are_served(process, crowd, 1.5)


@pytest.mark.parametrize("name", ["600, five bytes a second", "2,000, again and again"])
def test_a_text_of_nine_seconds(process: ServerProcess, name: str) -> None:
    """2 KiB a second, little more than the time for a text allows."""
    _are_served(process, CROWDS[name], 9.0)
