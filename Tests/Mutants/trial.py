"""Tries one mutant after the other on the suites that come by its line, the nearest first."""

import json
from dataclasses import dataclass
from pathlib import Path

from bench import LONGEST, Bench
from table import Mutant

LONG = 4.0


@dataclass(frozen=True)
class Reach:
    """What a suite takes without any mutant, and by which of them it comes."""

    seconds: float
    numbers: frozenset[int]


class Trial:
    """All suites that some mutant may need, each seen to be green without one; then the mutants."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.reaches: dict[str, dict[str, Reach]] = {}

    def prepare(self, targets: list[str]) -> list[str]:
        """Runs each suite of the targets once without a mutant; says which are not green."""
        known, faults = self._kept(), []
        for target in targets:
            found = known.get(target) or {}
            for suite in self.bench.suites(target):
                if suite not in found:
                    found[suite], fault = self._reach(suite)
                    faults += fault
            if not found:
                faults.append(f"{target} has no suite")
            self.reaches[target] = dict(sorted(found.items(), key=lambda one: one[1].seconds))
            seconds = sum(reach.seconds for reach in found.values())
            print(f"{target}: {len(found)} suites, {seconds:.0f} s without any mutant", flush=True)
        if not faults:
            self._keep(known | self.reaches)
        return faults

    def notices(self, mutant: Mutant) -> tuple[str, str] | None:
        """By which target and test a mutant is noticed first; None where it is by none.

        Suites that take long come last, whatever their target: few mutants get that far.
        """
        for is_long in (False, True):
            for target in mutant.tried_suites():
                by = self._notices(mutant, target, is_long)
                if by:
                    return target, by
        return None

    def _notices(self, mutant: Mutant, target: str, is_long: bool) -> str:
        seconds = {
            name: reach.seconds
            for name, reach in self.reaches[target].items()
            if self._comes_by(name, reach, mutant) and (reach.seconds > LONG) == is_long
        }
        if not seconds:
            return ""
        longest = max(LONGEST, 4 * sum(seconds.values()))
        return self.bench.run(list(seconds), mutant.number, longest).by

    def _comes_by(self, name: str, reach: Reach, mutant: Mutant) -> bool:
        """Processes that a test starts write nothing of where they come by."""
        return name.endswith(".py") or mutant.number in reach.numbers

    def _reach(self, suite: str) -> tuple[Reach, list[str]]:
        passed = self.bench.place / "passed"
        passed.unlink(missing_ok=True)
        seen = self.bench.run([suite], longest=1800, passed=passed)
        numbers = passed.read_text().split() if passed.exists() else []
        fault = seen.by or ("" if seen.tests else "no test")
        faults = [f"{suite} is not green without any mutant: {fault}"] if fault else []
        return Reach(seen.seconds, frozenset(map(int, numbers))), faults

    @property
    def _book(self) -> Path:
        return self.bench.place / "reach.json"

    @property
    def _build(self) -> list[int]:
        found = self.bench.tests.stat()
        return [found.st_mtime_ns, found.st_size]

    def _keep(self, reaches: dict[str, dict[str, Reach]]) -> None:
        """Writes down who comes by what, for as long as nothing is built anew."""
        book = {
            target: {name: [reach.seconds, sorted(reach.numbers)] for name, reach in found.items()}
            for target, found in reaches.items()
        }
        self._book.write_text(json.dumps({"build": self._build, "targets": book}), "utf-8")

    def _kept(self) -> dict[str, dict[str, Reach]]:
        book = json.loads(self._book.read_text("utf-8")) if self._book.exists() else {}
        if book.get("build") != self._build:
            return {}
        return {
            target: {name: Reach(one[0], frozenset(one[1])) for name, one in found.items()}
            for target, found in book["targets"].items()
        }
