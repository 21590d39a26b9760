"""The in-bundle, server to desk: read, verified and written (section 11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .codec import Reader, base64_bytes, base64_text, number, organisation_id, padded, u8, u32
from .leaf import SIZE, Leaf, LeafType
from .merkle import MerkleTree
from .note import Checkpoint, Note, Signer, VerifierKey, framed
from .primitives import sha256
from .refusal import Refused

MAGIC = b"SIB1"
NOTE_MOST = 65_536


@dataclass(frozen=True)
class InBundle:
    """What lies on the stick to a desk; hashes are those of the bytes that are there."""

    organisation: str
    checkpoint: bytes
    first: int
    size: int
    subtrees: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    objects: dict[int, bytes]
    pieces: tuple[bytes, ...]
    witnesses: tuple[bytes, ...] = ()

    @staticmethod
    def verified(data: bytes, log: VerifierKey) -> "InBundle":
        """Reads a bundle whose two notes, hashes, lengths and root hold."""
        reader = Reader(data)
        checkpoint, manifest = read_notes(reader)
        point = Checkpoint.verified(checkpoint, log)
        lines = Note.read(manifest).require(log).text.split("\n")
        organisation, first, size, digest, count, witnesses = _manifest(lines)
        if size != point.size or first > size:
            raise Refused(f"log {first} {size}, must end at the checkpoint's size {point.size}")
        start = reader.position
        subtrees = tuple(reader.take(32) for _ in range(reader.u8()))
        rows = [(reader.take(SIZE), reader.u32()) for _ in range(size - first)]
        wanted = [(reader.take(32), reader.u32()) for _ in range(count)]
        if sha256(reader.taken(reader.position)[start:]) != digest:
            raise Refused("digest of the rows does not match")
        if [one for one, _ in wanted] != sorted({one for one, _ in wanted}):
            raise Refused("pieces are not sorted by digest, each once")
        tree = MerkleTree(first, subtrees)
        objects: dict[int, bytes] = {}
        for at, (leaf, length) in enumerate(rows):
            tree.append(leaf)
            if length:
                objects[first + at] = _object(Leaf.read(leaf), reader.take(length), organisation)
        if tree.root != point.root:
            raise Refused("leaves do not give the checkpoint's root")
        pieces = tuple(_matching(reader.take(length), piece) for piece, length in wanted)
        reader.end()
        leaves = tuple(leaf for leaf, _ in rows)
        return InBundle(
            organisation, checkpoint, first, size, subtrees, leaves, objects, pieces, witnesses
        )

    def rows(self) -> bytes:
        """Subtree roots, leaves with sizes, pieces with sizes."""
        parts = [u8(len(self.subtrees)), *self.subtrees]
        for at, leaf in enumerate(self.leaves):
            parts.append(leaf + u32(len(self.objects.get(self.first + at, b""))))
        parts += [sha256(piece) + u32(len(piece)) for piece in self.pieces]
        return b"".join(parts)

    def manifest(self, rows: bytes) -> str:
        """The manifest's text for these rows."""
        lines = [
            "sealedintake/v1/in",
            f"organisation {self.organisation}",
            f"log {self.first} {self.size}",
            f"rows {sha256(rows).hex()} {len(self.pieces)}",
            *(f"witness {base64_text(witness)}" for witness in self.witnesses),
        ]
        return "".join(line + "\n" for line in lines)

    def written(self, log: Signer, manifest: str | None = None, rows: bytes | None = None) -> bytes:
        """The file as a log key signs it; manifest or rows may be another's, for hostile files."""
        rows = self.rows() if rows is None else rows
        note = log.note(self.manifest(rows) if manifest is None else manifest)
        objects = [self.objects[at] for at in sorted(self.objects)]
        parts = [MAGIC, framed(self.checkpoint), framed(note), rows, *objects, *self.pieces]
        return b"".join(parts)

    def changed(self, **changes: object) -> "InBundle":
        """The same with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def read_notes(reader: Reader) -> tuple[bytes, bytes]:
    """Magic, checkpoint note and manifest note of either bundle."""
    if reader.take(4) != MAGIC:
        raise Refused("magic is not SIB1")
    notes = []
    for _ in range(2):
        length = reader.u32()
        if length > NOTE_MOST:
            raise Refused(f"note of {length} B, must be at most {NOTE_MOST}")
        notes.append(reader.take(length))
    return notes[0], notes[1]


def _manifest(lines: Sequence[str]) -> tuple[str, int, int, bytes, int, tuple[bytes, ...]]:
    if len(lines) < 5 or lines[0] != "sealedintake/v1/in" or lines[-1]:
        raise Refused("manifest is not that of an in-bundle")
    log, rows = words(lines[2], "log", 2), words(lines[3], "rows", 2)
    witnesses = tuple(base64_bytes(words(line, "witness", 1)[0]) for line in lines[4:-1])
    organisation = organisation_id(words(lines[1], "organisation", 1)[0])
    digest = bytes.fromhex(rows[0])
    return organisation, number(log[0]), number(log[1]), digest, number(rows[1]), witnesses


def words(line: str, first: str, count: int) -> list[str]:
    """The words after a line's first."""
    found = line.split(" ")
    if found[0] != first or len(found) != count + 1:
        raise Refused(f"line {found[0]!r} of {len(found)} words, must be {first!r} and {count}")
    return found[1:]


def _object(leaf: Leaf, data: bytes, organisation: str) -> bytes:
    if leaf.type == LeafType.DIRECTORY:
        if Note.read(data).digest != leaf.digest:
            raise Refused("directory note is not its leaf's")
        return data
    own = leaf.organisation == padded(organisation)
    if leaf.type not in (LeafType.TEXT, LeafType.OVERDUE, LeafType.TRANSFERRED) or not own:
        raise Refused("object for a leaf that carries none")
    return _matching(data, leaf.digest)


def _matching(data: bytes, digest: bytes) -> bytes:
    if sha256(data) != digest:
        raise Refused("object does not match its digest")
    return data


def tree_of(bundle: InBundle, more: Iterable[bytes] = ()) -> MerkleTree:
    """The tree at the bundle's end, with more leaves behind it."""
    tree = MerkleTree(bundle.first, bundle.subtrees)
    for leaf in (*bundle.leaves, *more):
        tree.append(leaf)
    return tree
