"""Walks of the tree: made up, walked by the page's style alone, and by the real command."""

import datetime
import functools
import json
import re
import subprocess

from house import PROJECT, TREE
from reporter.tree import BLOCKS, PLACES, Node, SplitRandom, Tree, random_answers
from stage.commands import program
from visitor import Visitor

STORIES = json.loads((PROJECT / "Tests" / "Vectors" / "wegwijzer-scenarios.json").read_text())
#: The day on which the tree holds.
DAY = STORIES["day"]
#: The day as a date.
TODAY = datetime.date.fromisoformat(DAY)
FILE = Tree(TREE.read_bytes())
QUESTIONS = {node.id: node for node in FILE.nodes if node.answers}
TEXTS = dict(
    line.split(" ", 1)
    for line in (TREE.parent / "wegwijzer.nl.texts").read_text().splitlines()[1:]
)
#: What an ending is called in the page, by the kind of its outcomes.
ENDS = {"danger": "danger", "help": "helped", "settled": "settled"}
#: The blocks that are shown to a visitor, in the order of their numbers.
SHOWN = BLOCKS[:-1]

#: What is checked, `QUESTION=ANSWER`, asked or not.
Checked = list[str]

#: Checks what a walk says and reads what is in sight then, for walk after walk.
WALK = """([walks, blocks, outcomes, entries]) => {
  const tree = document.getElementById('tree');
  const inputs = [...tree.querySelectorAll('input')];
  // What is folded counts: one tap opens it.
  const shown = (e) => e === tree || getComputedStyle(e).display !== 'none' && shown(e.parentElement);
  const read = (selector, name) => [...tree.querySelectorAll(selector)].filter(shown).map(name);
  // What can be shown has its place in the tree as its second class.
  const id = (all) => (e) => all[Number(e.classList[1].slice(1))];
  const each = '.e:not([data-with])';
  return walks.map((checked) => {
    if (checked) {
      inputs.forEach((i) => { i.checked = checked.includes(i.name + '=' + i.value); });
    }
    const found = blocks.map((name, n) => [name, read(`.b${n} ${each}`, id(entries))]);
    const parts = [...tree.querySelectorAll('.end .b')].filter(shown);
    return {
      questions: read('.q', (e) => e.dataset.q), ends: read('.end', (e) => e.dataset.end),
      outcomes: read('h2.o', id(outcomes)),
      shown: Object.fromEntries(found.filter(([, ids]) => ids.length)),
      // Rows that no tap has to open.
      sight: read(`.helped > .h ${each}`, id(entries)),
      empty: parts.filter((part) => ![...part.querySelectorAll(each)].some(shown)).length,
    };
  });
}"""


def in_page(someone: Visitor, walks: list[Checked | None]) -> list[dict]:
    """What is in sight when a walk is checked; nothing is changed where there is none."""
    return someone.page.evaluate(
        WALK, [walks, list(SHOWN), list(FILE.outcomes), [entry.id for entry in FILE.entries]]
    )


