"""Proofs that a log contradicted itself: the vectors, and some of our own."""

import json
from pathlib import Path
from typing import Any

import make_vectors
import pytest
from paper_log import PaperLog, days
from reporter.contradiction import Contradiction
from reporter.merkle import leaf_hash
from reporter.note import VerifierKey
from reporter.refusal import Refused

Case = dict[str, Any]
PATH = Path(__file__).resolve().parents[1] / "Vectors" / "contradiction.json"
CASES: list[Case] = json.loads(PATH.read_text("utf-8"))["cases"]


def test_the_file_can_be_made_again_to_the_byte() -> None:
    assert make_vectors.contradiction_file() == PATH.read_text("utf-8")


@pytest.mark.parametrize("case", [pytest.param(one, id=one["comment"]) for one in CASES])
def test_vector(case: Case) -> None:
    data, log = bytes.fromhex(case["file"]), VerifierKey.read(case["log_vkey"])
    if "refused" in case:
        with pytest.raises(Refused):
            Contradiction.read(data).verify(log)
        return
    found = Contradiction.read(data)
    assert found.verify(log) == (case["older"], case["newer"])
    assert found.encoded == data


def test_two_honest_days_prove_nothing_and_two_histories_do() -> None:
    one, other = PaperLog(), PaperLog()
    other.log, other.parties, other.root = one.log, one.parties, one.root
    one.close(days(-3))
    other.close(days(-2))
    earlier = one.checkpoint()
    one.close(days(-1))
    other.close(days(-1))
    mine = [leaf_hash(leaf.encoded) for leaf in one.leaves]
    theirs = [leaf_hash(leaf.encoded) for leaf in other.leaves]
    with pytest.raises(Refused, match="do not contradict"):
        Contradiction.of(earlier, one.checkpoint(), mine).verify(one.log.key)
    assert Contradiction.of(earlier, other.checkpoint(), theirs).verify(one.log.key) == (2, 4)


def test_a_bent_proof_proves_nothing() -> None:
    case = next(one for one in CASES if "refused" not in one)
    data, log = bytes.fromhex(case["file"]), VerifierKey.read(case["log_vkey"])
    for at in range(len(data)):
        bent = bytearray(data)
        bent[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            Contradiction.read(bytes(bent)).verify(log)
