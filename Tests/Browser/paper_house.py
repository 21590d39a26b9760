"""A deployment on paper, all of it Python's: what a visit fetches, and what may be wrong with it."""

import datetime
import os
from dataclasses import dataclass, field, replace

from house import TREE
from reporter.codec import base64_text, u8, u16, u32
from reporter.envelope import seal_reply
from reporter.frame import ORGANISATION, whole
from reporter.keys import ThreadKeys
from reporter.leaf import Leaf
from reporter.merkle import MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, Signer, framed
from reporter.primitives import KeyPair, box_pair, sha256
from reporter.promise import promise_name
from reporter.public import day_number

TODAY = datetime.date(2026, 3, 10)
DEPLOYMENT = "paper.example"


def days(count):
    return TODAY + datetime.timedelta(days=count)


def signer(name):
    return Signer.make(name, os.urandom(32))


@dataclass
class Party:
    """A receiving organisation with all its secrets."""

    id: str
    escalation: str = "none"
    until: int = 30
    pair: KeyPair = field(default_factory=lambda: box_pair(os.urandom(32)))
    name: str = ""
    desk: Signer = None

    def __post_init__(self):
        self.name = self.name or f"De {self.id}"
        self.desk = self.desk or signer(f"{self.id}.{DEPLOYMENT}")

    @property
    def lines(self):
        ended, _ = box_pair(os.urandom(32))
        return [
            f"organisation {self.id} {self.name}",
            f"seal 1 {base64_text(ended)} until {days(self.until - 31)}",
            f"seal 1 {base64_text(self.pair[0])} until {days(self.until)}",
            f"desk {self.desk.key.text}",
            "batch 4",
            f"escalation {self.escalation}",
        ]

    def reply(
        self,
        keys: ThreadKeys,
        number: int,
        text: str,
        by: Signer = None,
        day: datetime.date = TODAY,
        kind: int = 2,
        other: str = "",
    ):
        """A reply envelope under its tag."""
        fields = {
            1: self.id.encode(),
            7: u32(number),
            8: sha256(b"the message"),
            10: text.encode(),
            18: u32(day_number(day)),
            19: sha256(keys.thread[0]),
            21: other.encode(),
        }
        fields = {type: value for type, value in fields.items() if value}
        plain = whole(ORGANISATION, kind, fields, "desk-sign", (by or self.desk).pair[1])
        return {keys.tag_out(number): seal_reply(plain, keys.reply[0]).envelope}


@dataclass
class PaperHouse:
    """Everything that signs, and a log of two months."""

    roots: list[Signer] = field(default_factory=lambda: [signer(f"root-{at}") for at in "abc"])
    log: Signer = field(default_factory=lambda: signer(DEPLOYMENT))
    parties: list[Party] = field(
        default_factory=lambda: [Party("nl-vi", "helpdesk after 14"), Party("helpdesk")]
    )
    serial: int = 7
    expires: int = 60
    day: int = 0
    #: What a stamp is asked, the most that the directory lets be asked, and for what it is found.
    tries: int = 1
    work: int = 4096
    value: bytes = field(default_factory=lambda: os.urandom(16))
    tree: bytes = field(default_factory=TREE.read_bytes)
    promises: Signer = field(default_factory=lambda: signer(promise_name(DEPLOYMENT)))

    def changed(self, **changes):
        return replace(self, **changes)

    def party(self, wanted):
        return next(one for one in self.parties if one.id == wanted)

    @property
    def roots_file(self):
        lines = ["threshold 2", *(root.key.text for root in self.roots)]
        return "".join(line + "\n" for line in lines).encode()

    @property
    def start(self):
        """What the page holds from the start, and the hour of a device whose clock is right."""
        made = [str(self.serial).encode(), str(days(-40)).encode()]
        tree = sha256(self.tree).hex().encode()
        return [DEPLOYMENT.encode(), self.roots_file, tree, b"nl", *made, u32(day_number(TODAY) * 24 + 9)]

    def directory(self, signers=2):
        lines = [
            "sealedintake/v1/directory",
            f"deployment {DEPLOYMENT}",
            f"serial {self.serial}",
            f"issued {days(-40)}",
            f"expires {days(self.expires)}",
            f"log {self.log.key.text}",
            f"promise {self.promises.key.text}",
            "shards 4",
            f"work {self.work}",
            f"tree {sha256(self.tree).hex()}",
            *(line for party in self.parties for line in party.lines),
        ]
        text = "".join(line + "\n" for line in lines)
        signatures = "".join(root.line(text) for root in self.roots[:signers])
        return (text + "\n" + signatures).encode()

    def challenge(self, flags=0):
        hour = day_number(days(self.day)) * 24 + 9
        count = len(self.parties)
        return u32(hour) + u8(flags) + u8(count) + self.value + u16(self.tries) * count

    def months(self, directory, newest=-1):
        """The month before and this one: each closes its first day and another, the newest so
        many days ago."""
        digest = Note.read(directory).digest
        tree = MerkleTree()
        for at in range(5):
            tree.append(bytes([at]) * 65)
        files = []
        first = days(self.day).replace(day=1)
        before = (first - datetime.timedelta(days=1)).replace(day=18)
        for day in (before, max(first, days(self.day + newest))):
            leaves = [
                Leaf.directory(self.serial, digest),
                Leaf.day_end(day_number(day.replace(day=1)), sha256(b"")),
                *(Leaf.text("nl-vi", os.urandom(16), os.urandom(32)) for _ in range(4)),
                Leaf.day_end(day_number(day), sha256(b"")),
            ]
            start = tree.size, tuple(tree.subtrees)
            files.append(MonthFile(*start, tuple(leaf.encoded for leaf in leaves)))
            tree = files[-1].tree()
        return files

    def checkpoint(self, tree, cosigners=()):
        text = Checkpoint.text(DEPLOYMENT, tree.size, tree.root)
        lines = "".join(one.cosignature_line(text, day_number(days(-3)) * 86_400) for one in cosigners)
        return self.log.note(text) + lines.encode()

    def files(self, directory=None, months=None, newest=-1):
        """What a visit fetches: nl-vi cosigned the month before, the helpdesk never."""
        directory = directory or self.directory()
        before, now = months or self.months(directory, newest)
        cosigned = self.checkpoint(before.tree(), [self.party("nl-vi").desk])
        notes = framed(self.checkpoint(now.tree())) + framed(cosigned) + u32(0)
        return [directory, self.tree, self.challenge(), notes, before.encoded, now.encoded]

    def promise(self, leaf, by=None):
        lines = ["sealedintake/v1/promise", DEPLOYMENT, str(TODAY), base64_text(leaf)]
        return (by or self.promises).note("".join(line + "\n" for line in lines))
