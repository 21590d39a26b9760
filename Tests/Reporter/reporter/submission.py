"""Submissions and their stamp (section 7)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from .codec import Reader, padded, u8, u32, u64, unpadded
from .envelope import EnvelopeClass, check, random_text
from .primitives import argon2id, label, mac, sha256
from .refusal import Refused

MAGIC = b"SIF1"
HEAD = 92
COVER = 1
#: The parts of a stamp.
PARTS = 4
#: What a stamp is asked in a quiet hour.
LEAST_TRIES = 256
_GREATEST = 2**64 - 1


@dataclass(frozen=True)
class Challenge:
    """What `GET /v1/challenge` answers: 22 B, and two for each organisation."""

    hour: int
    flags: int
    value: bytes
    tries: tuple[int, ...]

    @staticmethod
    def read(data: bytes) -> "Challenge":
        """Reads `u32 hour ‖ u8 flags ‖ u8 n ‖ challenge[16] ‖ n x u16 tries`."""
        reader = Reader(data)
        hour, flags, many = reader.u32(), reader.u8(), reader.u8()
        if flags > 3:
            raise Refused(f"flags {flags}, must be at most 3")
        found = Challenge(hour, flags, reader.take(16), tuple(reader.u16() for _ in range(many)))
        reader.end()
        return found

    def require(self, organisations: int, work: int) -> None:
        """Refuses what does not fit the directory: before any work is done."""
        if len(self.tries) != organisations:
            raise Refused(f"work for {len(self.tries)}, must be for {organisations}")
        for one in self.tries:
            if not 1 <= one <= work:
                raise Refused(f"{one} tries asked, must be from 1 to {work}")


def challenge(key: bytes, hour: int) -> bytes:
    """The 16 bytes of an hour, from the key that the server draws when it starts."""
    return mac(key, label("challenge") + b"\0" + u32(hour))[:16]


def tries(counts: list[int], work: int) -> int:
    """What is asked of an hour after these counts, the newest last, offsets counted."""
    load = max(counts[-1], sum(counts[-24:]) // 12)
    asked = LEAST_TRIES if load <= 1_024 else LEAST_TRIES * load * load // 1_048_576
    return min(asked, work)


@dataclass(frozen=True)
class Stamp:
    """`u32 hour ‖ ticket[16] ‖ 4 x u64 nonce`, 52 B."""

    hour: int = 0
    ticket: bytes = bytes(16)
    nonces: tuple[int, ...] = (0, 0, 0, 0)

    @property
    def encoded(self) -> bytes:
        """The 52 bytes."""
        return u32(self.hour) + self.ticket + b"".join(u64(one) for one in self.nonces)

    @staticmethod
    def read(data: bytes) -> "Stamp":
        """Reads the 52 bytes."""
        reader = Reader(data)
        hour, ticket = reader.u32(), reader.take(16)
        found = Stamp(hour, ticket, tuple(reader.u64() for _ in range(PARTS)))
        reader.end()
        return found

    @staticmethod
    def random() -> "Stamp":
        """As a cover carries one: it needs no work."""
        return Stamp.read(os.urandom(52))

    @staticmethod
    def work(organisation: str, hour: int, value: bytes, asked: int) -> "Stamp":
        """A stamp worth so many tries, on a ticket of its own."""
        ticket = os.urandom(16)
        subject = stamp_subject(padded(organisation), ticket)
        return Stamp(hour, ticket, find_nonces(subject, value, asked))

    def is_worth(self, organisation: str, value: bytes, asked: int) -> bool:
        """Whether each of the four parts holds; stops at the first that does not."""
        subject = stamp_subject(padded(organisation), self.ticket)
        return all(
            stamp_part(subject, at, nonce, value) <= limit(asked)
            for at, nonce in enumerate(self.nonces)
        )


def stamp_subject(org16: bytes, ticket: bytes) -> bytes:
    """The first part of the stamp's passwords."""
    return sha256(label("stamp") + b"\0" + org16 + ticket)


def stamp_part(subject: bytes, part: int, nonce: int, value: bytes) -> int:
    """The first eight bytes of one hash of 128 KiB, as a number."""
    found = argon2id(subject + u8(part) + u64(nonce), value, 1, 131_072)
    return int.from_bytes(found[:8], "big")


def limit(asked: int) -> int:
    """What a part may be at most to be worth so many tries."""
    return _GREATEST // asked


def nonces(subject: bytes, part: int, value: bytes, asked: int) -> Iterator[int]:
    """All nonces from 0 that serve for a part."""
    most = limit(asked)
    return (one for one in count() if stamp_part(subject, part, one, value) <= most)


def find_nonces(subject: bytes, value: bytes, asked: int) -> tuple[int, ...]:
    """The first nonce from 0 of each part."""
    return tuple(next(nonces(subject, part, value, asked)) for part in range(PARTS))


@dataclass(frozen=True)
class Submission:
    """An envelope as posted: 92 B and the envelope."""

    organisation: str
    tag: bytes
    envelope: bytes
    kind: int = 1
    flags: int = 0
    stamp: Stamp = Stamp()

    @property
    def encoded(self) -> bytes:
        """The body of the POST."""
        start = MAGIC + u8(self.kind) + u8(self.flags) + b"\0\0" + padded(self.organisation)
        return start + self.tag + self.stamp.encoded + self.envelope

    @staticmethod
    def read(data: bytes) -> "Submission":
        """Reads a posted body in the order of its bytes; neither tag nor stamp is looked at."""
        reader = Reader(data)
        if reader.take(4) != MAGIC:
            raise Refused("magic is not SIF1")
        kind, flags = reader.u8(), reader.u8()
        if kind not in (EnvelopeClass.TEXT, EnvelopeClass.PIECE):
            raise Refused(f"class {kind}, must be 1 or 2")
        if flags > COVER or any(reader.take(2)):
            raise Refused("flags or reserved bytes are set")
        organisation, tag = unpadded(reader.take(16)), reader.take(16)
        stamp = Stamp.read(reader.take(52))
        envelope = reader.take(reader.left)
        check(envelope, EnvelopeClass(kind))
        return Submission(organisation, tag, envelope, kind, flags, stamp)

    def with_stamp(self, given: Challenge, asked: int) -> "Submission":
        """The same with a stamp worth so many tries."""
        stamp = Stamp.work(self.organisation, given.hour, given.value, asked)
        return replace(self, stamp=stamp)

    def is_worth(self, given: Challenge, asked: int) -> bool:
        """Whether its stamp holds."""
        return self.stamp.is_worth(self.organisation, given.value, asked)


def cover(organisation: str) -> Submission:
    """A cover: random tag, envelope of random bytes, random stamp."""
    sent = organisation, os.urandom(16), random_text()
    return Submission(*sent, flags=COVER, stamp=Stamp.random())
