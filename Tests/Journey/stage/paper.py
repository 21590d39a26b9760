"""A server that exists on paper: a log in Python, for bundles no honest server would write."""

import datetime
import os
from dataclasses import dataclass, field
from pathlib import Path

from reporter.codec import padded
from reporter.directory import read_directory
from reporter.envelope import seal_text
from reporter.frame import REPORTER, Kind, whole
from reporter.in_bundle import InBundle
from reporter.leaf import Leaf, LeafType
from reporter.merkle import EMPTY_ROOT, MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, Signer
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.promise import promise_name
from reporter.public import Public, day_number
from reporter.submission import Challenge, Submission

from .commands import Commands
from .deployment import DESKS, TREE
from .desks import Desk, PythonDesk
from .directories import DirectoryText, Entry, today
from .root_keys import RootKeys


#: The order of a close, its end left out (section 8).
ORDER = [3, 7, 1, 2, 8, 4, 5]


@dataclass
class PaperServer:
    """The log of a made-up deployment whose desk `nl-vi` is real: it signs whatever it is told."""

    name: str
    log: Signer
    keys: RootKeys
    desk: Desk
    other: PythonDesk
    note: Path
    leaves: list[bytes] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)
    #: Envelopes that are not texts of nl-vi's own, by digest: transferred, or overdue elsewhere.
    bodies: dict[bytes, bytes] = field(default_factory=dict)
    pieces: dict[bytes, bytes] = field(default_factory=dict)
    wanted: set[bytes] = field(default_factory=set)
    cosigned: dict[str, bytes] = field(default_factory=dict)
    drop: dict[bytes, bytes] = field(default_factory=dict)
    pending: list[Leaf] = field(default_factory=list)

    @staticmethod
    def make(
        folder: Path, name: str = "paper.test", escalation: str = "none", third: bool = False
    ) -> "PaperServer":
        """Root keys, a real desk and a signed directory that lists a log key of ours.

        `escalation` is that of `zz-python`; `third` lists a third organisation, `zz-derde`.
        """
        commands = Commands(folder)
        keys = RootKeys.make(commands, 1, 1)
        log = Signer.make(name, os.urandom(32))
        desk = Desk.make(commands, "nl-vi", name, keys.roots)
        other = PythonDesk("zz-python", name)
        entries = [Entry.of_desk(desk, DESKS["nl-vi"][0], 1, "none")]
        entries.append(Entry.of_python(other, escalation=escalation))
        if third:
            entries.append(Entry.of_python(PythonDesk("zz-derde", name)))
        promise = Signer.make(promise_name(name), os.urandom(32)).key.text
        text = DirectoryText(name, [log.key.text], [promise], sha256(TREE).hex(), entries)
        note = keys.sign(text.text, folder / "directory.note")
        found = PaperServer(name, log, keys, desk, other, note)
        data = note.read_bytes()
        found._append(Leaf.directory(1, Note.read(data).digest), data)
        return found

    def _append(self, leaf: Leaf, data: bytes = b"") -> None:
        if data:
            self.objects[len(self.leaves)] = data
        self.leaves.append(leaf.encoded)

    def close(
        self,
        *texts: Submission,
        more: tuple[Leaf, ...] = (),
        day: datetime.date | None = None,
    ) -> None:
        """Appends a day in the order of section 8: texts, other leaves, what waits, its end."""
        for one in texts:
            self.bodies[sha256(one.envelope)] = one.envelope
        leaves = [Leaf.text(one.organisation, one.tag, sha256(one.envelope)) for one in texts]
        leaves += [*more, *self.pending]
        self.pending = []
        for leaf in sorted(leaves, key=_place):
            is_own = leaf.organisation == padded("nl-vi") and leaf.type in (1, 4, 5)
            self._append(leaf, self.bodies.get(leaf.digest, b"") if is_own else b"")
            if leaf.type == LeafType.WITHDRAWN:
                self.drop.pop(leaf.tag, None)
        self._append(Leaf.day_end(day_number(day or today()), EMPTY_ROOT))

    def overdue(self, one: Submission, to: str = "nl-vi") -> Leaf:
        """The type 4 leaf of a text, whose envelope goes to the other desk too."""
        self.bodies[sha256(one.envelope)] = one.envelope
        return Leaf.overdue(to, one.tag, sha256(one.envelope))

    def transferred(self, envelope: bytes, to: str = "nl-vi") -> Leaf:
        """The type 5 leaf of an envelope under a random tag."""
        self.bodies[sha256(envelope)] = envelope
        return Leaf.transferred(to, os.urandom(16), sha256(envelope))

    def cosign(self, desk: PythonDesk, size: int | None = None) -> Leaf:
        """Another desk cosigns: from now on a witness on the stick; the type 7 leaf of it."""
        note = self.checkpoint(size)
        point = Checkpoint.read(note)
        at = day_number(today()) * 86_400
        self.cosigned[desk.organisation] = (
            note + desk.signer.cosignature_line(point.note.text, at).encode()
        )
        return Leaf.acknowledgement(desk.organisation, point.size, point.note.digest)

    def take(self, path: Path) -> OutBundle:
        """Takes the real desk's stick: what it wants done waits for the next close."""
        listed = self.public.directory.organisation("nl-vi")
        bundle = OutBundle.verified(path.read_bytes(), self.log.key, listed.desks[0])
        if bundle.acknowledged:
            point = Checkpoint.read(bundle.checkpoint)
            self.cosigned["nl-vi"] = bundle.checkpoint
            self.pending.append(self.acknowledgement(point.size, point.note.digest))
        self.wanted = {row.digest for row in bundle.rows if row.kind == RowKind.PIECE_WANTED}
        for row in bundle.rows:
            leaf = _leaf_of(row)
            if leaf is None or leaf.encoded in self.leaves:
                continue
            self.pending.append(leaf)
            self.bodies[row.digest] = row.object
            if row.kind == RowKind.REPLY:
                self.drop[row.tag] = row.object
        return bundle

    def tree(self, size: int | None = None) -> MerkleTree:
        """The tree at a size (all of it)."""
        return MerkleTree.of(self.leaves[:size])

    def checkpoint(self, size: int | None = None) -> bytes:
        """The signed checkpoint at a size."""
        tree = self.tree(size)
        return self.log.note(Checkpoint.text(self.name, tree.size, tree.root))

    def bundle(self, first: int = 0, size: int | None = None) -> InBundle:
        """An honest in-bundle for `nl-vi`."""
        size = len(self.leaves) if size is None else size
        objects = {at: data for at, data in self.objects.items() if first <= at < size}
        start = tuple(self.tree(first).subtrees)
        leaves = tuple(self.leaves[first:size])
        checkpoint = self.checkpoint(size)
        pieces = tuple(self.pieces[one] for one in sorted(self.wanted & set(self.pieces)))
        order = [one.id for one in self.public.directory.organisations if one.id != "nl-vi"]
        notes = tuple(self.cosigned[one] for one in order if one in self.cosigned)
        return InBundle(
            "nl-vi", checkpoint, first, size, start, leaves, objects, pieces, notes
        )

    def written(self, bundle: InBundle, name: str = "paper.in") -> Path:
        """The bundle's file, signed by the log key."""
        path = self.desk.commands.home / name
        path.write_bytes(bundle.written(self.log))
        return path

    @property
    def public(self) -> Public:
        """What a reporter would see of this deployment; nothing is fetched."""
        directory = read_directory(Note.read(self.note.read_bytes()))
        hour = int(datetime.datetime.now(datetime.UTC).timestamp()) // 3600
        tree = self.tree()
        month = MonthFile(0, (), tuple(self.leaves))
        checkpoint = Checkpoint(self.name, tree.size, tree.root, Note("", ()))
        challenge = Challenge(hour, 0, bytes(16), (1,) * len(directory.organisations))
        return Public(directory, challenge, checkpoint, {}, month)

    def filler(self) -> Submission:
        """A filler as a server makes it: kind 127 under a random tag."""
        key = self.public.directory.organisation("nl-vi").seals[0].public
        plain = whole(REPORTER, Kind.FILLER, {1: b"nl-vi"})
        return Submission("nl-vi", os.urandom(16), seal_text(plain, key).envelope)

    def acknowledgement(self, size: int, digest: bytes) -> Leaf:
        """A type 7 leaf of nl-vi."""
        return Leaf.acknowledgement("nl-vi", size, digest)


def _place(leaf: Leaf) -> tuple[int, bytes, bytes]:
    return ORDER.index(leaf.type), leaf.organisation, leaf.tag


def _leaf_of(row: Row) -> Leaf | None:
    """The leaf that the next close logs for a row; a wanted piece has none."""
    types = {
        RowKind.REPLY: LeafType.REPLY,
        RowKind.TRANSFERRED: LeafType.TRANSFERRED,
        RowKind.WITHDRAW: LeafType.WITHDRAWN,
    }
    kind = types.get(RowKind(row.kind))
    return None if kind is None else Leaf(kind, row.organisation, row.tag, row.digest)
