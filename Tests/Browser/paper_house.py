"""A deployment on paper, all of it Python's: what a visit fetches, and what may be wrong with it."""

import datetime
import os
from dataclasses import dataclass, field, replace

import paper_log
from house import TREE
from paper_directory import DirectoryText, seal_line
from reporter.codec import base64_text, u8, u16, u32
from reporter.keys import ThreadKeys
from reporter.leaf import Leaf
from reporter.merkle import MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Note, Signer, framed
from reporter.primitives import box_pair, sha256
from reporter.promise import promise_name
from reporter.public import day_number

TODAY = datetime.date(2026, 3, 10)
DEPLOYMENT = "paper.example"


def days(count):
    return TODAY + datetime.timedelta(days=count)


def signer(name):
    return Signer.make(name, os.urandom(32))


@dataclass
class Party(paper_log.Party):
    """A receiving organisation whose first sealing key is over."""

    deployment: str = DEPLOYMENT
    batch: int = 4
    until: int = 30

    @property
    def seals(self):
        ended, _ = box_pair(os.urandom(32))
        return (seal_line(ended, days(self.until - 31)), seal_line(self.pair[0], days(self.until)))

    def reply(self, keys: ThreadKeys, number: int, text: str, by: Signer = None, day=TODAY, kind=2, other=""):
        """A reply envelope under its tag."""
        envelope = super().reply(keys, number, text, sha256(b"the message"), kind, other, day, by)
        return {keys.tag_out(number): envelope}


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
        text = DirectoryText(
            DEPLOYMENT,
            [self.log.key.text],
            [self.promises.key.text],
            sha256(self.tree).hex(),
            [party.entry for party in self.parties],
            serial=self.serial,
            shards=4,
            work=self.work,
            issued=days(-40),
            expires=days(self.expires),
        ).text
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
        tree = MerkleTree.of(bytes([at]) * 65 for at in range(5))
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
            files.append(MonthFile.after(tree, (leaf.encoded for leaf in leaves)))
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
