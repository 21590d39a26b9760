"""Waiting for something to become true, with a deadline; never for time to pass."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(question: Callable[[], Found | None], what: str, seconds: float = 30) -> Found:
    """Asks until the answer is true; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.01)
