"""Bends texts line by line, and says what a refused command looks like."""

import os
import re
from collections.abc import Callable

from reporter.note import Signer

from .commands import Result

#: Signs for the deployment's log with a key nobody trusts.
STRANGER = Signer.make("intake.test", os.urandom(32))
Bend = Callable[[str], str]


def line(start: str, new: str) -> Bend:
    """Puts another line in place of the first that starts so."""
    return lambda text: re.sub(rf"(?m)^{start}.*$", lambda _: new, text, count=1)


def without(start: str) -> Bend:
    """Leaves out the first line that starts so."""
    return lambda text: re.sub(rf"(?m)^{start}.*\n", "", text, count=1)


def swapped(one: str, other: str) -> Bend:
    """Two lines in each other's place."""

    def bend(text: str) -> str:
        lines = text.split("\n")
        first, second = (
            next(at for at, found in enumerate(lines) if found.startswith(start))
            for start in (one, other)
        )
        lines[first], lines[second] = lines[second], lines[first]
        return "\n".join(lines)

    return bend


def assert_one_line(result: Result) -> None:
    """A refusal: exit 1 and one line that says what was found and what must be."""
    assert result.status == 1, str(result)
    lines = result.error.strip().splitlines()
    assert len(lines) == 1, f"must be one line: {result}"
    assert not re.search(r"Swift|\.swift|Error Domain|Error\(", result.error), str(result)
