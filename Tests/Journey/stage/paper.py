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
from reporter.leaf import Leaf
from reporter.merkle import EMPTY_ROOT, MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, Signer
from reporter.primitives import sha256
from reporter.public import Public, day_number
from reporter.submission import Challenge, Submission

from .commands import Commands
from .deployment import DESKS, TREE, RootKeys
from .desks import Desk, PythonDesk
from .directories import DirectoryText, Entry, today


@dataclass
class PaperServer:
    """The log of a made-up deployment whose desk `nl-vi` is real."""

    name: str
    log: Signer
    keys: RootKeys
    desk: Desk
    other: PythonDesk
    note: Path
    leaves: list[bytes] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)

    @staticmethod
    def make(folder: Path, name: str = "paper.test") -> "PaperServer":
        """Root keys, a real desk and a signed directory that lists a log key of ours."""
        commands = Commands(folder)
        keys = RootKeys.make(commands, 1, 1)
        log = Signer.make(name, os.urandom(32))
        desk = Desk.make(commands, "nl-vi", name, keys.roots)
        other = PythonDesk("zz-python", name)
        entries = [Entry.of_desk(desk, DESKS["nl-vi"][0], 1, "none"), Entry.of_python(other)]
        text = DirectoryText(name, [log.key.text], sha256(TREE).hex(), entries)
        note = keys.sign(text.text, folder / "directory.note")
        found = PaperServer(name, log, keys, desk, other, note)
        data = note.read_bytes()
        found._append(Leaf.directory(1, Note.read(data).digest), data)
        return found

    def _append(self, leaf: Leaf, data: bytes = b"") -> None:
        if data:
            self.objects[len(self.leaves)] = data
        self.leaves.append(leaf.encoded)

    def close(self, *texts: Submission, more: tuple[Leaf, ...] = ()) -> None:
        """Appends a day: texts sorted by organisation and tag, other leaves, the day's end."""
        for one in sorted(texts, key=lambda one: (padded(one.organisation), one.tag)):
            leaf = Leaf.text(one.organisation, one.tag, sha256(one.envelope))
            self._append(leaf, one.envelope if one.organisation == "nl-vi" else b"")
        for leaf in more:
            self._append(leaf)
        self._append(Leaf.day_end(day_number(today()), EMPTY_ROOT))

    def tree(self, size: int | None = None) -> MerkleTree:
        """The tree at a size (all of it)."""
        tree = MerkleTree()
        for leaf in self.leaves[:size]:
            tree.append(leaf)
        return tree

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
        return InBundle("nl-vi", checkpoint, first, size, start, leaves, objects, ())

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
        return Public(directory, Challenge(hour, 0, 0, bytes(16)), checkpoint, {}, month)

    def filler(self) -> Submission:
        """A filler as a server makes it: kind 127 under a random tag."""
        key = self.public.directory.organisation("nl-vi").seals[0].public
        plain = whole(REPORTER, Kind.FILLER, {1: b"nl-vi"})
        return Submission("nl-vi", os.urandom(16), seal_text(plain, key).envelope)

    def acknowledgement(self, size: int, digest: bytes) -> Leaf:
        """A type 7 leaf of nl-vi."""
        return Leaf.acknowledgement("nl-vi", size, digest)
