"""Reads the tables of mutants: changes of one rule each, written as the rule stands in the source."""

import difflib
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# `{{OLD => NEW}}` changes an expression; `{{do OLD => NEW}}` statements, which may be left out;
# `{{in OLD => NEW}}` a stretch of a string.
MARK = re.compile(r"\{\{(do |in )?(.*?) =>(?: (.*?))?\}\}(?!\})", re.DOTALL)

# Which suites may notice a change of a module, the nearest first; see Tests/README.md. Those of
# WorldTests take minutes each: what they alone notice wants a test further below.
SUITES = {
    "SealedIntake": "SealedIntakeTests IntakePageTests IntakeStoreTests IntakeDeskTests",
    "IntakeOpening": "SealedIntakeTests IntakeDeskTests IntakePageTests",
    "IntakePage": "IntakePageTests",
    "IntakeConsole": "IntakeConsoleTests IntakeStoreTests IntakeDeskTests",
    "IntakeStore": "IntakeStoreTests",
    "IntakeRoots": "IntakeDeskTests",
    "IntakeAudit": "IntakeDeskTests",
    "IntakeDesk": "IntakeDeskTests",
    "IntakeTree": "IntakeTreeTests",
    "intake-server": "IntakeServerTests",
    "intake-admin": "IntakeAdminTests",
}


class TableError(Exception):
    """A table that cannot be read, or a line of it that no longer stands in its file."""


@dataclass(frozen=True)
class Change:
    """A stretch of a file, from one place to another, and what stands there in the mutant."""

    start: int
    end: int
    new: str
    kind: str


@dataclass
class Mutant:
    """One changed rule: the lines as they stand, with the change marked in them."""

    name: str
    file: str
    place: str
    suites: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    explained: str = ""

    @property
    def number(self) -> int:
        """What switches it on: of its name alone, so that a new one does not rebuild the others."""
        return zlib.crc32(self.name.encode())

    @property
    def module(self) -> str:
        return self.file.split("/")[1]

    def tried_suites(self) -> list[str]:
        return self.suites or SUITES[self.module].split()

    @property
    def bare(self) -> str:
        """Its lines as they stand in the source, without marks."""
        return MARK.sub(lambda mark: mark[2], "\n".join(self.lines))

    def changes(self, text: str) -> list[Change]:
        """Where the marks stand in the text of its file, in which its lines must stand once."""
        block = "\n".join(self.lines)
        if not MARK.search(block):
            raise TableError(f"{self.place}: \"{self.name}\" marks no change, it must")
        places = _places(text)
        first = _only(places.stripped, self)
        changes, left = [], 0
        for mark in MARK.finditer(block):
            start = first + mark.start() - left
            end = start + len(mark[2])
            left += len(mark[0]) - len(mark[2])
            span = places.of(start), places.of(end)
            changes.append(Change(*span, mark[3] or "", (mark[1] or "").strip()))
        return changes


@dataclass(frozen=True)
class _Stripped:
    """A text with its lines stripped of blanks, and where those lie in the text as it is."""

    stripped: str
    starts: list[int]

    def of(self, place: int) -> int:
        line = self.stripped.count("\n", 0, place)
        return self.starts[line] + place - (self.stripped.rfind("\n", 0, place) + 1)


def _places(text: str) -> _Stripped:
    starts, start = [], 0
    for line in text.split("\n"):
        starts.append(start + len(line) - len(line.lstrip()))
        start += len(line) + 1
    return _Stripped("\n".join(line.strip() for line in text.split("\n")), starts)


def _only(stripped: str, mutant: Mutant) -> int:
    pattern = rf"^{re.escape(mutant.bare)}$"
    found = [place.start() for place in re.finditer(pattern, stripped, re.MULTILINE)]
    if len(found) != 1:
        what = f"stands {len(found)} times" if found else "stands nowhere"
        fault = f"{mutant.place}: \"{mutant.name}\" {what} in {mutant.file}, it must once"
        raise TableError(fault + _hint(stripped, mutant))
    return found[0]


def _hint(stripped: str, mutant: Mutant) -> str:
    """The lines that may be meant, where one of the mutant's is no longer there."""
    lines = stripped.split("\n")
    lost = [line for line in mutant.bare.split("\n") if line not in lines]
    near = [difflib.get_close_matches(line, lines, 1, 0.6) for line in lost]
    return "".join(f"; did you mean: {line}" for one in near for line in one)


def tables() -> list[Path]:
    return sorted(HERE.glob("*.txt"))


def read(paths: list[Path] | None = None) -> list[Mutant]:
    """All mutants of the tables; their names must be all different."""
    mutants: list[Mutant] = []
    for path in paths or tables():
        mutants += _Reader(path).mutants
    names = [mutant.name for mutant in mutants]
    for name in {name for name in names if names.count(name) > 1}:
        raise TableError(f"two mutants are called \"{name}\", a name must stand once")
    return mutants


class _Reader:
    """Reads one table: `file`, `suites`, `mutant` and `explained` begin a line, code is indented."""

    def __init__(self, path: Path) -> None:
        self.mutants: list[Mutant] = []
        self.file = ""
        self.suites: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                self._take(line, f"{path.name}:{number}")

    def _take(self, line: str, place: str) -> None:
        if line.startswith(" "):
            if not self.mutants:
                raise TableError(f"{place}: code before any mutant")
            self.mutants[-1].lines.append(line.strip())
            return
        word, _, rest = line.partition(" ")
        last = self.mutants[-1] if self.mutants and self.mutants[-1].file == self.file else None
        match word:
            case "file":
                self.file, self.suites = rest, []
            case "suites" if last:
                last.suites = rest.split()
            case "suites":
                self.suites = rest.split()
            case "mutant":
                self.mutants.append(Mutant(rest, self.file, place, self.suites))
            case "explained" if last:
                last.explained = rest
            case _:
                raise TableError(f"{place}: \"{word}\" is no word of a table")


def check(mutants: list[Mutant], root: Path = ROOT) -> list[str]:
    """What is wrong with them: lines that do not stand in their file exactly once."""
    faults = []
    for mutant in mutants:
        try:
            mutant.changes((root / mutant.file).read_text("utf-8"))
        except (TableError, OSError) as error:
            faults.append(str(error))
    return faults
