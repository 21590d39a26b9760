"""Two checkpoints of one log that cannot both be true, and what proves it (section 11.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .codec import Reader, u8
from .in_bundle import NOTE_MOST
from .merkle import consistency_proof, subtree_root, verify_consistency
from .note import Checkpoint, VerifierKey, framed
from .refusal import Refused

MAGIC = b"SIP1"


@dataclass(frozen=True)
class Contradiction:
    """`"SIP1" ‖ u32 ‖ note ‖ u32 ‖ note ‖ root (32) ‖ u8 n ‖ n x 32 B`; the smaller size first."""

    older: bytes
    newer: bytes
    other_root: bytes
    consistency: tuple[bytes, ...]

    @staticmethod
    def of(older: bytes, newer: bytes, hashes: Sequence[bytes]) -> "Contradiction":
        """The proof from the leaf hashes of the newer tree."""
        size = Checkpoint.read(older).size
        proof = tuple(consistency_proof(hashes, size))
        return Contradiction(older, newer, subtree_root(hashes[:size]), proof)

    @staticmethod
    def read(data: bytes) -> "Contradiction":
        """Reads the file; verifies nothing."""
        reader = Reader(data)
        if reader.take(4) != MAGIC:
            raise Refused("magic is not SIP1")
        notes = []
        for _ in range(2):
            length = reader.u32()
            if length > NOTE_MOST:
                raise Refused(f"note of {length} B, must be at most {NOTE_MOST}")
            notes.append(reader.take(length))
        root = reader.take(32)
        hashes = tuple(reader.take(32) for _ in range(reader.u8()))
        reader.end()
        return Contradiction(notes[0], notes[1], root, hashes)

    @property
    def encoded(self) -> bytes:
        """The file."""
        notes = MAGIC + framed(self.older) + framed(self.newer)
        return notes + self.other_root + u8(len(self.consistency)) + b"".join(self.consistency)

    def verify(self, log: VerifierKey) -> tuple[int, int]:
        """The two sizes, if the log signed both and they cannot both be true."""
        older, newer = (Checkpoint.verified(one, log) for one in (self.older, self.newer))
        if older.size > newer.size:
            raise Refused("first checkpoint is the larger one")
        if older.root == self.other_root:
            raise Refused("checkpoints do not contradict each other")
        verify_consistency(older.size, newer.size, self.consistency, self.other_root, newer.root)
        return older.size, newer.size
