"""Submissions and their stamp (section 7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from .codec import Reader, padded, u8, u32, u64
from .primitives import argon2id, label, sha256
from .refusal import Refused

MAGIC = b"SIF1"
HEAD = 52
COVER = 1


@dataclass(frozen=True)
class Challenge:
    """What `GET /v1/challenge` answers, 24 B."""

    hour: int
    difficulty: int
    flags: int
    value: bytes

    @staticmethod
    def read(data: bytes) -> "Challenge":
        """Reads the 24 bytes."""
        reader = Reader(data)
        hour, difficulty, flags = reader.u32(), reader.u8(), reader.u8()
        if any(reader.take(2)) or flags > 3:
            raise Refused("challenge's reserved bytes or flags are set")
        found = Challenge(hour, difficulty, flags, reader.take(16))
        reader.end()
        return found


def challenge(root: bytes, hour: int) -> bytes:
    """The 16 bytes a stamp is found for."""
    return sha256(label("challenge") + root + u32(hour))[:16]


@dataclass(frozen=True)
class Submission:
    """An envelope as posted: 52 B and the envelope."""

    organisation: str
    tag: bytes
    envelope: bytes
    kind: int = 1
    flags: int = 0
    hour: int = 0
    nonce: int = 0

    @property
    def encoded(self) -> bytes:
        """The body of the POST."""
        start = MAGIC + u8(self.kind) + u8(self.flags) + b"\0\0" + padded(self.organisation)
        return start + self.tag + u32(self.hour) + u64(self.nonce) + self.envelope

    @property
    def stamped(self) -> bytes:
        """What the proof of work is bound to, 32 B."""
        return stamp_subject(padded(self.organisation), self.tag, sha256(self.envelope))

    def with_stamp(self, given: Challenge, bits: int | None = None) -> "Submission":
        """The same with a nonce that has `bits` zero bits (the challenge's difficulty)."""
        bits = given.difficulty if bits is None else bits
        nonce = find_stamp(self.stamped, given.value, bits) if bits else 0
        return Submission(
            self.organisation, self.tag, self.envelope, self.kind, self.flags, given.hour, nonce
        )


def stamp_subject(org16: bytes, tag: bytes, digest: bytes) -> bytes:
    """The first half of the stamp's password."""
    return sha256(label("stamp") + b"\0" + org16 + tag + digest)


def stamp_bits(subject: bytes, value: bytes, nonce: int) -> int:
    """How many zero bits a nonce gives."""
    found = argon2id(subject + u64(nonce), value, 1, 1_048_576)
    return 256 - int.from_bytes(found, "big").bit_length()


def stamps(subject: bytes, value: bytes, bits: int) -> Iterator[int]:
    """All nonces from 0 that have at least `bits` zero bits."""
    return (nonce for nonce in count() if stamp_bits(subject, value, nonce) >= bits)


def find_stamp(subject: bytes, value: bytes, bits: int) -> int:
    """The first nonce that has at least `bits` zero bits."""
    return next(stamps(subject, value, bits))


def difficulty(submissions: int, is_piece: bool = False) -> int:
    """What the server asks after so many submissions to an organisation in the clock hour.

    floor(log2(n / 50)) + 1 is the bit length of floor(n / 50).
    """
    asked = min(12, (submissions // 50).bit_length())
    return asked + (4 if is_piece else 0)
