"""The requests that every visit makes: those of its beginning, and its beats."""

import re

from house import asset
from slow_time import BEAT
from visitor import SUBMISSION

CHALLENGE = "GET /v1/challenge"
FILES = ["GET /v1/directory", "GET /v1/tree", CHALLENGE, "GET /v1/log/checkpoint"]
#: What goes with the program.
REST = re.compile(r"GET /assets/[a-z-]+-[0-9a-f]{16}\.json")
PROGRAMS = ["GET " + asset("intake.wasm"), "GET " + asset("intake.js")]
POST = "POST /v1/envelopes"
#: A timer may be so many milliseconds late.
TOLERANCE = 20


def has_shard(number: int) -> bool:
    """Whether a beat, counted from 1, asks for a shard of the drop before it posts."""
    return number <= 4 or number % 4 == 0


def check_requests(paths: list[str]) -> int:
    """These are a visit's: the files, the rest, the program, then beats, the last one perhaps begun.

    Answers how many beats posted.
    """
    months = paths[4:6]
    assert paths[:4] == FILES and REST.fullmatch(paths[6]) and paths[7] in PROGRAMS
    assert all(month.startswith("GET /v1/log/2") for month in months) and months == sorted(months)
    expected = []
    for number in range(1, len(paths)):
        expected += [CHALLENGE, *["GET /v1/drop/"] * has_shard(number), POST]
    beats = [path[:-3] if path.startswith("GET /v1/drop/") else path for path in paths[8:]]
    assert beats == expected[: len(beats)]
    assert all(len(path) == len("GET /v1/drop/000") for path in paths if "drop" in path)
    return beats.count(POST)


def expected(lasts: int) -> list[tuple]:
    """What all visits ask for under a clock that a test moves, and when."""
    found = []
    for number in range(1, 99):
        at = BEAT / 2 + BEAT * (number - 1)
        if at >= lasts:
            return found
        found.append((at * 1000, "GET", "/v1/challenge", 0, 200))
        if has_shard(number):
            found.append((at * 1000, "GET", "/v1/drop/###", 0, 200))
        found.append((at * 1000, "POST", "/v1/envelopes", SUBMISSION, 201))


def differences(asked: list[tuple], lasts: int) -> list[str]:
    """Where a visit of so many seconds is not like all others."""
    told = expected(lasts)
    found = [f"{len(asked)} requests, must be {len(told)}"] if len(asked) != len(told) else []
    for one, other in zip(asked, told, strict=False):
        if one[1:] != other[1:] or not 0 <= one[0] - other[0] <= TOLERANCE:
            found.append(f"{one}, must be {other}")
    return found
