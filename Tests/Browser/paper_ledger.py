"""A log on paper: whatever leaves a test wants, closed day by day, signed and cosigned."""

import datetime
import os
from dataclasses import dataclass, field

from paper_house import DEPLOYMENT, TODAY, PaperHouse, days
from reporter.codec import u32
from reporter.keys import ThreadKeys
from reporter.leaf import Leaf
from reporter.merkle import MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, framed
from reporter.primitives import sha256
from reporter.public import day_number


def month_before(day: datetime.date) -> datetime.date:
    """The first day of the month before."""
    return (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def overdue(leaf: Leaf, organisation: str) -> Leaf:
    """The copy of a leaf for the escalation organisation."""
    return Leaf(4, organisation.encode().ljust(16, b"\0"), leaf.tag, leaf.digest)


def withdrawn(leaf: Leaf) -> Leaf:
    """That a reply was taken back."""
    return Leaf(8, leaf.organisation, leaf.tag, leaf.digest)


def acknowledged(keys: ThreadKeys, size: int) -> Leaf:
    """The log's word that an organisation cosigned a size."""
    return Leaf.acknowledgement(keys.organisation, size, os.urandom(32))


def message(keys: ThreadKeys, slot: int = 5) -> Leaf:
    """The leaf of a code's message."""
    digest = os.urandom(32)
    return Leaf.text(keys.organisation, keys.tag_in(digest, slot), digest)


def reply_leaf(keys: ThreadKeys, entry: dict[bytes, bytes]) -> Leaf:
    """The leaf of a reply as the drop holds it."""
    [(tag, envelope)] = entry.items()
    return Leaf.reply(keys.organisation, tag, sha256(envelope))


@dataclass
class PaperLog:
    """Leaves by the day that carries them; `acknowledged` is by organisation, as a size."""

    house: PaperHouse
    by_day: dict[datetime.date, list[Leaf]] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    #: Months of which the leaves were erased.
    erased: set[str] = field(default_factory=set)

    def __post_init__(self):
        self.directory = self.house.directory()

    def add(self, ago: int, *leaves: Leaf) -> "PaperLog":
        """Closes a day so many days ago with these leaves among those of others."""
        others = [Leaf.text("nl-vi", os.urandom(16), os.urandom(32)) for _ in range(3)]
        self.by_day.setdefault(days(-ago), others[:2]).extend([*leaves, others[2]])
        return self

    def _days(self):
        """All days that are closed: after the first month each month closes its first day."""
        days = dict(self.by_day)
        month = min(days, default=TODAY)
        while (month := (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)) <= TODAY:
            days.setdefault(month, [])
        return sorted(days.items())

    def _closed(self):
        digest = Note.read(self.directory).digest
        month = None
        for day, leaves in self._days():
            first = [Leaf.directory(self.house.serial, digest)] if day.month != month else []
            month = day.month
            yield day, [*first, *leaves, Leaf.day_end(day_number(day), sha256(b""))]

    @property
    def leaves(self) -> list[Leaf]:
        """All leaves."""
        return [leaf for _, leaves in self._closed() for leaf in leaves]

    def index(self, leaf: Leaf) -> int:
        """Where a leaf stands."""
        return self.leaves.index(leaf)

    def hand_over(self, organisation: str, leaf: Leaf) -> "PaperLog":
        """Lets an organisation cosign the tree that ends with a leaf."""
        self.acknowledged[organisation] = self.index(leaf) + 1
        return self

    def tree(self, size: int | None = None) -> MerkleTree:
        """The tree of a size."""
        return MerkleTree.of(leaf.encoded for leaf in self.leaves[:size])

    def month(self, name: str) -> bytes:
        """The file of a month, YYYY-MM."""
        before, found = [], []
        for day, leaves in self._closed():
            if f"{day:%Y-%m}" < name:
                before += [leaf.encoded for leaf in leaves]
            elif f"{day:%Y-%m}" == name and name not in self.erased:
                found += [leaf.encoded for leaf in leaves]
        return MonthFile.after(MerkleTree.of(before), found).encoded

    def checkpoint(self, size: int | None = None, cosigner=None, root=None) -> bytes:
        """A checkpoint, cosigned yesterday where wished."""
        tree = self.tree(size)
        text = Checkpoint.text(DEPLOYMENT, tree.size, root or tree.root)
        line = cosigner.cosignature_line(text, day_number(days(-1)) * 86_400) if cosigner else ""
        return self.house.log.note(text) + line.encode()

    def notes(self) -> bytes:
        """`/v1/log/checkpoint`."""
        listed = framed(self.checkpoint())
        for party in self.house.parties:
            size = self.acknowledged.get(party.id)
            listed += u32(0) if size is None else framed(self.checkpoint(size, party.desk))
        return listed

    def files(self) -> list[bytes]:
        """What a visit fetches."""
        before = f"{month_before(TODAY):%Y-%m}"
        now = f"{TODAY:%Y-%m}"
        challenge = self.house.challenge()
        months = [self.month(before), self.month(now)]
        return [self.directory, self.house.tree, challenge, self.notes(), *months]
