"""A deployment on paper: organisations whose keys are all held, and a log that may say anything.

Nothing here runs or listens. What a visit fetches is made from the leaves, so that a test may
lie in one place and tell the truth in all others.
"""

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from paper_directory import DirectoryText, Entry, seal_line
from reporter.codec import u8, u16, u32, unpadded
from reporter.directory import Directory, Roots, read_directory
from reporter.drop import write_drop
from reporter.envelope import seal_reply, seal_text
from reporter.frame import ORGANISATION, REPORTER, Field, Kind, ReplyKind, whole
from reporter.keys import ThreadKeys
from reporter.leaf import Leaf, LeafType
from reporter.merkle import EMPTY_ROOT, MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, Signer, framed
from reporter.primitives import KeyPair, box_pair, sha256
from reporter.promise import promise_name
from reporter.public import EPOCH, Public, day_number, fetch
from reporter.submission import Submission

TODAY = datetime.date(2026, 3, 20)
TREE = b"a tree\n"


def days(count: int) -> datetime.date:
    """So many days from the paper's today."""
    return TODAY + datetime.timedelta(days=count)


@dataclass
class Party:
    """A receiving organisation with all its secrets."""

    id: str
    escalation: str = "none"
    deployment: str = "paper.test"
    batch: int = 1
    #: How people call it.
    name: str = ""
    pair: KeyPair = field(default_factory=lambda: box_pair(os.urandom(32)))
    seed: bytes = field(default_factory=lambda: os.urandom(32))

    @property
    def desk(self) -> Signer:
        """The desk key under the name `organisation.deployment`."""
        return Signer.make(f"{self.id}.{self.deployment}", self.seed)

    @property
    def seals(self) -> tuple[str, ...]:
        """Its `seal` lines."""
        return (seal_line(self.pair[0], datetime.date(2030, 12, 31)),)

    @property
    def entry(self) -> Entry:
        """How a directory lists it."""
        keys = (*self.seals, f"desk {self.desk.key.text}")
        return Entry(self.id, self.name or f"De {self.id}", keys, self.batch, self.escalation)

    def reply(
        self,
        keys: ThreadKeys,
        number: int,
        text: str,
        answered: bytes,
        kind: int = ReplyKind.MESSAGE,
        other: str = "",
        day: datetime.date = TODAY,
        by: Signer | None = None,
    ) -> bytes:
        """A reply envelope for the thread, signed by this desk, or by another."""
        fields = {
            int(Field.ORGANISATION): self.id.encode(),
            int(Field.NUMBER): u32(number),
            int(Field.ENVELOPE): answered,
            int(Field.DAY): u32(day_number(day)),
            int(Field.THREAD_DIGEST): sha256(keys.thread[0]),
        }
        if text:
            fields[Field.TEXT] = text.encode()
        if other:
            fields[Field.OTHER] = other.encode()
        plain = whole(ORGANISATION, kind, fields, "desk-sign", (by or self.desk).pair[1])
        return seal_reply(plain, keys.reply[0]).envelope


