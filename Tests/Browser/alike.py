"""Walks that come to the same endings, told apart by what is still open: a few of very many."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from walking import FILE, TODAY

#: Terms of a condition, as bits of the facts that must be known and of those that must not.
Terms = tuple[int, int]

#: Of these blocks each entry counts; of the others whether there is any.
ONE_BY_ONE = ("first", "place", "also", "duty")

_bits: dict[str, int] = {}
_places = {node.id: place for place, node in enumerate(FILE.nodes)}


def _fact(name: str) -> int:
    return 1 << _bits.setdefault(name, len(_bits))


def _terms(words: list[str]) -> Terms:
    return (sum(_fact(word) for word in words if word[0] != "!"),
            sum(_fact(word[1:]) for word in words if word[0] == "!"))


def _target(name: str) -> tuple[int, int]:
    """The node that is reached, and the outcome, as bits."""
    return (1 << _places[name], 0) if name in _places else (0, _fact("outcome=" + name))


_ANSWERS = [
    [(one, *_target(target), sum(map(_fact, set(facts)))) for one, (target, facts) in node.answers.items()]
    for node in FILE.nodes
]
_CASES = [[(*_terms(terms), *_target(target)) for target, terms in node.cases] for node in FILE.nodes]
_DANGER = sum(_fact("outcome=" + one) for one, kind in FILE.outcomes.items() if kind == "danger")
_OUTCOMES = sum(_fact("outcome=" + one) for one in FILE.outcomes)


def _groups() -> dict[object, list[Terms]]:
    """The conditions on which something is shown, of each thing that counts by itself."""
    found: dict[object, list[Terms]] = {}
    for entry in FILE.entries:
        if entry.holds_on(TODAY):
            key = (entry.block, entry.id) if entry.block in ONE_BY_ONE else entry.block
            found.setdefault(key, []).extend(_terms(terms) for terms in entry.whens)
    return {key: list(dict.fromkeys(terms)) for key, terms in found.items()}


def _to_come() -> list[int]:
    """All facts that may still come from a node on."""
    found = [0] * len(FILE.nodes)
    for place in reversed(range(len(FILE.nodes))):
        ways = [(node, outcome | facts) for _, node, outcome, facts in _ANSWERS[place]]
        for node, facts in ways + [(node, outcome) for *_, node, outcome in _CASES[place]]:
            found[place] |= facts | (found[node.bit_length() - 1] if node else 0)
    return found


_GROUPS, _TO_COME = _groups(), _to_come()
_RULES = list(dict.fromkeys((must, never) for cases in _CASES for must, never, _, _ in cases))


@dataclass(frozen=True)
class _State:
    """Where a walk stands: the question that is open (-1 at the end), nodes reached, facts."""

    question: int
    reached: int
    known: int

    @staticmethod
    def after(place: int, reached: int, known: int) -> "_State":
        """From a node on to the next question; danger ends a walk at once."""
        while place < len(FILE.nodes) and not known & _DANGER:
            if reached >> place & 1:
                if _ANSWERS[place]:
                    return _State(place, reached, known)
                for must, never, node, outcome in _CASES[place]:
                    if not must & ~known and not never & known:
                        reached, known = reached | node, known | outcome
                        break
            place += 1
        return _State(-1, 0, known)

    @property
    def decides(self) -> tuple:
        """All that the rest of the walk depends on, and nothing else."""
        coming = 0
        for place in range(max(self.question, 0), len(FILE.nodes)):
            coming |= _TO_COME[place] if self.reached >> place & 1 else 0
        shown = {key: left for key, group in _GROUPS.items() if (left := _left(group, self.known, coming))}
        # A place that is shown before is not shown again; one that is not is enough of the last.
        also = [key for key in shown if key[0] == "also"]
        twins = ({("first", key[1]), ("place", key[1])} for key in also if shown[key] is True)
        if any(not these & shown.keys() for these in twins):
            shown = {key: left for key, left in shown.items() if key[0] != "also"} | {"also": True}
        rules = _left_of_rules(self.known, coming) if coming else ()
        left = self.reached >> self.question if coming else 0
        return self.question, left, frozenset(shown.items()), rules, self.known & _OUTCOMES


def _left(group: list[Terms], known: int, coming: int) -> object:
    """What is left of conditions of which one is enough: True where one holds."""
    unknown, closed = ~known, ~(known | coming)
    found = []
    for must, never in group:
        if not (never & known or must & closed):
            rest = must & unknown, never & coming
            if rest == (0, 0):
                return True
            found.append(rest)
    return frozenset(found)


def _left_of_rules(known: int, coming: int) -> tuple:
    """What is left of the conditions of rules, each by itself."""
    closed = ~(known | coming)
    return tuple(
        None if never & known or must & closed else (must & ~known, never & coming)
        for must, never in _RULES
    )


def walks() -> Iterator[list[tuple[str, str]]]:
    """Complete walks with one answer a question: of those that a reader of one role cannot tell
    apart from some question on, the first, which is the shortest."""
    waiting: deque[tuple[_State, list[tuple[str, str]]]] = deque([(_State.after(0, 1, 0), [])])
    seen = set()
    while waiting:
        state, walk = waiting.popleft()
        if (key := (dict(walk).get("rol"), state.decides)) in seen:
            continue
        seen.add(key)
        if state.question < 0:
            yield walk
            continue
        for answer, node, outcome, facts in _ANSWERS[state.question]:
            known = state.known | outcome | facts
            after = _State.after(state.question + 1, state.reached | node, known)
            waiting.append((after, [*walk, (FILE.nodes[state.question].id, answer)]))
