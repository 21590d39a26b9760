"""Leaves of the log, 65 B (section 8)."""

from dataclasses import dataclass
from enum import IntEnum

from .codec import Reader, padded, u8, u32, u64
from .refusal import Refused

SIZE = 65


class LeafType(IntEnum):
    """What a leaf stands for."""

    TEXT = 1
    REPLY = 2
    DIRECTORY = 3
    OVERDUE = 4
    TRANSFERRED = 5
    DAY_END = 6
    ACKNOWLEDGEMENT = 7
    WITHDRAWN = 8


@dataclass(frozen=True, order=True)
class Leaf:
    """`u8 type ‖ org16 ‖ tag (16) ‖ SHA-256(object)`."""

    type: int
    organisation: bytes
    tag: bytes
    digest: bytes

    @property
    def encoded(self) -> bytes:
        """The 65 bytes."""
        return u8(self.type) + self.organisation + self.tag + self.digest

    @staticmethod
    def read(data: bytes) -> "Leaf":
        """Reads a leaf; unknown types are refused."""
        reader = Reader(data)
        found = Leaf(reader.u8(), reader.take(16), reader.take(16), reader.take(32))
        reader.end()
        if found.type not in set(LeafType):
            raise Refused(f"leaf type {found.type}, must be 1 to 8")
        return found

    @staticmethod
    def text(organisation: str, tag: bytes, digest: bytes) -> "Leaf":
        """A text envelope that came in."""
        return Leaf(LeafType.TEXT, padded(organisation), tag, digest)

    @staticmethod
    def reply(organisation: str, tag: bytes, digest: bytes) -> "Leaf":
        """A reply that lies in the drop."""
        return Leaf(LeafType.REPLY, padded(organisation), tag, digest)

    @staticmethod
    def directory(serial: int, digest: bytes) -> "Leaf":
        """A directory note."""
        return Leaf(LeafType.DIRECTORY, bytes(16), u64(serial) + bytes(8), digest)

    @staticmethod
    def overdue(organisation: str, tag: bytes, digest: bytes) -> "Leaf":
        """An overdue envelope, for the escalation organisation; tag and digest of its type 1."""
        return Leaf(LeafType.OVERDUE, padded(organisation), tag, digest)

    @staticmethod
    def transferred(organisation: str, tag: bytes, digest: bytes) -> "Leaf":
        """An envelope handed on to an organisation."""
        return Leaf(LeafType.TRANSFERRED, padded(organisation), tag, digest)

    @staticmethod
    def withdrawn(organisation: str, tag: bytes, digest: bytes) -> "Leaf":
        """A reply taken out of the drop."""
        return Leaf(LeafType.WITHDRAWN, padded(organisation), tag, digest)

    @staticmethod
    def acknowledgement(organisation: str, size: int, digest: bytes) -> "Leaf":
        """That an organisation holds everything below a size."""
        return Leaf(LeafType.ACKNOWLEDGEMENT, padded(organisation), u64(size) + bytes(8), digest)

    @staticmethod
    def day_end(day: int, empty_digest: bytes) -> "Leaf":
        """The end of a day."""
        return Leaf(LeafType.DAY_END, bytes(16), u32(day) + bytes(12), empty_digest)
