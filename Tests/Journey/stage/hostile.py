"""Envelopes a hostile reporter can seal: well formed outside, anything inside."""

import os
from collections.abc import Callable

from reporter.codec import u32
from reporter.envelope import EnvelopeClass, assemble, random_text, seal_text
from reporter.frame import ORGANISATION, REPORTER, Field, Kind, whole
from reporter.keys import ThreadKeys
from reporter.primitives import box_pair, seal, sha256
from reporter.public import Public
from reporter.submission import Submission
from reporter.visit import Reporter, seal_key

from .stamping import unworked

#: Curve25519 points of small order, in their canonical and their other spellings.
LOW_ORDER = [
    bytes(32),
    b"\x01" + bytes(31),
    bytes(31) + b"\x80",
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]

#: Bends the fields of a report before it is signed.
Bend = Callable[[dict[int, bytes]], None]


def bent_report(
    reporter: Reporter,
    public: Public,
    bend: Bend,
    *,
    kind: int = Kind.REPORT,
    slot: int = 1,
    organisation: str = "nl-vi",
    tag: bytes | None = None,
    tagged_by: ThreadKeys | None = None,
) -> Submission:
    """A report whose fields were bent, then signed and sealed as any other.

    Its tag is that of its envelope in the slot, under keys that may be another's, or any tag.
    """
    fields = reporter.fields(public, organisation, "Een gewone tekst.", slot)
    bend(fields)
    keys = reporter.keys(organisation)
    plain = whole(REPORTER, kind, fields, "thread-sign", keys.thread[1])
    envelope = seal_text(plain, seal_key(public, organisation)).envelope
    tag = tag or (tagged_by or keys).tag_in(sha256(envelope), slot)
    return unworked(Submission(organisation, tag, envelope))


def sealed(public: Public, plain: bytes, tag: bytes, organisation: str = "nl-vi") -> Submission:
    """Any plaintext in an envelope the desk can open."""
    envelope = seal_text(plain, seal_key(public, organisation)).envelope
    return unworked(Submission(organisation, tag, envelope))


def _put(field: int, value: bytes) -> Bend:
    def bend(fields: dict[int, bytes]) -> None:
        fields[field] = value

    return bend


def _drop(field: int) -> Bend:
    def bend(fields: dict[int, bytes]) -> None:
        del fields[field]

    return bend


def _field_bends(public: Public, organisation: str) -> dict[str, Bend]:
    key = seal_key(public, organisation)
    bends = {
        f"low-order reply key {at}": _put(Field.REPLY_KEY, point)
        for at, point in enumerate(LOW_ORDER)
    }
    bends |= {f"without field {one}": _drop(one) for one in (1, 2, 3, 4, 5, 6, 7, 10, 12, 20)}
    return bends | {
        "foreign organisation in field 1": _put(Field.ORGANISATION, b"helpdesk"),
        "no organisation in field 1": _put(Field.ORGANISATION, b"NL VI"),
        "serial of seven bytes": _put(Field.DIRECTORY_SERIAL, bytes(7)),
        "tag key for another": _put(Field.TAG_KEY, seal(bytes(32), box_pair(bytes(32))[0])),
        "tag key of another length": _put(Field.TAG_KEY, seal(bytes(31), key)),
        "slot of three bytes": _put(Field.NUMBER, bytes(3)),
        "slot of another than its tag's": _put(Field.NUMBER, u32(4096)),
        "text too long": _put(Field.TEXT, b"a" * 10_001),
        "text with an escape": _put(Field.TEXT, b"a\x1b[2Jb"),
        "text with a carriage return": _put(Field.TEXT, b"a\r\nb"),
        "text with a C1 control": _put(Field.TEXT, "a\u009bb".encode()),
        "text not UTF-8": _put(Field.TEXT, b"\xff\xfe\xfd"),
        "text with an overlong form": _put(Field.TEXT, b"\xc0\xaf"),
        "text with a surrogate": _put(Field.TEXT, b"\xed\xa0\x80"),
        "answers with capitals": _put(Field.ANSWERS, b"Rol=leerling\n"),
        "answers without the last line's end": _put(Field.ANSWERS, b"rol=leerling"),
        "answers too long": _put(Field.ANSWERS, b"rol=leerling\n" * 40),
        "language too long": _put(Field.LANGUAGE, b"nl-" + b"a" * 14),
        "attachment of no size": _put(Field.ATTACHMENTS, b"\x01" + u32(0) + b"\0\0"),
        "attachment of unknown media": _put(
            Field.ATTACHMENTS, b"\x04" + u32(5) + b"\0\1" + bytes(64)
        ),
        "attachment with a piece too few": _put(
            Field.ATTACHMENTS, b"\x01" + u32(1_048_521) + b"\0\1" + bytes(64)
        ),
        "attachments cut": _put(Field.ATTACHMENTS, b"\x01" + u32(5) + b"\0\1" + bytes(63)),
        "six attachments": _put(Field.ATTACHMENTS, (b"\x01" + u32(5) + b"\0\1" + bytes(64)) * 6),
        "shard of two bytes": _put(Field.SHARD, b"\1\2"),
        "unknown field": _put(99, b"x"),
        "field of a reply": _put(Field.DAY, u32(1)),
    }


