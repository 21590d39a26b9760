"""Stamps for what tests post: worked for what is asked, or without work where that is enough."""

import os
import time
from dataclasses import replace

from reporter.envelope import random_text
from reporter.submission import Challenge, Stamp, Submission
from reporter.web import Server


def now() -> int:
    """The hour."""
    return int(time.time()) // 3600


def unworked(one: Submission, hour: int | None = None) -> Submission:
    """With a fresh ticket and no work: it serves where a directory asks one try (`work 1`)."""
    return replace(one, stamp=Stamp(now() if hour is None else hour, os.urandom(16)))


def junk(organisation: str = "nl-vi") -> Submission:
    """A text nobody can open, that a server which asks one try accepts."""
    return unworked(Submission(organisation, os.urandom(16), random_text()))


def asked(server: Server) -> Challenge:
    """What is asked now."""
    return Challenge.read(server.get("/v1/challenge"))


def stamped(server: Server, one: Submission) -> Submission:
    """With a stamp that is worth the most that the server asks now of any organisation."""
    given = asked(server)
    return one.with_stamp(given, max(given.tries))
