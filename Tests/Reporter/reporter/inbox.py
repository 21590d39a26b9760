"""What a desk makes of the envelopes in its log: admission of leaf types 1, 4 and 5 (section 6).

Nothing here raises on what a reporter or another desk sent: what cannot be admitted is
unreadable, with its reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .admission import admit
from .codec import padded
from .envelope import EnvelopeClass, open_envelope
from .frame import REPORTER, Field, Frame, Kind
from .keys import message_tag
from .leaf import Leaf, LeafType
from .note import VerifierKey
from .primitives import KeyPair, unseal
from .refusal import Refused
from .release import Release
from .transfer import Transferred

#: Desk keys of an organisation, as the directory lists them.
DeskKeys = Callable[[str], Sequence[VerifierKey]]


@dataclass(frozen=True)
class Thread:
    """The keys of a thread's first message; replies go under them."""

    key: bytes
    reply: bytes
    tag_key: bytes
    shard: bytes


@dataclass(frozen=True)
class Message:
    """A message that was admitted: where it stands, in which thread, and who had it first."""

    index: int
    thread: bytes
    frame: Frame
    source: str
    digest: bytes


@dataclass
class Inbox:
    """All that was admitted at one organisation, and what waits or is unreadable."""

    organisation: str
    pairs: Sequence[KeyPair]
    desk_keys: DeskKeys
    threads: dict[bytes, Thread] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    unreadable: dict[int, str] = field(default_factory=dict)
    waiting: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    early: dict[bytes, list[Message]] = field(default_factory=dict)
    _slots: set[tuple[bytes, bytes]] = field(default_factory=set)
    _handed_on: set[bytes] = field(default_factory=set)

    def take(self, index: int, leaf: Leaf, envelope: bytes) -> None:
        """Takes an object of an own leaf in."""
        if leaf.organisation != padded(self.organisation):
            raise AssertionError("leaf of another organisation carries no object")
        if leaf.type == LeafType.OVERDUE:
            self.waiting[leaf.digest] = index, envelope
            for early in self.early.pop(leaf.digest, []):
                self._release(early)
            return
        try:
            frame = self._opened(envelope)
            if frame.kind == Kind.FILLER:
                return
            if leaf.type == LeafType.TRANSFERRED:
                self._transferred(index, leaf, frame)
            else:
                self._text(index, leaf, frame)
        except Refused as refusal:
            self.unreadable[index] = str(refusal)

    def _opened(self, envelope: bytes) -> Frame:
        plain = open_envelope(envelope, EnvelopeClass.TEXT, self.pairs)
        frame = Frame.read(plain, REPORTER)
        admit(frame)
        if frame.fields[Field.ORGANISATION] != self.organisation.encode():
            raise Refused("written to another organisation")
        return frame

    def _text(self, index: int, leaf: Leaf, frame: Frame) -> None:
        if frame.kind not in (Kind.REPORT, Kind.FOLLOW_UP, Kind.CONSENT, Kind.RELEASE):
            raise Refused(f"kind {frame.kind} has no place in a text of type 1")
        fields = frame.fields
        tag_key = self._tag_key(fields[Field.TAG_KEY])
        slot = fields[Field.NUMBER]
        if message_tag(tag_key, leaf.digest, int.from_bytes(slot, "big")) != leaf.tag:
            raise Refused("tag does not belong to this envelope in its slot")
        key = fields[Field.THREAD_KEY]
        if (key, slot) in self._slots:
            raise Refused("slot was used before in this thread")
        self._found(Thread(key, fields[Field.REPLY_KEY], tag_key, fields[Field.SHARD]))
        self._slots.add((key, slot))
        message = Message(index, key, frame, self.organisation, leaf.digest)
        self.messages.append(message)
        if frame.kind == Kind.RELEASE:
            self._release(message)

    def _tag_key(self, sealed: bytes) -> bytes:
        for pair in self.pairs:
            value = unseal(sealed, pair)
            if value is not None:
                if len(value) != 32:
                    raise Refused(f"tag key of {len(value)} B, must be 32")
                return value
        raise Refused("tag key does not open")

    def _found(self, thread: Thread) -> None:
        """Founds a thread, or holds its keys to those of the first message."""
        known = self.threads.get(thread.key)
        if known is not None:
            if known != thread:
                raise Refused("keys differ from those of the thread's first message")
            return
        if any(one.tag_key == thread.tag_key for one in self.threads.values()):
            raise Refused("another thread has the same tag key")
        self.threads[thread.key] = thread

    def _release(self, message: Message) -> None:
        """Opens what waits; a release that came early waits; one that does not open is undone."""
        release = Release.read(message.frame)
        if release.envelope not in self.waiting:
            self.early.setdefault(release.envelope, []).append(message)
            return
        index, envelope = self.waiting[release.envelope]
        try:
            frame = release.opened(envelope, self.pairs)
        except Refused as refusal:
            self._undo(message, str(refusal))
            return
        if all(one.index != index for one in self.messages):
            self.messages.append(
                Message(index, message.thread, frame, release.source, release.envelope)
            )

    def _undo(self, message: Message, reason: str) -> None:
        self.messages.remove(message)
        self.unreadable[message.index] = reason
        if all(one.thread != message.thread for one in self.messages):
            del self.threads[message.thread]

    @property
    def waiting_elsewhere(self) -> dict[bytes, int]:
        """Overdue envelopes that nobody released: digest and index."""
        opened = {one.index for one in self.messages}
        return {
            digest: index for digest, (index, _) in self.waiting.items() if index not in opened
        }

    def _transferred(self, index: int, leaf: Leaf, frame: Frame) -> None:
        found = Transferred.admitted(frame, self.organisation)
        found.require_desk(self.desk_keys(found.source))
        inner = frame.fields[Field.MESSAGE]
        if inner in self._handed_on:
            raise Refused("message was handed on before")
        keys = found.keys.opened(self.pairs)
        shard = found.consent.fields[Field.SHARD]
        self._found(Thread(keys.thread, keys.reply, keys.tag_key, shard))
        self._handed_on.add(inner)
        self.messages.append(
            Message(index, keys.thread, found.message, found.source, leaf.digest)
        )
