"""A desk in Python that does all a desk does: takes sticks, cosigns, transfers, withdraws.

It keeps what it wrote and writes it again, as a real one does, until the log has it.
"""

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from reporter.codec import padded
from reporter.directory import Directory
from reporter.envelope import seal_text
from reporter.frame import REPORTER, Field, Kind, ReplyKind, whole
from reporter.in_bundle import InBundle
from reporter.inbox import Inbox, Message, Thread
from reporter.leaf import Leaf, LeafType
from reporter.leaves_file import LeavesFile
from reporter.merkle import EMPTY_ROOT, MerkleTree
from reporter.note import Checkpoint, VerifierKey
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.public import day_number
from reporter.refusal import Refused
from reporter.transfer import OtherKeys, transferred_frame
from reporter.witness import missing, witnesses

from .desks import PythonDesk
from .directories import today
from .replies import cosign, filler_row, in_order, lacking, reply_to


@dataclass
class PaperDesk:
    """An organisation's desk, its keys held by the test."""

    desk: PythonDesk
    directory: Directory
    log: VerifierKey
    inbox: Inbox = field(init=False)
    leaves: list[bytes] = field(default_factory=list)
    pieces: dict[bytes, bytes] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)
    checkpoint: bytes = b""
    cosigned: bytes = b""
    rows: list[Row] = field(default_factory=list)
    wanted: list[bytes] = field(default_factory=list)
    #: The day its papers say; today's where there is none.
    day: datetime.date | None = None
    #: What it wrote and did not withdraw, by thread and number.
    replies: dict[tuple[bytes, int], Row] = field(default_factory=dict)
    #: What it transferred.
    sent: list[Row] = field(default_factory=list)
    _next: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def desk_keys(organisation: str) -> tuple[VerifierKey, ...]:
            return self.directory.organisation(organisation).desks

        self.inbox = Inbox(self.desk.organisation, [self.desk.seal], desk_keys)

    @property
    def id(self) -> str:
        """Its organisation."""
        return self.desk.organisation

    def take(self, data: bytes) -> InBundle:
        """Takes a stick in: container faults refuse it whole, what is missing is an alarm."""
        bundle = InBundle.verified(data, self.log)
        if bundle.organisation != self.id:
            raise Refused("stick of another organisation")
        if bundle.first > len(self.leaves):
            raise Refused(f"begins at {bundle.first}, must be at most {len(self.leaves)}")
        known = self.leaves[bundle.first :]
        if list(bundle.leaves[: len(known)]) != known:
            raise Refused("another history than the one held")
        found = witnesses(bundle, self.directory, self.log)
        alarms = [f"no witness of {one}" for one in missing(bundle, found)]
        for at in range(bundle.first, bundle.size):
            leaf = Leaf.read(bundle.leaves[at - bundle.first])
            is_own = leaf.organisation == padded(self.id) and leaf.type in (1, 4, 5)
            if is_own and at not in bundle.objects and at >= len(self.leaves):
                alarms.append(f"object {at} is missing")
            if is_own and at in bundle.objects and at >= len(self.leaves):
                self.inbox.take(at, leaf, bundle.objects[at])
        self.leaves += bundle.leaves[len(known) :]
        self.pieces |= {sha256(piece): piece for piece in bundle.pieces}
        self.wanted = [one for one in self.wanted if one not in self.pieces]
        self.checkpoint, self.alarms = bundle.checkpoint, alarms
        self._forget_logged()
        if not alarms:
            seconds = day_number(self.day or today()) * 86_400
            self.cosigned = cosign(self.desk, bundle.checkpoint, seconds)
        return bundle

    def _forget_logged(self) -> None:
        """What the log has need not be written again."""
        types = {
            RowKind.REPLY: LeafType.REPLY,
            RowKind.TRANSFERRED: LeafType.TRANSFERRED,
            RowKind.WITHDRAW: LeafType.WITHDRAWN,
        }
        logged = set(self.leaves)
        self.rows = [
            row
            for row in self.rows
            if Leaf(types[RowKind(row.kind)], row.organisation, row.tag, row.digest).encoded
            not in logged
        ]

    def thread(self, key: bytes) -> Thread:
        """A thread by its public key."""
        return self.inbox.threads[key]

    def messages(self, key: bytes) -> list[Message]:
        """The messages of a thread."""
        return [one for one in self.inbox.messages if one.thread == key]

    def reply(
        self, key: bytes, text: str, kind: int = ReplyKind.MESSAGE, other: str = ""
    ) -> int:
        """Writes an answer for the next stick; its number."""
        thread = self.thread(key)
        number = self._next.get(key, 0)
        self._next[key] = number + 1
        answered = self.messages(key)[-1].digest
        row = reply_to(self.desk, thread, number, text, answered, kind, other, self.day)
        self.rows.append(row)
        self.replies[key, number] = row
        return number

    def withdraw(self, key: bytes, number: int) -> None:
        """Takes a reply out of the drop."""
        row = self.replies.pop((key, number))
        self.rows.append(Row.withdrawn(self.id, row.tag, row.digest))

    def want(self, piece: bytes) -> None:
        """Asks for a piece by its digest, until it comes."""
        self.wanted.append(piece)

    def transfer(self, key: bytes, to: str | None = None) -> int:
        """Hands every message of a thread on, under its newest consent; how many.

        `to` other than the consent's is what no real desk can do.
        """
        own = [one for one in self.messages(key) if one.source == self.id]
        consents = [one for one in own if one.frame.kind == Kind.CONSENT]
        if not consents:
            raise Refused("no consent in this thread")
        consent = consents[-1].frame
        to = to or OtherKeys.read(consent.fields[Field.OTHER_KEYS]).organisation
        told = [one for one in own if one.frame.kind in (Kind.REPORT, Kind.FOLLOW_UP)]
        for one in told:
            self.transfer_frames(to, one.frame.transferred, consent.transferred)
        return len(told)

    def transfer_frames(self, to: str, message: bytes, consent: bytes) -> None:
        """Seals two frames to another organisation, whatever they are."""
        plain = transferred_frame(to, message, consent, self.desk.signer.pair[1])
        self.sent.append(self._send(to, plain))

    def _send(self, to: str, plain: bytes) -> Row:
        key = self.directory.organisation(to).seal_on(self.day or today()).public
        self.rows.append(Row.transferred(to, os.urandom(16), seal_text(plain, key).envelope))
        return self.rows[-1]

    def _fill(self) -> None:
        """Transferred envelopes for each other, and replies: a multiple of 4."""
        sent = [row.organisation for row in self.rows if row.kind == RowKind.TRANSFERRED]
        for other in self.directory.organisations:
            if other.id != self.id:
                for _ in range(lacking(sent.count(padded(other.id)))):
                    self._send(other.id, whole(REPORTER, Kind.FILLER, {1: other.id.encode()}))
        count = sum(row.kind == RowKind.REPLY for row in self.rows)
        self.rows += [filler_row(self.id) for _ in range(lacking(count))]

    def out(self, more: Iterable[Row] = ()) -> bytes:
        """The out-bundle."""
        self._fill()
        wanted = [Row.wanted(self.id, one) for one in self.wanted]
        shards = self.directory.shards
        rows = in_order([*self.rows, *wanted, *more], shards)
        size, root, checkpoint = 0, EMPTY_ROOT, self.checkpoint
        if self.cosigned:
            point = Checkpoint.read(self.cosigned)
            size, root, checkpoint = point.size, point.root, self.cosigned
        have = len(self.leaves)
        bundle = OutBundle(self.id, checkpoint, have, size, root, rows, shards)
        data = bundle.written(self.desk.signer)
        OutBundle.verified(data, self.log, self.desk.signer.key)
        return data

    def leaves_file(self) -> bytes:
        """All leaves it holds, for a server that fell behind, and all it wrote again."""
        again = [row for row in (*self.replies.values(), *self.sent) if row not in self.rows]
        return LeavesFile(self.checkpoint, 0, (), tuple(self.leaves), self.out(again)).encoded

    @property
    def tree(self) -> MerkleTree:
        """The tree of all leaves it holds."""
        return MerkleTree.of(self.leaves)
