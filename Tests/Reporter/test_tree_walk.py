"""The decision tree as this end reads it, and its vectors."""

import datetime
import json

import pytest
from make_walks import DAY, TREE, WALKS, walks_file
from paper_log import PaperLog, days
from reporter.refusal import Refused
from reporter.tree import BLOCKS, SplitRandom, Tree, lines, random_answers

STORIES = json.loads(WALKS.with_name("wegwijzer-scenarios.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tree() -> Tree:
    """The tree of the project."""
    return Tree(TREE.read_bytes())


@pytest.mark.parametrize("story", STORIES["cases"], ids=lambda story: str(story["number"]))
def test_the_stories_of_the_tree(tree: Tree, story: dict) -> None:
    day = datetime.date.fromisoformat(STORIES["day"])
    walk = tree.walk([tuple(pair) for pair in story["answers"]], day)
    assert (walk.open, walk.outcomes) == ("", story["outcomes"])
    shown = {block: [one for where, one in walk.shown if where == block] for block in BLOCKS}
    assert shown == {block: story["shown"].get(block, []) for block in BLOCKS}


def test_the_walks_are_those_of_the_tree() -> None:
    assert WALKS.read_text("utf-8") == walks_file(), "run Tests/Reporter/make_walks.py"


def test_a_walk_is_the_same_in_any_order(tree: Tree) -> None:
    random = SplitRandom(1)
    for _ in range(100):
        answers = random_answers(tree, random, DAY)
        assert tree.walk(answers[::-1], DAY) == tree.walk(answers, DAY)


@pytest.mark.parametrize(
    "answers, found",
    [
        ([("x", "y")], "x=y is not in the tree"),
        ([("plicht", "o14")], "plicht=o14 is not in the tree"),
        ([("rol", "ouder")], "'rol' was answered, nothing led to it"),
        ([("gevaar", "nee"), ("gevaar", "onbekend")], "'gevaar' has an answer too many"),
        ([("gevaar", "nee"), ("gevaar", "nee")], "'gevaar' has an answer too many"),
    ],
)
def test_answers_that_do_not_walk_are_refused(
    tree: Tree, answers: list[tuple[str, str]], found: str
) -> None:
    with pytest.raises(Refused, match=found):
        tree.walk(answers, DAY)


def test_answers_are_lines() -> None:
    assert lines([("gevaar", "nee"), ("rol", "ouder")]) == b"gevaar=nee\nrol=ouder\n"


def test_another_tree_than_the_directorys_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    log = PaperLog()
    log.close(days(-5))
    log.public()
    honest = PaperLog.get
    monkeypatch.setattr(
        PaperLog,
        "get",
        lambda log, path, *more: b"another" if path == "/v1/tree" else honest(log, path, *more),
    )
    with pytest.raises(Refused, match="another than the directory's"):
        log.public()
