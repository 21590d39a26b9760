"""Numbers of 32 and 64 bits from outside, where the page's program counts with 32.

A server chooses them freely: whatever it says, the program answers, and goes on.
"""

import os

import pytest
from paper_house import PaperHouse
from paper_ledger import PaperLog, message
from reporter.merkle import MerkleTree
from reporter.month import MonthFile
from test_page_program import number, opened, program, way  # noqa: F401
from test_states_program import HERE, RECORDED, look
from test_states_program import opened as opened_log
from vectors_fixture import harness, programs  # noqa: F401


class LongLog(PaperLog):
    """A log whose leaves in view stand behind so many others."""

    behind = 0
    root = os.urandom(32)

    def _start(self) -> MerkleTree:
        return MerkleTree(self.behind, [self.root])

    def tree(self, size=None):
        tree = self._start()
        for leaf in self.leaves[:size]:
            tree.append(leaf.encoded)
        return tree

    def month(self, name):
        read = MonthFile.read(super().month(name))
        tree = self.tree(read.first)
        return MonthFile.after(tree, read.leaves).encoded


@pytest.mark.parametrize("behind", [2**31, 2**32, 2**63], ids=["2^31", "2^32", "2^63"])
def test_a_message_far_down_the_log_is_found(program, behind):  # noqa: F811
    log, own = LongLog(PaperHouse()), message(HERE)
    log.behind = behind
    # A month that is not the log's first begins with its first day.
    log.add(37).add(30).add(3, own)
    assert opened_log(program, log) == 0
    reach, [found] = look(program)
    assert (reach, found[:2]) == (0, ("nl-vi", RECORDED))
    assert found[2] == (behind + log.index(own)) % 2**32


@pytest.mark.parametrize("hour", [2**31 - 1, 2**31, 2**32 - 1])
def test_an_hour_of_any_size_is_answered(program, hour):  # noqa: F811
    house = PaperHouse()
    assert opened(program, house).status == 0
    said = program.call("challenge", hour.to_bytes(4) + house.challenge()[4:])
    assert said.status != 0 or number(said.parts[0]) == hour
    assert program.call("random_shard").status == 0, "the program goes on"
