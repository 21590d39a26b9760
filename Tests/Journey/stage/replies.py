"""Replies and out-bundles of a desk that lives in Python."""

import datetime
import os
from collections.abc import Iterable

from reporter.codec import u32
from reporter.envelope import seal_reply
from reporter.frame import ORGANISATION, whole
from reporter.inbox import Thread
from reporter.keys import ThreadKeys, reply_tag
from reporter.merkle import EMPTY_ROOT
from reporter.note import Checkpoint
from reporter.out_bundle import OutBundle, Row
from reporter.primitives import box_pair, sha256
from reporter.public import day_number

from .desks import PythonDesk
from .directories import today


def reply_row(
    desk: PythonDesk, keys: ThreadKeys, number: int, text: str, answered: bytes, kind: int = 2
) -> Row:
    """A reply sealed to its reporter, as a row of the out-bundle."""
    thread = Thread(keys.thread[0], keys.reply[0], keys.tag_key, bytes([keys.shard]))
    return reply_to(desk, thread, number, text, answered, kind)


def reply_to(
    desk: PythonDesk,
    thread: Thread,
    number: int,
    text: str,
    answered: bytes,
    kind: int = 2,
    other: str = "",
    day: datetime.date | None = None,
) -> Row:
    """The same for a thread as its desk knows it; `other` is whom a transfer is asked for."""
    fields = {
        1: desk.organisation.encode(),
        7: u32(number),
        8: answered,
        18: u32(day_number(day or today())),
        19: sha256(thread.key),
    }
    if text:
        fields[10] = text.encode()
    if other:
        fields[21] = other.encode()
    plain = whole(ORGANISATION, kind, fields, "desk-sign", desk.signer.pair[1])
    envelope = seal_reply(plain, thread.reply).envelope
    tag = reply_tag(thread.tag_key, number)
    return Row.reply(desk.organisation, thread.shard[0], tag, envelope)


def filler_row(organisation: str) -> Row:
    """A reply nobody can open."""
    envelope = seal_reply(b"", box_pair(os.urandom(32))[0]).envelope
    return Row.reply(organisation, os.urandom(1)[0], os.urandom(16), envelope)


def lacking(count: int) -> int:
    """The rows that fill a count up to a multiple of 4, at least 4."""
    return -count % 4 or 4 * (not count)


def out_bundle(
    desk: PythonDesk, checkpoint: bytes, rows: list[Row], shards: int = 1
) -> OutBundle:
    """A bundle that cosigns the checkpoint, its rows filled to a multiple of 4 and sorted."""
    point = Checkpoint.read(checkpoint)
    rows = rows + [filler_row(desk.organisation) for _ in range(lacking(len(rows)))]
    cosigned = cosign(desk, checkpoint)
    return OutBundle(
        desk.organisation,
        cosigned,
        point.size,
        point.size,
        point.root,
        in_order(rows, shards),
        shards,
    )


def bare_bundle(desk: PythonDesk, checkpoint: bytes, rows: list[Row]) -> OutBundle:
    """A bundle of a desk that never cosigned."""
    return OutBundle(desk.organisation, checkpoint, 0, 0, EMPTY_ROOT, in_order(rows, 1), 1)


def in_order(rows: Iterable[Row], shards: int) -> tuple[Row, ...]:
    """Rows as they travel: sorted, and with no more of a thread's byte than the shard."""
    return tuple(sorted((row.in_one_of(shards) for row in rows), key=lambda row: row.order))


def cosign(desk: PythonDesk, checkpoint: bytes, seconds: int | None = None) -> bytes:
    """The checkpoint with the desk's cosignature, its time floored to the day."""
    text = Checkpoint.read(checkpoint).note.text
    at = day_number(today()) * 86_400 if seconds is None else seconds
    return checkpoint + desk.signer.cosignature_line(text, at).encode()
