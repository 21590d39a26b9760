"""A program that learns from half of the visits what tells two kinds apart, and tries the rest.

It looks at every feature of the list of requests and at every pair of features. Whether it does
better than guessing is decided by the exact law of guessing, so that a false alarm over all it
tries happens less often than once in 1e9 runs.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .observing import Exchange

FALSE_ALARM = 1e-9
#: Numbers of more different values than this are parted into so many ranges in pairs.
RANGES = 4

Features = dict[str, Hashable]
Look = Callable[[Features], Hashable]


@dataclass(frozen=True)
class Finding:
    """What told visits apart, how often it was right, and how often guessing would be."""

    look: str
    right: int
    of: int
    chance: float


def features(visit: Sequence[Exchange], before: Sequence[Exchange], place: int) -> Features:
    """All there is to see of a visit, the one before it, and its place in the list."""
    found: Features = {
        "requests": len(visit),
        "place": place,
        "odd place": place % 2,
        "asked in all": sum(one.asked for one in visit),
        "answered in all": sum(one.answered for one in visit),
        "paths as before": [one.path for one in visit] == [one.path for one in before],
    }
    for at, one in enumerate(visit):
        found |= {
            f"{at} method": one.method,
            f"{at} path": one.path,
            f"{at} status": one.status,
            f"{at} asked": one.asked,
            f"{at} answered": one.answered,
            f"{at} names": tuple(name for name, _ in one.headers),
            f"{at} answer's names": tuple(name for name, _ in one.answer_headers),
        }
        found |= {f"{at} > {name}": value for name, value in one.headers}
        found |= {f"{at} < {name}": value for name, value in one.answer_headers}
    for kind, count in Counter((one.method, one.path) for one in visit).items():
        found[f"times {' '.join(kind)}"] = count
    return found


def all_features(visits: Sequence[Sequence[Exchange]]) -> list[Features]:
    """The features of visits in their order."""
    return [
        features(visit, visits[place - 1] if place else (), place)
        for place, visit in enumerate(visits)
    ]


def findings(seen: Sequence[Features], labels: Sequence[bool], seed: int) -> list[Finding]:
    """What tells the labels apart better than guessing, most certain first."""
    order = list(range(len(seen)))
    random.Random(seed).shuffle(order)
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    tried = [
        _try(name, look, seen, labels, learn, test)
        for learn, test in (halves, halves[::-1])
        for name, look in _looks([seen[at] for at in learn], [labels[at] for at in learn])
    ]
    certain = [
        Finding(one.look, one.right, one.of, one.chance * len(tried))
        for one in tried
        if one.chance * len(tried) < FALSE_ALARM
    ]
    return sorted(certain, key=lambda one: one.chance)


def guessing(right: int, guessed: int, true: int, of: int) -> float:
    """The probability that guesses which know nothing hit `right` true ones, or are as far off.

    `guessed` of `of` are guessed to be true and `true` are: twice the tail of the hypergeometric
    law.
    """
    least, most = max(0, guessed + true - of), min(guessed, true)
    tail = range(right, most + 1) if right * of >= guessed * true else range(least, right + 1)
    ways = sum(math.comb(true, hit) * math.comb(of - true, guessed - hit) for hit in tail)
    return min(1.0, 2 * ways / math.comb(of, guessed))


def _looks(learn: Sequence[Features], labels: Sequence[bool]) -> list[tuple[str, Look]]:
    names = sorted({name for one in learn for name in one})
    varying = [name for name in names if len({one.get(name) for one in learn}) > 1]
    found: list[tuple[str, Look]] = [(name, _value(name)) for name in varying]
    coarse = {name: _ranges(name, learn) for name in varying}
    for name in varying:
        if _is_numeric(name, learn):
            found.append((f"{name} split", _split(name, learn, labels)))
    for one, other in combinations(varying, 2):
        found.append((f"{one} & {other}", _both(coarse[one], coarse[other])))
    return found


def _value(name: str) -> Look:
    return lambda visit: visit.get(name)


def _both(one: Look, other: Look) -> Look:
    return lambda visit: (one(visit), other(visit))


def _is_numeric(name: str, learn: Sequence[Features]) -> bool:
    return all(isinstance(one.get(name, 0), int) for one in learn)


def _number(visit: Features, name: str) -> int:
    value = visit.get(name, -1)
    return value if isinstance(value, int) else -1


def _ranges(name: str, learn: Sequence[Features]) -> Look:
    values = sorted({_number(one, name) for one in learn})
    if not _is_numeric(name, learn) or len(values) <= RANGES:
        return _value(name)
    edges = [values[len(values) * part // RANGES] for part in range(1, RANGES)]
    return lambda visit: sum(_number(visit, name) >= edge for edge in edges)


def _split(name: str, learn: Sequence[Features], labels: Sequence[bool]) -> Look:
    """The edge that parts what was learnt best."""
    pairs = sorted(zip((_number(one, name) for one in learn), labels, strict=True))
    trues = sum(labels)
    best, edge, below = -1, pairs[0][0], 0
    for at, (value, label) in enumerate(pairs):
        apart = abs(below * len(pairs) - at * trues)
        if apart > best and (at == 0 or pairs[at - 1][0] < value):
            best, edge = apart, value
        below += label
    return lambda visit: _number(visit, name) >= edge


def _try(
    name: str,
    look: Look,
    seen: Sequence[Features],
    labels: Sequence[bool],
    learn: Sequence[int],
    test: Sequence[int],
) -> Finding:
    """Says of each visit of the other half what most of its kind were in the first."""
    votes: defaultdict[Hashable, int] = defaultdict(int)
    for at in learn:
        votes[look(seen[at])] += 1 if labels[at] else -1
    guesses = [votes.get(look(seen[at]), 0) > 0 for at in test]
    truths = [labels[at] for at in test]
    hits = sum(guess and truth for guess, truth in zip(guesses, truths, strict=True))
    right = sum(guess == truth for guess, truth in zip(guesses, truths, strict=True))
    chance = guessing(hits, sum(guesses), sum(truths), len(test))
    return Finding(name, right, len(test), chance)
