"""Merkle trees as RFC 6962, held as the roots of their complete subtrees (section 8)."""

from collections.abc import Iterable

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
    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root
