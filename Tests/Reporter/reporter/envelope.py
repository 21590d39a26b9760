"""Envelopes: one size a class, sealed and committed (section 5)."""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from .codec import u8
from .primitives import KeyPair, blake, box_pair, decrypt, encrypt, label, seal, unseal, xor
from .refusal import Refused

MAGIC = b"SIE1"
WRAP = 80


class EnvelopeClass(IntEnum):
    """What the size decides."""

    TEXT = 1
    PIECE = 2
    REPLY = 3

    @property
    def size(self) -> int:
        """Bytes of the whole envelope."""
        return {1: 16_384, 2: 1_048_576, 3: 4_096}[self]

    @property
    def wraps(self) -> int:
        """How many sealed file keys it carries."""
        return {1: 2, 2: 0, 3: 1}[self]

    @property
    def plain(self) -> int:
        """Bytes of its plaintext: what is left beside head, commitment and authenticator."""
        return self.size - 8 - WRAP * self.wraps - 32 - 16


@dataclass(frozen=True)
class Sealed:
    """An envelope and the file key its maker knows."""

    envelope: bytes
    file_key: bytes


def assemble(kind: EnvelopeClass, file_key: bytes, wraps: Sequence[bytes], plain: bytes) -> bytes:
    """Head, commitment and body around wraps that are made already (or are made up)."""
    if len(plain) > kind.plain:
        raise Refused(f"plaintext of {len(plain)} B, must be at most {kind.plain}")
    head = MAGIC + u8(1) + u8(kind) + u8(len(wraps)) + b"\0" + b"".join(wraps)
    commit = blake(file_key, label("commit") + b"\0" + head)
    filled = plain.ljust(kind.plain, b"\0")
    return head + commit + encrypt(blake(file_key, label("body")), filled, head + commit)


def seal_text(
    plain: bytes,
    organisation_key: bytes,
    escalation_key: bytes | None = None,
    release: bytes | None = None,
) -> Sealed:
    """A text envelope; without an escalation key the second wrap is the decoy's."""
    file_key = os.urandom(32)
    first = seal(file_key, organisation_key)
    if escalation_key is None:
        decoy, _ = box_pair(blake(file_key, label("decoy")))
        second = seal(file_key, decoy)
    else:
        second = seal(xor(file_key, release or os.urandom(32)), escalation_key)
    return Sealed(assemble(EnvelopeClass.TEXT, file_key, [first, second], plain), file_key)


def seal_piece(data: bytes) -> Sealed:
    """A piece of an attachment; its file key stands in the report (field 11)."""
    file_key = os.urandom(32)
    return Sealed(assemble(EnvelopeClass.PIECE, file_key, [], data), file_key)


def seal_reply(plain: bytes, reply_key: bytes) -> Sealed:
    """A reply to its reporter."""
    file_key = os.urandom(32)
    wrap = seal(file_key, reply_key)
    return Sealed(assemble(EnvelopeClass.REPLY, file_key, [wrap], plain), file_key)


def random_text() -> bytes:
    """A text envelope of the right format that nobody can open: junk, as a stranger may send it."""
    return MAGIC + bytes([1, 1, 2, 0]) + os.urandom(EnvelopeClass.TEXT.size - 8)


def check(envelope: bytes, kind: EnvelopeClass) -> list[bytes]:
    """Reads the head without opening: the wraps, or a refusal."""
    if len(envelope) not in {one.size for one in EnvelopeClass}:
        raise Refused(f"envelope of {len(envelope)} B, must be {kind.size}")
    if envelope[:4] != MAGIC:
        raise Refused("magic is not SIE1")
    if envelope[4] != 1:
        raise Refused(f"suite {envelope[4]}, must be 1")
    if envelope[5] != kind or len(envelope) != kind.size:
        raise Refused(f"class {envelope[5]}, must be {int(kind)}")
    if envelope[6] != kind.wraps:
        raise Refused(f"{envelope[6]} wraps, must be {kind.wraps}")
    if envelope[7] != 0:
        raise Refused("reserved byte is set")
    return [envelope[8 + WRAP * at : 8 + WRAP * (at + 1)] for at in range(kind.wraps)]


def open_envelope(
    envelope: bytes,
    kind: EnvelopeClass,
    pairs: Sequence[KeyPair],
    release: bytes | None = None,
) -> bytes:
    """The plaintext: each wrap in order with each key held; the first that opens decides."""
    for at, wrap in enumerate(check(envelope, kind)):
        for pair in pairs:
            file_key = unseal(wrap, pair)
            if file_key is None:
                continue
            if len(file_key) != 32:
                raise Refused("wrap does not hold 32 B")
            if at == 1 and release is not None:
                file_key = xor(file_key, release)
            return open_with(envelope, kind, file_key)
    raise Refused("no wrap opens with the keys held")


def open_with(envelope: bytes, kind: EnvelopeClass, file_key: bytes) -> bytes:
    """The plaintext under a file key: commitment first, then the body."""
    check(envelope, kind)
    head = envelope[: 8 + WRAP * kind.wraps]
    commit = envelope[len(head) : len(head) + 32]
    if not hmac.compare_digest(commit, blake(file_key, label("commit") + b"\0" + head)):
        raise Refused("commitment does not match")
    return decrypt(blake(file_key, label("body")), envelope[len(head) + 32 :], head + commit)
