"""Admission of frames: kind, fields, lengths and signature (section 6)."""

import re
from dataclasses import dataclass

import nacl.bindings as sodium
import nacl.exceptions

from .codec import Reader, organisation_id
from .frame import ORGANISATION, REPORTER, Field, Frame, Kind, ReplyKind
from .keys import REPLIES
from .refusal import Refused

_THREAD = {1, 2, 3, 4, 5, 6, 7, 12, 20, 255}
_REPLY = {1, 7, 8, 18, 19, 255}
#: (magic, kind): fields that must be, fields that may be.
_TABLE: dict[tuple[bytes, int], tuple[set[int], set[int]]] = {
    (REPORTER, Kind.REPORT): (_THREAD | {10}, {9, 11}),
    (REPORTER, Kind.FOLLOW_UP): (_THREAD | {10}, {9, 11}),
    (REPORTER, Kind.CONSENT): (_THREAD | {14}, {10}),
    (REPORTER, Kind.TRANSFERRED): ({1, 22, 23, 255}, set()),
    (REPORTER, Kind.RELEASE): (_THREAD | {8, 15, 21}, {10}),
    (REPORTER, Kind.FILLER): ({1}, set()),
    (ORGANISATION, ReplyKind.RECEIVED): (_REPLY, {10}),
    (ORGANISATION, ReplyKind.CLOSED): (_REPLY, {10}),
    (ORGANISATION, ReplyKind.MESSAGE): (_REPLY | {10}, set()),
    (ORGANISATION, ReplyKind.QUESTION): (_REPLY | {10}, set()),
    (ORGANISATION, ReplyKind.MAY_TRANSFER): (_REPLY | {10, 21}, set()),
}
_LENGTHS = {2: 8, 3: 32, 4: 32, 5: 32, 6: 80, 7: 4, 8: 32, 15: 32, 18: 4, 19: 32, 20: 1, 255: 64}
_ANSWERS = re.compile(r"([a-z0-9-]+=[a-z0-9-]+\n)+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
PIECE_DATA = 1_048_520


@dataclass(frozen=True)
class Attachment:
    """One file of field 11: its pieces as (digest of the envelope, file key)."""

    media: int
    size: int
    pieces: tuple[tuple[bytes, bytes], ...]


def admit(frame: Frame) -> None:
    """Checks kind, fields and lengths, and the thread's own signature where field 4 has its key."""
    rule = _TABLE.get((frame.magic, frame.kind))
    if rule is None:
        raise Refused(f"kind {frame.kind} is unknown")
    must, may = rule
    found = set(frame.fields)
    if must - found or found - must - may:
        raise Refused(f"fields {sorted(found)}, must be {sorted(must)}, may be {sorted(may)}")
    for field, value in frame.fields.items():
        if len(value) != _LENGTHS.get(field, len(value)):
            raise Refused(f"field {field} of {len(value)} B, must be {_LENGTHS[field]}")
    _admit_values(frame)
    if is_low_order(frame.fields.get(Field.REPLY_KEY)):
        raise Refused("reply key is of low order")
    if Field.THREAD_KEY in frame.fields:
        if not frame.verifies("thread-sign", frame.fields[Field.THREAD_KEY]):
            raise Refused("thread's signature does not hold")


def is_low_order(point: bytes | None) -> bool:
    """Whether everybody could open what is sealed to this key: a multiple of it is zero."""
    if point is None:
        return False
    try:
        sodium.crypto_scalarmult(b"\x08" + bytes(31), point)
    except (RuntimeError, nacl.exceptions.CryptoError):
        return True
    return False


def _admit_values(frame: Frame) -> None:
    fields = frame.fields
    for field in (Field.ORGANISATION, Field.OTHER):
        if field in fields:
            organisation_id(_ascii(fields[field]))
    if Field.NUMBER in fields and frame.magic == ORGANISATION:
        if int.from_bytes(fields[Field.NUMBER], "big") >= REPLIES:
            raise Refused(f"number beyond {REPLIES - 1}")
    if Field.TEXT in fields:
        admit_text(fields[Field.TEXT], _most_text(frame))
    if Field.ANSWERS in fields:
        answers = _ascii(fields[Field.ANSWERS])
        if len(answers) > 512 or not _ANSWERS.fullmatch(answers):
            raise Refused("answers are not question=answer lines of at most 512 B")
    if Field.LANGUAGE in fields:
        language = _ascii(fields[Field.LANGUAGE])
        if len(language) > 16 or not _LANGUAGE.fullmatch(language):
            raise Refused("language is not BCP 47 of at most 16 B")
    if Field.ATTACHMENTS in fields:
        attachments(fields[Field.ATTACHMENTS])
    if Field.OTHER_KEYS in fields:
        reader = Reader(fields[Field.OTHER_KEYS])
        organisation_id(_ascii(reader.take(reader.u8())))
        reader.take(144)
        reader.end()
    if frame.kind == Kind.TRANSFERRED and frame.magic == REPORTER:
        for field in (Field.MESSAGE, Field.CONSENT):
            admit(Frame.read_inner(fields[field]))


def _most_text(frame: Frame) -> int:
    if frame.magic == ORGANISATION:
        return 3_000
    return 1_000 if frame.kind in (Kind.CONSENT, Kind.RELEASE) else 10_000


def _ascii(value: bytes) -> str:
    try:
        return value.decode("ascii")
    except UnicodeDecodeError as error:
        raise Refused("field is not ASCII") from error


def admit_text(value: bytes, most: int) -> str:
    """UTF-8 of at most `most` bytes, LF the only control character."""
    if len(value) > most:
        raise Refused(f"text of {len(value)} B, must be at most {most}")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("text is not UTF-8") from error
    if any(
        letter != "\n" and (ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0) for letter in text
    ):
        raise Refused("text holds a control character")
    return text


def attachments(value: bytes) -> list[Attachment]:
    """Reads field 11: at most 5 files and 16 pieces together."""
    reader = Reader(value)
    found: list[Attachment] = []
    while reader.left:
        media, size, count = reader.u8(), reader.u32(), reader.u16()
        if media not in (1, 2, 3) or size == 0 or count != -(-size // PIECE_DATA):
            raise Refused("attachment's media, size or number of pieces does not hold")
        pieces = tuple((reader.take(32), reader.take(32)) for _ in range(count))
        found.append(Attachment(media, size, pieces))
    if len(found) > 5 or sum(len(one.pieces) for one in found) > 16:
        raise Refused("more than 5 files or 16 pieces")
    return found
