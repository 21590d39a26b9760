"""Replies and out-bundles of a desk that lives in Python."""

import os

from reporter.codec import u32
from reporter.envelope import seal_reply
from reporter.frame import ORGANISATION, whole
from reporter.keys import ThreadKeys
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
    fields = {
        1: desk.organisation.encode(),
        7: u32(number),
        8: answered,
        10: text.encode(),
        18: u32(day_number(today())),
        19: sha256(keys.thread[0]),
    }
    plain = whole(ORGANISATION, kind, fields, "desk-sign", desk.signer.pair[1])
    envelope = seal_reply(plain, keys.reply[0]).envelope
    return Row.reply(desk.organisation, keys.shard, keys.tag_out(number), envelope)


def filler_row(organisation: str) -> Row:
    """A reply nobody can open."""
    envelope = seal_reply(b"", box_pair(os.urandom(32))[0]).envelope
    return Row.reply(organisation, os.urandom(1)[0], os.urandom(16), envelope)


def out_bundle(desk: PythonDesk, checkpoint: bytes, rows: list[Row]) -> OutBundle:
    """A bundle that cosigns the checkpoint, its rows filled to a multiple of 4 and sorted."""
    point = Checkpoint.read(checkpoint)
    rows = rows + [filler_row(desk.organisation) for _ in range(-len(rows) % 4 or 4 * (not rows))]
    cosigned = cosign(desk, checkpoint)
    ordered = tuple(sorted(rows, key=lambda row: row.order))
    return OutBundle(desk.organisation, cosigned, point.size, point.size, point.root, ordered)


def bare_bundle(desk: PythonDesk, checkpoint: bytes, rows: list[Row]) -> OutBundle:
    """A bundle of a desk that never cosigned."""
    ordered = tuple(sorted(rows, key=lambda row: row.order))
    return OutBundle(desk.organisation, checkpoint, 0, 0, EMPTY_ROOT, ordered)


def cosign(desk: PythonDesk, checkpoint: bytes, seconds: int | None = None) -> bytes:
    """The checkpoint with the desk's cosignature, its time floored to the day."""
    text = Checkpoint.read(checkpoint).note.text
    at = day_number(today()) * 86_400 if seconds is None else seconds
    return checkpoint + desk.signer.cosignature_line(text, at).encode()
