"""The decision tree file and walks over it (section 9.4), shared with no other implementation."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .refusal import Refused

#: Blocks in which an organisation is shown at most once.
PLACES = ("first", "place", "also")
BLOCKS = (*PLACES, "note", "duty", "lead", "rung", "desk")

Answers = Sequence[tuple[str, str]]


@dataclass
class Node:
    """A question with its answers, or a rule with its cases."""

    id: str
    is_many: bool = False
    answers: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    cases: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass
class Entry:
    """Something shown at the end."""

    block: str
    id: str
    days: dict[str, str]
    whens: list[list[str]] = field(default_factory=list)

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is in force."""
        return self.days.get("from", "") <= str(day) <= self.days.get("until", "9999-12-31")


@dataclass(frozen=True)
class Walk:
    """What answers come to, by ids."""

    questions: list[str]
    open: str
    outcomes: list[str]
    shown: list[tuple[str, str]]


class Tree:
    """A decision tree that was verified by its digest: its form is not checked again."""

    def __init__(self, data: bytes) -> None:
        self.nodes: list[Node] = []
        self.outcomes: dict[str, str] = {}
        self.entries: list[Entry] = []
        for line in data.decode("ascii").splitlines():
            word, *rest = line.split(" ")
            match word:
                case "question":
                    self.nodes.append(Node(rest[0], rest[1] == "many"))
                case "rule":
                    self.nodes.append(Node(rest[0]))
                case "answer":
                    self.nodes[-1].answers[rest[0]] = rest[2], rest[3:]
                case "case":
                    self.nodes[-1].cases.append((rest[0], rest[1:]))
                case "outcome":
                    self.outcomes[rest[0]] = rest[1]
                case "show":
                    days = dict(zip(rest[2::2], rest[3::2], strict=True))
                    self.entries.append(Entry(rest[0], rest[1], days))
                case "when":
                    self.entries[-1].whens.append(rest)
        self._by_id = {node.id: node for node in self.nodes}

    def node(self, wanted: str) -> Node:
        """A question or rule by its id."""
        return self._by_id[wanted]

    def walk(self, answers: Answers, day: datetime.date) -> Walk:
        """Walks by answers, whatever their order."""
        self._check(answers)
        reached, known, ends = {self.nodes[0].id}, set(), set()
        questions, unanswered = [], []
        given: dict[str, list[str]] = {}
        for question, answer in answers:
            given.setdefault(question, []).append(answer)
        for node in self.nodes:
            chosen = given.get(node.id, [])
            if node.id not in reached:
                if chosen:
                    raise Refused(f"{node.id!r} was answered, nothing led to it")
                continue
            if node.answers:
                questions.append(node.id)
                if not chosen:
                    unanswered.append(node.id)
            ways = [node.answers[answer] for answer in chosen]
            for _, facts in ways:
                known.update(facts)
            holding = [target for target, terms in node.cases if _all(terms, known)]
            for target in [target for target, _ in ways] + holding[:1]:
                (ends if target in self.outcomes else reached).add(target)
        return self._ended(questions, unanswered, known, ends, day)

    def _check(self, answers: Answers) -> None:
        for question, answer in answers:
            node = self._by_id.get(question)
            if node is None or answer not in node.answers:
                raise Refused(f"{question}={answer} is not in the tree")
            count = sum(one == question for one, _ in answers)
            if count > 1 and not node.is_many or list(answers).count((question, answer)) > 1:
                raise Refused(f"{question!r} has an answer too many")

    def _ended(
        self,
        questions: list[str],
        unanswered: list[str],
        known: set[str],
        ends: set[str],
        day: datetime.date,
    ) -> Walk:
        kinds = {kind: [one for one in self.outcomes if one in ends and self.outcomes[one] == kind]
                 for kind in ("danger", "help", "settled")}
        outcomes = kinds["danger"] or kinds["help"] or kinds["settled"]
        is_danger = bool(kinds["danger"])
        known = known | {f"outcome={one}" for one in outcomes}
        still_open = "" if is_danger or not unanswered else unanswered[0]
        shown = [] if still_open else list(self._shown(known, is_danger, day))
        return Walk(questions, still_open, outcomes, shown)

    def _shown(
        self, known: set[str], is_danger: bool, day: datetime.date
    ) -> Iterator[tuple[str, str]]:
        placed = set()
        for entry in self.entries:
            holds = any(
                _all(terms, known)
                and (not is_danger or any(term.startswith("outcome=") for term in terms))
                for terms in entry.whens
            )
            if not holds or not entry.holds_on(day):
                continue
            if entry.block in PLACES:
                if entry.id in placed:
                    continue
                placed.add(entry.id)
            yield entry.block, entry.id


def _all(terms: Sequence[str], known: set[str]) -> bool:
    return all((term[1:] not in known) if term[0] == "!" else term in known for term in terms)


def lines(answers: Answers) -> bytes:
    """Answers as field 9 holds them."""
    return "".join(f"{question}={answer}\n" for question, answer in answers).encode()


class SplitRandom:
    """The same numbers each time, here and in Swift (SplitMix64)."""

    _WORD = (1 << 64) - 1

    def __init__(self, seed: int) -> None:
        self._state = seed

    def next(self) -> int:
        """Sixty-four bits."""
        self._state = (self._state + 0x9E37_79B9_7F4A_7C15) & self._WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9) & self._WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB) & self._WORD
        return mixed ^ (mixed >> 31)


def random_answers(tree: Tree, random: SplitRandom, day: datetime.date) -> list[tuple[str, str]]:
    """A complete walk, in the order of the tree: each open question gets an answer, one of many
    about a quarter of all, and danger is taken only where it is drawn twice."""
    answers: list[tuple[str, str]] = []
    while asked := tree.walk(answers, day).open:
        node = tree.node(asked)
        ids = list(node.answers)
        chosen = random.next() % len(ids)
        if tree.outcomes.get(node.answers[ids[chosen]][0]) == "danger":
            chosen = random.next() % len(ids)
        bits = random.next() & random.next() if node.is_many else 0
        bits = bits & ((1 << len(ids)) - 1) or 1 << chosen
        answers += [(asked, one) for place, one in enumerate(ids) if bits >> place & 1]
    return answers
