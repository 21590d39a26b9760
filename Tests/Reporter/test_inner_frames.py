"""Frames inside a frame: whole, signed, and never too long."""

import pytest
from paper_log import PaperLog, days
from reporter.codec import u16, u32
from reporter.frame import END, REPORTER, Field, Frame, Kind, encode_field, whole
from reporter.refusal import Refused
from reporter.transfer import Transferred, transferred_frame
from reporter.visit import Reporter

LOG = PaperLog()
LOG.close(days(-1))


def _handed_on(plain: bytes) -> bytes:
    return Frame.read(plain.ljust(16_168, b"\0"), REPORTER).transferred


def test_the_longest_report_and_consent_fit_into_one_frame() -> None:
    """Kind 5 carries both whole: a reporter can always be handed on."""
    public, reporter = LOG.public(), Reporter(LOG.name)
    fields = reporter.fields(public, "nl-vi", "a" * 10_000, 4095, "rol=leerling\n" * 39)
    fields[Field.ORGANISATION] = b"nl-" + b"v" * 13
    files = [b"\x01" + u32(n * 1_048_520) + u16(n) + bytes(64 * n) for n in (3, 3, 3, 3, 4)]
    fields[Field.ATTACHMENTS] = b"".join(files)
    fields[Field.LANGUAGE] = b"nl-Latn-NL-abcde"
    secret = reporter.keys("nl-vi").thread[1]
    message = _handed_on(whole(REPORTER, Kind.REPORT, fields, "thread-sign", secret))
    told = fields | {int(Field.TEXT): b"a" * 1000, 14: b"\x10" + b"b" * 16 + bytes(144)}
    for field in (Field.ANSWERS, Field.ATTACHMENTS):
        del told[int(field)]
    consent = _handed_on(whole(REPORTER, Kind.CONSENT, told, "thread-sign", secret))
    plain = transferred_frame("b" * 16, message, consent, LOG.party("nl-vi").desk.pair[1])
    assert len(plain) <= 13_900
    found = Transferred.admitted(Frame.read(plain.ljust(16_168, b"\0"), REPORTER), "b" * 16)
    assert found.message.fields[Field.TEXT] == b"a" * 10_000


def test_an_inner_frame_must_be_whole_and_signed() -> None:
    frame = whole(REPORTER, Kind.FILLER, {1: b"nl-vi"})
    with pytest.raises(Refused, match="not signed"):
        _handed_on(frame)
    with pytest.raises(Refused, match="not signed"):
        Frame.read_inner(frame.removesuffix(END))
    signed = whole(REPORTER, 1, {1: b"nl-vi"}, "thread-sign", LOG.root.pair[1])
    with pytest.raises(Refused, match="end field"):
        Frame.read_inner(signed)
    with pytest.raises(Refused, match="out of order"):
        Frame.read_inner(signed.removesuffix(END) + encode_field(20, b"x"))
