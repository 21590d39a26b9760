"""Merkle trees as RFC 6962, held as the roots of their complete subtrees (section 8)."""

from collections.abc import Iterable, Sequence

from .primitives import sha256
from .refusal import Refused

EMPTY_ROOT = sha256(b"")


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(00 ‖ leaf)."""
    return sha256(b"\0" + leaf)


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right)


class MerkleTree:
    """A tree's size and the roots of its complete subtrees, largest first."""

    def __init__(self, size: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        self.size = size
        self.subtrees = list(subtrees)
        if len(self.subtrees) != size.bit_count():
            raise Refused(
                f"{len(self.subtrees)} subtree roots, must be {size.bit_count()} for size {size}"
            )

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> "MerkleTree":
        """The tree of these leaves."""
        tree = cls()
        for leaf in leaves:
            tree.append(leaf)
        return tree

    def append(self, leaf: bytes) -> None:
        """Adds a leaf at the end."""
        carried = leaf_hash(leaf)
        size = self.size
        while size & 1:
            carried = node_hash(self.subtrees.pop(), carried)
            size >>= 1
        self.subtrees.append(carried)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.subtrees:
            return EMPTY_ROOT
        found = self.subtrees[-1]
        for subtree in reversed(self.subtrees[:-1]):
            found = node_hash(subtree, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a whole tree."""
    return MerkleTree.of(leaves).root


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, by RFC 6962's own recursion."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(subtree_root(hashes[:split]), subtree_root(hashes[split:]))


def consistency_proof(hashes: Sequence[bytes], size: int) -> list[bytes]:
    """RFC 6962's proof from the tree of the first `size` leaf hashes to that of all."""
    if not 0 < size <= len(hashes):
        raise Refused(f"earlier size {size}, must be from 1 to {len(hashes)}")
    return _consistency(hashes, size, is_whole=True)


def _consistency(hashes: Sequence[bytes], size: int, is_whole: bool) -> list[bytes]:
    if size == len(hashes):
        return [] if is_whole else [subtree_root(hashes)]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if size <= split:
        return [*_consistency(hashes[:split], size, is_whole), subtree_root(hashes[split:])]
    return [*_consistency(hashes[split:], size - split, False), subtree_root(hashes[:split])]


def inclusion_proof(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """RFC 6962's proof that the leaf of an index stands in the tree."""
    if not 0 <= index < len(hashes):
        raise Refused(f"index {index}, must be below {len(hashes)}")
    if len(hashes) == 1:
        return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if index < split:
        return [*inclusion_proof(hashes[:split], index), subtree_root(hashes[split:])]
    return [*inclusion_proof(hashes[split:], index - split), subtree_root(hashes[:split])]


def _require_hashes(*hashes: bytes) -> None:
    if any(len(one) != 32 for one in hashes):
        raise Refused("hash of another length, must be 32 B")


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Refuses a proof that does not lead from the leaf's hash to the root (RFC 9162, 2.1.3.2)."""
    _require_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise Refused(f"index {index}, must be below {size}")
    found, at, last = leaf, index, size - 1
    for node in proof:
        if last == 0:
            raise Refused("proof is too long")
        if at & 1 or at == last:
            found = node_hash(node, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, node)
        at, last = at >> 1, last >> 1
    if last or found != root:
        raise Refused("proof does not give the root")


def verify_consistency(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Refuses a proof that does not hold for both roots (RFC 9162, 2.1.4.2).

    An earlier size of 0 is refused: every tree extends the empty one, so it would prove nothing.
    """
    _require_hashes(first_root, second_root, *proof)
    if not 0 < first <= second:
        raise Refused(f"earlier size {first}, must be from 1 to {second}")
    if first == second:
        if proof or first_root != second_root:
            raise Refused("roots of one size differ, or the proof is not empty")
        return
    nodes = list(proof) if first & (first - 1) else [first_root, *proof]
    if not nodes:
        raise Refused("proof is empty")
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    one = other = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            raise Refused("proof is too long")
        if at & 1 or at == last:
            one, other = node_hash(node, one), node_hash(node, other)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            other = node_hash(other, node)
        at, last = at >> 1, last >> 1
    if last or one != first_root or other != second_root:
        raise Refused("proof does not give both roots")
