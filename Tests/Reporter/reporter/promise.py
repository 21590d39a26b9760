"""The signed answer to a submission (section 7)."""

import datetime
from dataclasses import dataclass

from .codec import base64_bytes, padded
from .leaf import SIZE, Leaf
from .note import Note, VerifierKey
from .primitives import sha256
from .refusal import Refused
from .submission import COVER, Submission


@dataclass(frozen=True)
class Promise:
    """The day that will carry a leaf, signed by the log key."""

    day: datetime.date
    leaf: bytes

    @staticmethod
    def verified(data: bytes, *logs: VerifierKey) -> "Promise":
        """Reads and verifies a promise of this log, under any of its keys."""
        note = Note.read(data)
        if not any(note.signed_by(key) for key in logs):
            raise Refused("no signature of the log")
        log = logs[0]
        lines = note.text.split("\n")
        if len(lines) != 5 or lines[4] or lines[0] != "sealedintake/v1/promise":
            raise Refused("promise has other than its four lines")
        if lines[1] != log.name:
            raise Refused(f"origin {lines[1]!r}, must be {log.name!r}")
        leaf = base64_bytes(lines[3])
        if len(leaf) != SIZE:
            raise Refused(f"leaf of {len(leaf)} B, must be {SIZE}")
        return Promise(date(lines[2]), leaf)


def date(text: str) -> datetime.date:
    """YYYY-MM-DD and nothing else."""
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"date {text!r}, must be YYYY-MM-DD") from error
    if found.isoformat() != text:
        raise Refused(f"date {text!r}, must be YYYY-MM-DD")
    return found


def promised_leaf(submission: Submission) -> bytes:
    """The leaf a promise must name for this submission."""
    if submission.flags & COVER:
        return bytes(SIZE)
    kind = 1 if submission.kind == 1 else 0
    digest = sha256(submission.envelope)
    return Leaf(kind, padded(submission.organisation), submission.tag, digest).encoded