def bad_frames(public: Public, organisation: str = "nl-vi") -> dict[str, Submission]:
    """Named envelopes that open, or not, and can never be admitted; each of its own reporter."""
    found = {}
    for name, bend in _field_bends(public, organisation).items():
        reporter = Reporter(public.directory.deployment)
        found[name] = bent_report(reporter, public, bend, organisation=organisation)
    for name, plain in _bad_plains(public, organisation).items():
        found[name] = sealed(public, plain, os.urandom(16), organisation)
    key = seal_key(public, organisation)
    file_key = os.urandom(32)
    wraps = [seal(file_key, key), os.urandom(80)]
    body = assemble(EnvelopeClass.TEXT, file_key, wraps, b"")
    cut = [seal(bytes(16), key) + bytes(16), wraps[1]]
    stranger = seal_text(b"", box_pair(os.urandom(32))[0]).envelope
    found |= {
        name: unworked(Submission(organisation, os.urandom(16), envelope))
        for name, envelope in {
            "cannot be opened": random_text(),
            "sealed for a stranger": stranger,
            "other commitment": body[:170] + bytes(32) + body[202:],
            "other body": body[:-1] + bytes([body[-1] ^ 1]),
            "first wrap that was cut": assemble(EnvelopeClass.TEXT, file_key, cut, b""),
        }.items()
    }
    return found


def _bad_plains(public: Public, organisation: str) -> dict[str, bytes]:
    reporter = Reporter(public.directory.deployment)
    fields = reporter.fields(public, organisation, "Een gewone tekst.", 2)
    secret = reporter.keys(organisation).thread[1]
    good = whole(REPORTER, Kind.REPORT, fields, "thread-sign", secret)
    return {
        "nothing at all": b"",
        "magic of a reply": whole(ORGANISATION, 1, fields, "thread-sign", secret),
        "kind 0": whole(REPORTER, 0, fields, "thread-sign", secret),
        "kind 4": whole(REPORTER, 4, fields, "thread-sign", secret),
        "kind 255": whole(REPORTER, 255, fields, "thread-sign", secret),
        "reserved byte": good[:5] + b"\1" + good[6:],
        "signed with another label": whole(REPORTER, 1, fields, "desk-sign", secret),
        "not signed": whole(REPORTER, 1, fields),
        "signed by another": whole(
            REPORTER,
            1,
            fields,
            "thread-sign",
            Reporter(public.directory.deployment).keys(organisation).thread[1],
        ),
        "no end": good[:-6] + b"\xff" * 6,
        "length beyond the end": good[:8] + b"\0\1\x7f\xff\xff\xff" + good[14:],
        "length of four gigabytes": good[:8] + b"\0\1\xff\xff\xff\xff" + good[14:],
        "padding that is not zero": good + b"\0\0\0x",
        "text and random bytes": good[:200] + os.urandom(1000),
    }
