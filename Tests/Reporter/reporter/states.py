"""The states of a thread, from public data and the code alone (section 8)."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .codec import padded, unpadded
from .directory import Organisation
from .held import acknowledged_by_leaves, proved_size
from .keys import REPLIES, ThreadKeys
from .leaf import Leaf, LeafType
from .primitives import sha256
from .promise import Promise
from .public import EPOCH, Public, day_number

#: Days a reply stays in the drop.
KEPT = 90


class MessageState(StrEnum):
    """How far a message came."""

    SENT = "sent"
    #: Its day was closed without it: the server broke its word.
    LOST = "lost"
    RECORDED = "recorded"
    #: Recorded, and nobody took it for as many days as the directory says.
    OVERDUE = "overdue"
    HELD = "at the organisation"
    #: It is proved to be at the organisation, or may be, and the server does not show it.
    SHOWN_LESS = "shown less"


class ReplyState(StrEnum):
    """What became of a reply that the log names."""

    ANSWERED = "answered"
    #: Neither in the drop, nor withdrawn, nor old: somebody keeps it back.
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    OVER = "no longer kept"


@dataclass(frozen=True)
class Message:
    """A message of the thread that stands in the log."""

    organisation: str
    slot: int
    state: MessageState
    index: int
    digest: bytes
    day: int
    #: The organisation under which it was logged as overdue.
    waits_at: str | None = None
    #: It is overdue under the directory of its day, and the log does not say so.
    is_hidden: bool = False


@dataclass(frozen=True)
class Answer:
    """A reply of the thread that stands in the log."""

    organisation: str
    number: int
    state: ReplyState
    index: int
    digest: bytes
    day: int


def days_of(leaves: Iterable[Leaf]) -> list[int]:
    """The day of each leaf: that of the next type 6 behind it."""
    found: list[int] = []
    waiting = 0
    for leaf in leaves:
        waiting += 1
        if leaf.type == LeafType.DAY_END:
            found += [int.from_bytes(leaf.tag[:4], "big")] * waiting
            waiting = 0
    if waiting:
        raise AssertionError("log does not end with a day's end")
    return found


def newest_day(public: Public) -> int:
    """The newest closed day, or -1."""
    ends = [leaf for leaf in public.leaves if leaf.type == LeafType.DAY_END]
    return max((int.from_bytes(leaf.tag[:4], "big") for leaf in ends), default=-1)


def signed_today(public: Public) -> int:
    """The day of the server's hour, never later than the day after the newest closed one.

    Nobody signs the hour.
    """
    newest, hour = newest_day(public), public.challenge.hour // 24
    return hour if newest < 0 else min(hour, newest + 1)


def messages(
    public: Public, keys: ThreadKeys, drop: Mapping[bytes, bytes] | None = None
) -> list[Message]:
    """All messages of a thread that stand in the log, in its order.

    With the drop, its answers too are held against what the server shows.
    """
    proved = proved_size(public, keys, drop)
    listed = public.directory.organisation(keys.organisation)
    org16 = padded(keys.organisation)
    found, in_force = [], b""
    for at, (leaf, day) in _with_days(public):
        if leaf.type == LeafType.DIRECTORY:
            in_force = leaf.digest
        if leaf.type != LeafType.TEXT or leaf.organisation != org16:
            continue
        slot = keys.slot_of(leaf.digest, leaf.tag)
        if slot is not None:
            is_same = in_force == public.directory.digest
            one = _message(public, listed, slot, at, leaf, day, is_same)
            found.append(_bounded(one, public.acknowledged(listed.id), proved))
    return found


def _bounded(one: Message, shown: int, proved: int) -> Message:
    """A state that rests on what is left out gives way to what is proved."""
    is_proved = one.index < proved and one.state != MessageState.HELD
    if is_proved or (one.state == MessageState.OVERDUE and shown < proved):
        return replace(one, state=MessageState.SHOWN_LESS, is_hidden=False)
    return one


def _message(
    public: Public,
    listed: Organisation,
    slot: int,
    index: int,
    leaf: Leaf,
    day: int,
    is_directory_of_today: bool,
) -> Message:
    if index < public.acknowledged(listed.id):
        return Message(listed.id, slot, MessageState.HELD, index, leaf.digest, day)
    waits_at = _waits_at(public, leaf, index)
    patience = listed.escalation[1] if listed.escalation else None
    is_late = patience is not None and signed_today(public) - day >= patience
    state = MessageState.OVERDUE if is_late or waits_at else MessageState.RECORDED
    # The log says so at the close of that day.
    is_logged = patience is not None and newest_day(public) - day >= patience
    is_hidden = is_logged and waits_at is None and is_directory_of_today
    return Message(listed.id, slot, state, index, leaf.digest, day, waits_at, is_hidden)


def _waits_at(public: Public, text: Leaf, index: int) -> str | None:
    """Under which organisation an envelope was logged as overdue, after it was recorded."""
    for at, leaf in enumerate(public.leaves, start=public.log.first):
        is_it = leaf.type == LeafType.OVERDUE and (leaf.tag, leaf.digest) == (text.tag, text.digest)
        if is_it and at > index and leaf.organisation != text.organisation:
            return unpadded(leaf.organisation)
    return None


def answers(public: Public, keys: ThreadKeys, drop: Mapping[bytes, bytes]) -> list[Answer]:
    """All replies of a thread that the log names, by number; what only lies in the drop is none."""
    tags = {keys.tag_out(number): number for number in range(REPLIES)}
    org16, found = padded(keys.organisation), []
    withdrawn = {
        (leaf.organisation, leaf.tag, leaf.digest): at
        for at, leaf in enumerate(public.leaves, start=public.log.first)
        if leaf.type == LeafType.WITHDRAWN
    }
    today = signed_today(public)
    for at, (leaf, day) in _with_days(public):
        if leaf.type != LeafType.REPLY or leaf.organisation != org16 or leaf.tag not in tags:
            continue
        if withdrawn.get((org16, leaf.tag, leaf.digest), -1) > at:
            state = ReplyState.WITHDRAWN
        elif sha256(drop.get(leaf.tag, b"")) == leaf.digest:
            state = ReplyState.ANSWERED
        elif today - day < KEPT:
            state = ReplyState.WITHHELD
        else:
            state = ReplyState.OVER
        found.append(Answer(keys.organisation, tags[leaf.tag], state, at, leaf.digest, day))
    return sorted(found, key=lambda one: (one.number, one.index))


def promised(public: Public, promise: Promise) -> MessageState:
    """What became of a promise: still to be kept, kept by its day, or broken."""
    day = day_number(promise.day)
    for _, (leaf, closed) in _with_days(public):
        if leaf.encoded == promise.leaf and closed <= day:
            return MessageState.RECORDED
    return MessageState.LOST if newest_day(public) >= day else MessageState.SENT


def picked_up(public: Public) -> dict[str, datetime.date | None]:
    """The day of each organisation's last cosignature, in the directory's order."""
    return {
        one.id: EPOCH + datetime.timedelta(days=public.cosigned[one.id][1])
        if one.id in public.cosigned
        else None
        for one in public.directory.organisations
    }


def unshown(public: Public) -> list[str]:
    """Organisations whose newest type 7 leaf is newer than the cosignature that is shown.

    No lie by itself: a server that was recovered has the leaf, and the signature with the next
    stick. While it lasts, nothing newer than what is shown counts as picked up.
    """
    listed = [one.id for one in public.directory.organisations]
    return [one for one in listed if acknowledged_by_leaves(public, one) > public.acknowledged(one)]


def _with_days(public: Public) -> Iterator[tuple[int, tuple[Leaf, int]]]:
    leaves = public.leaves
    return enumerate(zip(leaves, days_of(leaves), strict=True), start=public.log.first)
