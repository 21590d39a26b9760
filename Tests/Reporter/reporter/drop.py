"""The public drop of replies (section 9)."""

from .codec import Reader, u32
from .envelope import EnvelopeClass
from .refusal import Refused

MAGIC = b"SID1"


def read_drop(data: bytes) -> dict[bytes, bytes]:
    """The reply envelopes of a shard by tag; sorted, no tag twice."""
    reader = Reader(data)
    if reader.take(4) != MAGIC:
        raise Refused("magic is not SID1")
    entries = [
        (reader.take(16), reader.take(EnvelopeClass.REPLY.size)) for _ in range(reader.u32())
    ]
    reader.end()
    tags = [tag for tag, _ in entries]
    if tags != sorted(set(tags)):
        raise Refused("drop is not sorted by tag, each once")
    return dict(entries)


def write_drop(entries: dict[bytes, bytes]) -> bytes:
    """A shard's file."""
    return MAGIC + u32(len(entries)) + b"".join(tag + entries[tag] for tag in sorted(entries))
