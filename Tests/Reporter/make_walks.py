"""Makes `wegwijzer-walks.json` of `Tests/Vectors`: what 2,000 random walks over the tree come to.

    .venv/bin/python Tests/Reporter/make_walks.py

To be run after each change of `tree/wegwijzer.tree`.
"""

import datetime
import json
from pathlib import Path

from reporter.primitives import sha256
from reporter.tree import Answers, SplitRandom, Tree, Walk, lines, random_answers

PROJECT = Path(__file__).resolve().parents[2]
TREE = PROJECT / "tree" / "wegwijzer.tree"
WALKS = PROJECT / "Tests" / "Vectors" / "wegwijzer-walks.json"
DAY = datetime.date(2026, 12, 1)
SEEDS, COUNT = range(1, 21), 100
ABOUT = (
    "SHA-256 over `count` random walks of a seed (SplitMix64): of each the answers as field 9 "
    "holds them, then the lines `questions ID…`, `outcomes ID…` and `shown BLOCK ID…`."
)


def written(answers: Answers, walk: Walk) -> bytes:
    """A walk in the form that is digested."""
    shown = [word for entry in walk.shown for word in entry]
    named = [("questions", walk.questions), ("outcomes", walk.outcomes), ("shown", shown)]
    return lines(answers) + "".join(" ".join([name, *ids]) + "\n" for name, ids in named).encode()


def digest(tree: Tree, seed: int, count: int) -> str:
    """Of all walks of a seed."""
    random, whole = SplitRandom(seed), b""
    for _ in range(count):
        answers = random_answers(tree, random, DAY)
        whole += written(answers, tree.walk(answers, DAY))
    return sha256(whole).hex()


def walks_file() -> str:
    """`wegwijzer-walks.json`."""
    data = TREE.read_bytes()
    tree = Tree(data)
    cases = [
        {"seed": seed, "count": COUNT, "digest": digest(tree, seed, COUNT)} for seed in SEEDS
    ]
    file = {"about": ABOUT, "tree": sha256(data).hex(), "day": str(DAY), "cases": cases}
    return json.dumps(file, indent=1) + "\n"


if __name__ == "__main__":
    WALKS.write_text(walks_file(), "utf-8")
