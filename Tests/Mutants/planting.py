"""Copies the tree to where mutants are built, and plants them all in it behind a switch."""

import shutil
from pathlib import Path

from table import ROOT, SUITES, Change, Mutant, TableError

# A mutant is on when the environment says its number; one process is one mutant, or none. Which
# ones a run comes by is written into a file that the environment names.
SWITCH = """\
import Glibc
import Synchronization

private let planted = getenv("MUTANT").flatMap { UInt32(String(cString: $0)) }

private let passed = getenv("MUTANTS_PASSED").map { open($0, O_WRONLY | O_APPEND | O_CREAT, 0o600) }

private let known = Mutex(Set<UInt32>())

func mutant(_ number: UInt32) -> Bool {
    if let passed { note(number, passed) }
    return planted == number
}

private func note(_ number: UInt32, _ file: Int32) {
    guard known.withLock({ $0.insert(number).inserted }) else { return }
    var line = "\\(number)\\n"
    line.withUTF8 { _ = write(file, $0.baseAddress, $0.count) }
}
"""


def plant(mutants: list[Mutant], tree: Path) -> None:
    """Makes the tree the same as the repository, but for the mutants; what did not change stays."""
    wanted: dict[Path, bytes | Path] = {path.relative_to(ROOT): path for path in _sources()}
    for file in {mutant.file for mutant in mutants}:
        text = (ROOT / file).read_text("utf-8")
        wanted[Path(file)] = planted(text, [one for one in mutants if one.file == file]).encode()
    for module in SUITES:
        wanted[Path("Sources") / module / "Mutant.swift"] = SWITCH.encode()
    for old in [path for path in tree.rglob("*") if path.is_file()]:
        if old.relative_to(tree) not in wanted:
            old.unlink()
    for name, source in wanted.items():
        _put(source, tree / name)


def overlaps(mutants: list[Mutant]) -> list[str]:
    """Which changes of a file cross each other, so that they cannot all be planted."""
    faults = []
    for file in dict.fromkeys(mutant.file for mutant in mutants):
        try:
            planted((ROOT / file).read_text("utf-8"), [one for one in mutants if one.file == file])
        except TableError as error:
            faults.append(str(error))
    return faults


def _sources() -> list[Path]:
    """All files of the repository but those that were built."""
    found: list[Path] = []
    for top in ROOT.iterdir():
        if top.name.startswith("."):
            continue
        below = [path for path in top.rglob("*") if path.is_file()] if top.is_dir() else [top]
        found += [path for path in below if "__pycache__" not in path.parts]
    return found


def _put(source: bytes | Path, target: Path) -> None:
    """Writes a file where it is another, so that nothing is built again that did not change."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    if target.is_file() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    if isinstance(source, Path):
        shutil.copymode(source, target)


def planted(text: str, mutants: list[Mutant]) -> str:
    """The text with all mutants in it, each behind its number; a change may hold another whole."""
    changes = [(change, one) for one in mutants for change in one.changes(text)]
    changes.sort(key=lambda found: (found[0].start, -found[0].end))
    check_nesting(changes)
    inserts: list[tuple[int, int, str]] = []
    for order, (change, one) in enumerate(changes):
        before, after = _around(change, one.number)
        inserts.append((change.start, order, before))
        inserts.append((change.end, -len(changes) - order, after))
    for place, _, code in sorted(inserts, reverse=True):
        text = text[:place] + code + text[place:]
    return text


def _around(change: Change, number: int) -> tuple[str, str]:
    match change.kind:
        case "do" if not change.new:
            return f"if !mutant({number}) {{ ", " }"
        case "do":
            return f"if mutant({number}) {{ {change.new} }} else {{ ", " }"
        case "in":
            return f'\\(mutant({number}) ? "{change.new}" : "', '")'
        case _:
            return f"(mutant({number}) ? ({change.new}) : (", "))"


def check_nesting(changes: list[tuple[Change, Mutant]]) -> None:
    """Two changes of a file, sorted by where they begin, lie apart, or one holds the other."""
    around: list[tuple[Change, Mutant]] = []
    for change, one in changes:
        while around and around[-1][0].end <= change.start:
            around.pop()
        if around and change.end > around[-1][0].end:
            other = around[-1][1].name
            raise TableError(f"{one.place}: \"{one.name}\" overlaps \"{other}\", one must hold the other")
        around.append((change, one))
