"""Proofs of inclusion and consistency: our own, and those of another project."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from reporter.merkle import (
    EMPTY_ROOT,
    MerkleTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)
from reporter.refusal import Refused

EXTERNAL = Path(__file__).resolve().parents[3] / "shared" / "external-vectors" / "merkle"
HASHES = [leaf_hash(bytes([at]) * 65) for at in range(33)]


def external(kind: str) -> list[dict[str, Any]]:
    """All cases of a kind; none at all is a failure where the folder is there."""
    if not EXTERNAL.exists():
        pytest.skip("no external vectors beside the project")
    found = [json.loads(path.read_text()) for path in sorted((EXTERNAL / kind).rglob("*.json"))]
    assert len(found) == 98
    return found


def hashes(texts: list[str] | None) -> list[bytes]:
    """A proof."""
    return [base64.b64decode(one) for one in texts or []]


def test_proofs_of_consistency_are_those_of_another_project() -> None:
    refused = 0
    for case in external("consistency"):
        roots = base64.b64decode(case["root1"]), base64.b64decode(case["root2"])
        sizes = case["size1"], case["size2"]
        # Theirs takes any bytes for a root where sizes are equal, and size 0 as the earlier one.
        if case["wantErr"] or sizes[0] == 0 or len(roots[0]) != 32:
            refused += 1
            with pytest.raises(Refused):
                verify_consistency(*sizes, hashes(case["proof"]), *roots)
        else:
            verify_consistency(*sizes, hashes(case["proof"]), *roots)
    assert 0 < refused < 98


def test_proofs_of_inclusion_are_those_of_another_project() -> None:
    refused = 0
    for case in external("inclusion"):
        leaf, root = base64.b64decode(case["leafHash"]), base64.b64decode(case["root"])
        where = leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root
        if case["wantErr"]:
            refused += 1
            with pytest.raises(Refused):
                verify_inclusion(*where)
        else:
            verify_inclusion(*where)
    assert 0 < refused < 98


def test_every_proof_that_is_made_holds_and_no_other_does() -> None:
    for size in range(1, len(HASHES) + 1):
        root = subtree_root(HASHES[:size])
        for at in range(size):
            proof = inclusion_proof(HASHES[:size], at)
            verify_inclusion(HASHES[at], at, size, proof, root)
            with pytest.raises(Refused):
                verify_inclusion(HASHES[at], at, size, [*proof, bytes(32)], root)
            with pytest.raises(Refused):
                verify_inclusion(bytes(32), at, size, proof, root)
        for first in range(1, size + 1):
            proof = consistency_proof(HASHES[:size], first)
            earlier = subtree_root(HASHES[:first])
            verify_consistency(first, size, proof, earlier, root)
            for bent in ([*proof, bytes(32)], [bytes(32), *proof[1:]], proof[:-1] or [root]):
                with pytest.raises(Refused):
                    verify_consistency(first, size, bent, earlier, root)
            with pytest.raises(Refused):
                verify_consistency(first, size, proof, bytes(32), root)


def test_the_recursion_gives_the_roots_of_the_incremental_tree() -> None:
    tree = MerkleTree()
    assert subtree_root([]) == tree.root == EMPTY_ROOT
    for at in range(len(HASHES)):
        tree.append(bytes([at]) * 65)
        assert subtree_root(HASHES[: at + 1]) == tree.root


def test_the_empty_tree_proves_nothing() -> None:
    with pytest.raises(Refused, match="earlier size 0"):
        verify_consistency(0, 3, [], EMPTY_ROOT, subtree_root(HASHES[:3]))
    with pytest.raises(Refused, match="earlier size 0"):
        consistency_proof(HASHES[:3], 0)