def native(walks: list[Checked]) -> list[dict]:
    """What the engine says of walks, by the real command."""
    command = [program("intake-admin"), "tree", "walk", TREE, "--lines", "--today", DAY]
    text = "".join(" ".join(walk) + "\n" for walk in walks)
    done = subprocess.run(
        [str(word) for word in command], input=text, capture_output=True, text=True, check=False
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(said) == len(walks), done.stderr
    return said


@functools.cache
def with_rows() -> set[str]:
    """The organisations of which first help can show a row: there is a way to reach them, or a key."""
    found, last = set(), ""
    for line in TREE.read_text().splitlines():
        words = line.split()
        if words[0] == "organisation":
            last = words[1]
        if words[:3:2] == ["organisation", "sealed"] or words[0] == "contact" and words[2] != "none":
            found.add(last)
    return found


def in_sight(said: dict) -> list[str]:
    """Whose rows must not be folded: the first of first help that has one, and the first place."""
    if said["open"] or "help" not in {FILE.outcomes[one] for one in said["outcomes"]}:
        return []
    first = [one for one in said["shown"].get("first", []) if one in with_rows()]
    return first[:1] + said["shown"].get("place", [])[:1]


def expected(said: dict) -> dict:
    """What must be in sight by what the engine says."""
    assert "refused" not in said, said
    ended = said["open"] is None
    kinds = {FILE.outcomes[outcome] for outcome in said["outcomes"]} if ended else set()
    shown = {block: ids for block, ids in said["shown"].items() if block in SHOWN}
    return {
        "questions": said["questions"],
        "ends": [ENDS[kind] for kind in kinds],
        "outcomes": said["outcomes"] if ended else [],
        "shown": shown,
        "sight": in_sight(said),
        "empty": 0,
    }


def stands(told: list[str], seen: list[str]) -> list[str]:
    """The order in which a block may stand: the engine's, but that all which can be called or
    written to from here stand before what cannot, both in the engine's order."""
    for place in range(len(seen) + 1):
        parts = seen[:place], seen[place:]
        if all(list(part) == [one for one in told if one in part] for part in parts):
            return seen if sorted(seen) == sorted(told) else told
    return told


def counted(checked: Checked, questions: list[str]) -> Checked:
    """What is checked in questions that are asked: the rest must count for nothing."""
    return [answer for answer in checked if answer.split("=")[0] in questions]


def check(walks: list[Checked], seen: list[dict]) -> list[dict]:
    """What was in sight is what the engine says of the answers that count."""
    asked = [counted(walk, one["questions"]) for walk, one in zip(walks, seen, strict=True)]
    said = native(asked)
    for walk, one, of_engine in zip(walks, seen, said, strict=True):
        shown = expected(of_engine)
        shown["shown"] = {
            block: stands(ids, one["shown"].get(block, [])) for block, ids in shown["shown"].items()
        }
        assert one == shown, (walk, of_engine)
    return said


def leads_to_danger(node: Node, answer: str) -> bool:
    return FILE.outcomes.get(node.answers[answer][0]) == "danger"


def changed_minds(seed: int, count: int) -> list[Checked]:
    """Walks in which almost everything is checked, asked or not: somebody changed her mind, and
    what she chose before is still there. A third is not finished."""
    random = SplitRandom(seed)
    walks = []
    for _ in range(count):
        is_partial = random.next() % 3 == 0
        checked: Checked = []
        for node in QUESTIONS.values():
            if is_partial and random.next() % 6 == 0:
                continue
            ids = list(node.answers)
            chosen = ids[random.next() % len(ids)]
            if leads_to_danger(node, chosen) and random.next() % 3:
                chosen = ids[-1]
            some = [chosen]
            if node.is_many:
                bits = random.next() & random.next() & random.next()
                some = [one for place, one in enumerate(ids) if bits >> place & 1] or some
            checked += [f"{node.id}={one}" for one in some]
        walks.append(checked)
    return walks


def whole_walks(seed: int, count: int) -> list[Checked]:
    """Complete walks, in which nothing is checked that is not asked."""
    random = SplitRandom(seed)
    walks = [random_answers(FILE, random, TODAY) for _ in range(count)]
    return [[f"{question}={answer}" for question, answer in walk] for walk in walks]


def plain_walks(seed: int, count: int) -> list[Checked]:
    """Complete walks with one theme and without danger."""
    random = SplitRandom(seed)
    walks = []
    for _ in range(count):
        walk: list[tuple[str, str]] = []
        while asked := FILE.walk(walk, TODAY).open:
            node = QUESTIONS[asked]
            calm = [one for one in node.answers if not leads_to_danger(node, one)]
            walk.append((asked, calm[random.next() % len(calm)]))
        walks.append([f"{question}={answer}" for question, answer in walk])
    return walks


@functools.cache
def _sample() -> list[tuple[Checked, dict]]:
    """Complete walks, with what the engine says of them."""
    walks = whole_walks(3, 3000) + plain_walks(4, 2000)
    return list(zip(walks, native(walks), strict=True))


def one_each() -> dict[str, Checked]:
    """For each outcome a short complete walk that comes to it."""
    found: dict[str, Checked] = {}
    for walk, said in _sample():
        for outcome in said["outcomes"]:
            if outcome not in found or len(walk) < len(found[outcome]):
                found[outcome] = walk
    assert set(found) == set(FILE.outcomes)
    return found


def everything_shown() -> list[Checked]:
    """Walks that together show every entry of the tree that a visitor can see, in each kind of
    ending that can show it."""
    covering, covered = [], set()
    for walk, said in _sample():
        kind = FILE.outcomes[said["outcomes"][0]]
        shown = {(kind, block, one) for block in said["shown"] for one in said["shown"][block]}
        if shown - covered:
            covering.append(walk)
            covered |= shown
    seen = {(block, one) for _, block, one in covered}
    for entry in FILE.entries:
        # What a block before shows already is not shown again.
        blocks = PLACES if entry.block in PLACES else (entry.block,)
        assert entry.block == "desk" or any((block, entry.id) in seen for block in blocks), entry
    return covering


def said_of(key: str) -> list[str]:
    """The text of a key, or the texts of a list."""
    if key in TEXTS:
        return [TEXTS[key]]
    listed = [text for name, text in TEXTS.items() if re.fullmatch(re.escape(key) + r"\.\d+", name)]
    assert listed, f"the tree says nothing under {key}"
    return listed