@dataclass
class PaperLog:
    """Leaves, drop and cosignatures; the months and checkpoints follow from them."""

    name: str = "paper.test"
    parties: list[Party] = field(default_factory=list)
    log: Signer = field(default=None)  # type: ignore[assignment]
    root: Signer = field(default_factory=lambda: Signer.make("root.test", os.urandom(32)))
    leaves: list[Leaf] = field(default_factory=list)
    objects: dict[bytes, bytes] = field(default_factory=dict)
    drop: dict[bytes, bytes] = field(default_factory=dict)
    cosigned: dict[str, bytes] = field(default_factory=dict)
    serial: int = 1
    promise: Signer = field(default=None)  # type: ignore[assignment]
    #: What a stamp is found for.
    value: bytes = field(default_factory=lambda: os.urandom(16))

    def __post_init__(self) -> None:
        self.log = self.log or Signer.make(self.name, os.urandom(32))
        self.promise = self.promise or Signer.make(promise_name(self.name), os.urandom(32))
        self.parties = self.parties or [
            Party("nl-vi", "helpdesk after 14", self.name),
            Party("helpdesk", deployment=self.name),
            Party("nl-ocw", "helpdesk after 7", self.name),
        ]

    def party(self, wanted: str) -> Party:
        """An organisation by its id."""
        return next(one for one in self.parties if one.id == wanted)

    @property
    def note(self) -> bytes:
        """The directory, signed by the root."""
        text = DirectoryText(
            self.name,
            [self.log.key.text],
            [self.promise.key.text],
            sha256(TREE).hex(),
            [party.entry for party in self.parties],
            serial=self.serial,
            issued=days(-400),
            expires=days(300),
        )
        return self.root.note(text.text)

    @property
    def directory(self) -> Directory:
        """The directory, read."""
        return read_directory(Note.read(self.note))

    @property
    def roots(self) -> Roots:
        """One root."""
        return Roots(1, (self.root.key,))

    def close(
        self,
        day: datetime.date,
        texts: Iterable[Submission] = (),
        replies: Iterable[Leaf] = (),
        more: Iterable[Leaf] = (),
        with_directory: bool = True,
    ) -> None:
        """Appends a day in the order of section 8; fillers are left out.

        After the first month every month closes its first day before it closes another.
        """
        self._begin_months(day)
        self._close(day, texts, replies, more, with_directory)

    def _begin_months(self, day: datetime.date) -> None:
        closed = [leaf for leaf in self.leaves if leaf.type == LeafType.DAY_END]
        if not closed:
            return
        newest = EPOCH + datetime.timedelta(days=int.from_bytes(closed[-1].tag[:4], "big"))
        while (newest.year, newest.month) != (day.year, day.month):
            newest = (newest.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
            if newest != day:
                self._close(newest)

    def _close(
        self,
        day: datetime.date,
        texts: Iterable[Submission] = (),
        replies: Iterable[Leaf] = (),
        more: Iterable[Leaf] = (),
        with_directory: bool = True,
    ) -> None:
        if with_directory:
            note = self.note
            digest = Note.read(note).digest
            self.objects[digest] = note
            self.leaves.append(Leaf.directory(self.serial, digest))
        leaves = [*replies, *more]
        for one in texts:
            digest = sha256(one.envelope)
            self.objects[digest] = one.envelope
            leaves.append(Leaf.text(one.organisation, one.tag, digest))
        order = [7, 1, 2, 8, 4, 5]
        leaves.sort(key=lambda leaf: (order.index(leaf.type), leaf.organisation, leaf.tag))
        self.leaves += leaves
        self.leaves.append(Leaf.day_end(day_number(day), EMPTY_ROOT))

    def put(self, party: str, keys: ThreadKeys, number: int, envelope: bytes) -> Leaf:
        """A reply into the drop; the leaf that a close logs for it."""
        tag = keys.tag_out(number)
        self.drop[tag] = envelope
        return Leaf.reply(party, tag, sha256(envelope))

    def tree(self, size: int | None = None) -> MerkleTree:
        """The tree at a size (all of it)."""
        return MerkleTree.of(leaf.encoded for leaf in self.leaves[:size])

    def checkpoint(self, size: int | None = None) -> bytes:
        """The signed checkpoint at a size."""
        tree = self.tree(size)
        return self.log.note(Checkpoint.text(self.name, tree.size, tree.root))

    def cosign(self, party: str, day: datetime.date, size: int | None = None) -> Leaf:
        """An organisation cosigns; the type 7 leaf that a later close logs."""
        note = self.checkpoint(size)
        point = Checkpoint.read(note)
        line = self.party(party).desk.cosignature_line(point.note.text, day_number(day) * 86_400)
        self.cosigned[party] = note + line.encode()
        return Leaf.acknowledgement(party, point.size, point.note.digest)

    def months(self) -> dict[str, bytes]:
        """The file of each month that has leaves, by name; the day of a close says the month."""
        found: dict[str, list[Leaf]] = {}
        group: list[Leaf] = []
        for leaf in self.leaves:
            group.append(leaf)
            if leaf.type == LeafType.DAY_END:
                closed = EPOCH + datetime.timedelta(days=int.from_bytes(leaf.tag[:4], "big"))
                found.setdefault(f"{closed:%Y-%m}", []).extend(group)
                group = []
        files, tree = {}, MerkleTree()
        for name, leaves in found.items():
            month = MonthFile.after(tree, (leaf.encoded for leaf in leaves))
            files[name], tree = month.encoded, month.tree()
        return files

    def get(self, path: str, today: datetime.date = TODAY) -> bytes:
        """What `GET path` answers: enough of a server for `fetch`."""
        if path == "/v1/directory":
            return self.note
        if path == "/v1/tree":
            return TREE
        if path == "/v1/challenge":
            hour = day_number(today) * 24 + 9
            many = len(self.parties)
            return u32(hour) + u8(0) + u8(many) + self.value + u16(1) * many
        if path == "/v1/log/checkpoint":
            notes = [self.cosigned.get(party.id) for party in self.parties]
            return framed(self.checkpoint()) + b"".join(
                framed(note) if note else u32(0) for note in notes
            )
        if path.startswith("/v1/log/"):
            return self._month(path.removeprefix("/v1/log/"))
        if path == "/v1/drop/000":
            return write_drop(self.drop)
        raise AssertionError(f"nobody asks for {path}")

    def _month(self, name: str) -> bytes:
        files = self.months()
        if name in files:
            return files[name]
        before = [MonthFile.read(files[one]) for one in sorted(files) if one < name]
        tree = before[-1].tree() if before else MerkleTree()
        return MonthFile.after(tree, ()).encoded

    def public(self, today: datetime.date = TODAY, months: int = 2) -> Public:
        """What a visit of a day verifies of it."""
        return fetch(_At(self, today), self.roots, today, months)  # type: ignore[arg-type]

    def filler(self, organisation: str) -> bytes:
        """A filler's envelope."""
        plain = whole(REPORTER, Kind.FILLER, {1: organisation.encode()})
        return seal_text(plain, self.party(organisation).pair[0]).envelope

    def own_objects(self, organisation: str) -> dict[int, bytes]:
        """The objects that travel to a desk, by index."""
        found = {}
        for at, leaf in enumerate(self.leaves):
            is_own = leaf.type in (1, 4, 5) and unpadded(leaf.organisation) == organisation
            if (is_own or leaf.type == LeafType.DIRECTORY) and leaf.digest in self.objects:
                found[at] = self.objects[leaf.digest]
        return found


@dataclass(frozen=True)
class _At:
    """The paper log as a server on a day."""

    log: PaperLog
    today: datetime.date

    def get(self, path: str) -> bytes:
        """`GET path`."""
        return self.log.get(path, self.today)
