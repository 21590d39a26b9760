"""The signed answer to a submission (section 7)."""

import datetime
from dataclasses import dataclass

from .codec import base64_bytes
from .leaf import SIZE, Leaf
from .note import Note, VerifierKey
from .primitives import sha256
from .refusal import Refused
from .submission import COVER, Submission


@dataclass(frozen=True)
class Promise:
    """The day that will carry a leaf, signed by the promise key."""

    day: datetime.date
    leaf: bytes

    @staticmethod
    def verified(data: bytes, origin: str, *keys: VerifierKey) -> "Promise":
        """Reads and verifies a promise of this log, under any of its promise keys."""
        note = Note.read(data)
        named = [key for key in keys if key.name == promise_name(origin)]
        if not any(note.signed_by(key) for key in named):
            raise Refused("no signature of a promise key")
        lines = note.text.split("\n")
        if len(lines) != 5 or lines[4] or lines[0] != "sealedintake/v1/promise":
            raise Refused("promise has other than its four lines")
        if lines[1] != origin:
            raise Refused(f"origin {lines[1]!r}, must be {origin!r}")
        leaf = base64_bytes(lines[3])
        if len(leaf) != SIZE:
            raise Refused(f"leaf of {len(leaf)} B, must be {SIZE}")
        return Promise(date(lines[2]), leaf)


def promise_name(deployment: str) -> str:
    """The name of a deployment's promise key."""
    return f"promise.{deployment}"


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
    digest = sha256(submission.envelope)
    return Leaf.text(submission.organisation, submission.tag, digest).encoded
