"""The out-bundle, desk to server: read, verified and written (section 11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from .codec import Reader, number, organisation_id, padded, u8, u32, unpadded
from .envelope import EnvelopeClass
from .in_bundle import MAGIC, read_notes, words
from .merkle import EMPTY_ROOT
from .note import Checkpoint, Note, Signer, VerifierKey, framed
from .primitives import sha256
from .refusal import Refused

ROW = 1 + 1 + 16 + 16 + 32 + 4


class RowKind(IntEnum):
    """What a row asks of the server."""

    REPLY = 2
    TRANSFERRED = 5
    PIECE_WANTED = 6
    WITHDRAW = 8


@dataclass(frozen=True)
class Row:
    """`u8 kind ‖ u8 shard ‖ org16 ‖ tag (16) ‖ SHA-256 (32) ‖ u32 size`, and the object.

    The shard of a reply is the thread's byte modulo the bundle's shards.
    """

    kind: int
    shard: int
    organisation: bytes
    tag: bytes
    digest: bytes
    object: bytes = b""
    size: int | None = None

    @property
    def encoded(self) -> bytes:
        """The row's 70 bytes."""
        size = len(self.object) if self.size is None else self.size
        start = u8(self.kind) + u8(self.shard) + self.organisation + self.tag
        return start + self.digest + u32(size)

    @staticmethod
    def reply(organisation: str, shard: int, tag: bytes, envelope: bytes) -> "Row":
        """A reply for the drop."""
        org16 = padded(organisation)
        return Row(RowKind.REPLY, shard, org16, tag, sha256(envelope), envelope)

    @staticmethod
    def transferred(to: str, tag: bytes, envelope: bytes) -> "Row":
        """An envelope for another organisation, under a random tag."""
        return Row(RowKind.TRANSFERRED, 0, padded(to), tag, sha256(envelope), envelope)

    @staticmethod
    def wanted(organisation: str, piece: bytes) -> "Row":
        """A piece this desk asks for, by the digest of its envelope."""
        return Row(RowKind.PIECE_WANTED, 0, padded(organisation), bytes(16), piece)

    @staticmethod
    def withdrawn(organisation: str, tag: bytes, digest: bytes) -> "Row":
        """A reply to take out of the drop, by its tag and digest."""
        return Row(RowKind.WITHDRAW, 0, padded(organisation), tag, digest)

    def in_one_of(self, shards: int) -> "Row":
        """The row with no more of the thread's byte than so many shards need."""
        return replace(self, shard=self.shard % shards)

    @property
    def order(self) -> tuple[int, bytes, bytes, bytes]:
        """What rows are sorted by; the digest parts pieces, whose tags are all zero."""
        return self.kind, self.organisation, self.tag, self.digest


@dataclass(frozen=True)
class OutBundle:
    """What lies on the stick from a desk."""

    organisation: str
    checkpoint: bytes
    have: int
    acknowledged: int
    acknowledged_root: bytes
    rows: tuple[Row, ...]
    #: Of how many shards the rows speak.
    shards: int

    @staticmethod
    def verified(data: bytes, log: VerifierKey, desk: VerifierKey) -> "OutBundle":
        """Reads a bundle whose notes, hashes, lengths and order hold."""
        reader = Reader(data)
        checkpoint, manifest = read_notes(reader)
        point = Checkpoint.verified(checkpoint, log)
        lines = Note.read(manifest).require(desk).text.split("\n")
        organisation, have, shards, size, root, digest, count = _manifest(lines)
        if size and (size, root) != (point.size, point.root):
            raise Refused("acknowledgement is not the checkpoint's")
        if size and point.note.cosigned_by(desk) is None:
            raise Refused("checkpoint is not cosigned")
        if not size and root != EMPTY_ROOT:
            raise Refused("root of size 0 is not the empty tree's")
        if have < size:
            raise Refused(f"have {have}, must be at least the acknowledged {size}")
        encoded = reader.take(ROW * count)
        if sha256(encoded) != digest:
            raise Refused("digest of the rows does not match")
        rows = tuple(
            _row(encoded[ROW * at : ROW * (at + 1)], reader, padded(organisation), shards)
            for at in range(count)
        )
        reader.end()
        if [row.order for row in rows] != sorted({row.order for row in rows}):
            raise Refused("rows are not sorted by kind, organisation, tag, digest, each once")
        return OutBundle(organisation, checkpoint, have, size, root, rows, shards)

    def manifest(self, rows: bytes) -> str:
        """The manifest's text for these rows."""
        lines = [
            "sealedintake/v1/out",
            f"organisation {self.organisation}",
            f"have {self.have}",
            f"shards {self.shards}",
            f"ack {self.acknowledged} {self.acknowledged_root.hex()}",
            f"rows {sha256(rows).hex()} {len(self.rows)}",
        ]
        return "".join(line + "\n" for line in lines)

    def written(self, desk: Signer, manifest: str | None = None) -> bytes:
        """The file as a desk key signs it; the manifest may be another's, for hostile files."""
        rows = b"".join(row.encoded for row in self.rows)
        note = desk.note(self.manifest(rows) if manifest is None else manifest)
        objects = [row.object for row in self.rows]
        return b"".join([MAGIC, framed(self.checkpoint), framed(note), rows, *objects])

    def changed(self, **changes: object) -> "OutBundle":
        """The same with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def _manifest(lines: Sequence[str]) -> tuple[str, int, int, int, bytes, bytes, int]:
    if len(lines) != 7 or lines[0] != "sealedintake/v1/out" or lines[6]:
        raise Refused("manifest is not that of an out-bundle")
    organisation = organisation_id(words(lines[1], "organisation", 1)[0])
    have = number(words(lines[2], "have", 1)[0])
    shards = number(words(lines[3], "shards", 1)[0])
    if shards not in {1 << power for power in range(9)}:
        raise Refused(f"shards {shards}, must be a power of two up to 256")
    size, root = words(lines[4], "ack", 2)
    digest, count = words(lines[5], "rows", 2)
    hashes = bytes.fromhex(root), bytes.fromhex(digest)
    return organisation, have, shards, number(size), hashes[0], hashes[1], number(count)


#: Bytes of the object of each kind.
_SIZES = {
    RowKind.REPLY: EnvelopeClass.REPLY.size,
    RowKind.TRANSFERRED: EnvelopeClass.TEXT.size,
    RowKind.PIECE_WANTED: 0,
    RowKind.WITHDRAW: 0,
}


def _row(encoded: bytes, objects: Reader, own: bytes, shards: int) -> Row:
    reader = Reader(encoded)
    kind, shard, org16 = reader.u8(), reader.u8(), reader.take(16)
    tag, digest, size = reader.take(16), reader.take(32), reader.u32()
    if kind not in set(RowKind):
        raise Refused(f"row kind {kind}, must be 2, 5, 6 or 8")
    unpadded(org16)
    if (org16 != own) != (kind == RowKind.TRANSFERRED):
        raise Refused("organisation of a row, must be another's in kind 5 and else the desk's")
    if shard and kind != RowKind.REPLY:
        raise Refused("shard is set, must be zero in all but kind 2")
    if shard >= shards:
        raise Refused(f"shard {shard}, must be below {shards}")
    if any(tag) and kind == RowKind.PIECE_WANTED:
        raise Refused("tag is set, must be zero in kind 6")
    if size != _SIZES[RowKind(kind)]:
        raise Refused(f"size {size}, must be {_SIZES[RowKind(kind)]} in kind {kind}")
    found = objects.take(size)
    if size and sha256(found) != digest:
        raise Refused("object does not match its digest")
    return Row(kind, shard, org16, tag, digest, found)
