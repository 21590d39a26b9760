"""Month files of the log (section 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .codec import Reader, u8, u64
from .leaf import SIZE, Leaf
from .merkle import MerkleTree
from .refusal import Refused

MAGIC = b"SIL1"


@dataclass(frozen=True)
class MonthFile:
    """The subtree roots before a month and its leaves."""

    first: int
    subtrees: tuple[bytes, ...]
    leaves: tuple[bytes, ...]

    @staticmethod
    def read(data: bytes) -> "MonthFile":
        """Reads `"SIL1" ‖ u64 first ‖ u8 n ‖ n x 32 B ‖ leaves`."""
        reader = Reader(data)
        if reader.take(4) != MAGIC:
            raise Refused("magic is not SIL1")
        first, roots = reader.u64(), reader.u8()
        if roots != first.bit_count():
            raise Refused(f"{roots} subtree roots, must be {first.bit_count()} at index {first}")
        subtrees = tuple(reader.take(32) for _ in range(roots))
        if reader.left % SIZE:
            raise Refused(f"leaves of {reader.left} B, must be a multiple of {SIZE}")
        leaves = tuple(reader.take(SIZE) for _ in range(reader.left // SIZE))
        return MonthFile(first, subtrees, leaves)

    @staticmethod
    def after(tree: MerkleTree, leaves: Iterable[bytes]) -> "MonthFile":
        """Leaves that follow a tree."""
        return MonthFile(tree.size, tuple(tree.subtrees), tuple(leaves))

    @property
    def encoded(self) -> bytes:
        """The file."""
        start = MAGIC + u64(self.first) + u8(len(self.subtrees)) + b"".join(self.subtrees)
        return start + b"".join(self.leaves)

    @property
    def size(self) -> int:
        """The tree's size at the end of the month."""
        return self.first + len(self.leaves)

    def tree(self, size: int | None = None) -> MerkleTree:
        """The tree at a size in the month (its end)."""
        size = self.size if size is None else size
        if not self.first <= size <= self.size:
            raise Refused(f"size {size}, must be from {self.first} to {self.size}")
        tree = MerkleTree(self.first, self.subtrees)
        for leaf in self.leaves[: size - self.first]:
            tree.append(leaf)
        return tree

    def read_leaves(self) -> list[Leaf]:
        """The leaves, taken apart."""
        return [Leaf.read(leaf) for leaf in self.leaves]

    def index(self, leaf: bytes) -> int | None:
        """Where in the log a leaf stands."""
        return self.first + self.leaves.index(leaf) if leaf in self.leaves else None


def joined(months: Sequence[MonthFile]) -> MonthFile:
    """Months that follow one another as one; each must start as the one before ends."""
    for earlier, later in pairwise(months):
        if later.first != earlier.size or list(later.subtrees) != earlier.tree().subtrees:
            raise Refused("month does not start as the one before ends")
    leaves = tuple(leaf for month in months for leaf in month.leaves)
    return MonthFile(months[0].first, months[0].subtrees, leaves)
