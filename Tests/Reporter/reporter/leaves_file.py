"""The leaves a desk gives to a server that fell behind (section 11.5)."""

from dataclasses import dataclass

from .codec import Reader, u8, u64
from .in_bundle import NOTE_MOST
from .leaf import SIZE, Leaf
from .merkle import MerkleTree
from .note import Checkpoint, VerifierKey, framed
from .out_bundle import OutBundle
from .refusal import Refused

MAGIC = b"SIV1"
MOST = 10_000_000


@dataclass(frozen=True)
class LeavesFile:
    """Leaves under a checkpoint of the log, and a whole out-bundle behind them."""

    checkpoint: bytes
    first: int
    subtrees: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    out: bytes

    @staticmethod
    def verified(data: bytes, log: VerifierKey, desk: VerifierKey) -> "LeavesFile":
        """Reads a file whose checkpoint, leaves and out-bundle all hold."""
        reader = Reader(data)
        if reader.take(4) != MAGIC:
            raise Refused("magic is not SIV1")
        length = reader.u32()
        if length > NOTE_MOST:
            raise Refused(f"note of {length} B, must be at most {NOTE_MOST}")
        checkpoint = reader.take(length)
        point = Checkpoint.verified(checkpoint, log)
        first = reader.u64()
        subtrees = tuple(reader.take(32) for _ in range(reader.u8()))
        tree = MerkleTree(first, subtrees)
        count = reader.u64()
        if count > MOST:
            raise Refused(f"{count} leaves, must be at most {MOST}")
        leaves = tuple(Leaf.read(reader.take(SIZE)).encoded for _ in range(count))
        for leaf in leaves:
            tree.append(leaf)
        if (tree.size, tree.root) != (point.size, point.root):
            raise Refused("leaves do not give the checkpoint's size and root")
        found = LeavesFile(checkpoint, first, subtrees, leaves, reader.take(reader.left))
        OutBundle.verified(found.out, log, desk)
        return found

    @property
    def encoded(self) -> bytes:
        """The file."""
        head = MAGIC + framed(self.checkpoint) + u64(self.first)
        roots = u8(len(self.subtrees)) + b"".join(self.subtrees)
        return head + roots + u64(len(self.leaves)) + b"".join(self.leaves) + self.out
