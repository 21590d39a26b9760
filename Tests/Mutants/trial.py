"""Runs suites against one mutant after the other, and says which of them notices it."""

import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from table import ROOT, Mutant

LONGEST = 120.0
FAILED = re.compile(r"^✘ Test (?:case passing .* to )?(.*?)(?: recorded| failed| with)", re.MULTILINE)
COUNTED = re.compile(r"Test run with (\d+) tests?|(\d+) passed")


@dataclass(frozen=True)
class Seen:
    """How a run of a suite ended: by whom it was noticed, empty where all was well."""

    by: str
    seconds: float
    log: str


@dataclass(frozen=True)
class Bench:
    """Where the mutants were built."""

    build: Path
    logs: Path

    def command(self, suite: str) -> list[str]:
        """A suite is a filter of Swift tests, or a file of Python's below Tests."""
        if suite.endswith(".py"):
            python = [ROOT / ".venv/bin/python", "-m", "pytest", "-x", "-q", "-c"]
            return [*map(str, python), str(ROOT / "Tests/pytest.ini"), str(ROOT / "Tests" / suite)]
        tests = self.build / "debug/SealedIntakePackageTests.xctest"
        return [str(tests), "--testing-library", "swift-testing", "--filter", suite]

    def run(self, suite: str, mutant: int = 0, longest: float = LONGEST) -> Seen:
        """Runs a suite until something fails in it, it ends, or it takes too long."""
        environment = os.environ | {"MUTANT": str(mutant), "INTAKE_BIN": str(self.build / "debug")}
        log, start = self.logs / "run.log", time.monotonic()
        with log.open("wb") as out:
            process = subprocess.Popen(
                self.command(suite), cwd=ROOT, env=environment, stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
            )
            failed = _wait(process, log, start + longest)
        text = log.read_text("utf-8", "replace")
        named = FAILED.search(text)
        by = named[1].strip('"') if named else failed
        return Seen(by if failed else "", time.monotonic() - start, text)


def _wait(process: subprocess.Popen[bytes], log: Path, end: float) -> str:
    """Why the run failed; empty where it did not. Whatever it started is ended with it."""
    try:
        while time.monotonic() < end:
            if process.poll() is not None:
                return _ending(process.returncode)
            if "\n✘" in "\n" + log.read_text("utf-8", "replace"):
                return "a test"
            time.sleep(0.1)
        return "it hangs"
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def _ending(status: int) -> str:
    if status == 0:
        return ""
    return "it crashes" if status < 0 else "a test"


class Trial:
    """All suites that some mutant needs, each seen to be green without one, then the mutants."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.longest: dict[str, float] = {}

    def prepare(self, mutants: list[Mutant]) -> list[str]:
        """Runs each suite once without a mutant; says which is not green or has no test."""
        faults = []
        for suite in dict.fromkeys(suite for one in mutants for suite in one.tried_suites()):
            seen = self.bench.run(suite, longest=1800)
            self.longest[suite] = max(LONGEST, 4 * seen.seconds)
            counts = COUNTED.search(seen.log)
            if seen.by or not counts or not int(counts[1] or counts[2]):
                faults.append(f"{suite} is not green without any mutant: {seen.by or 'no test'}")
            print(f"{suite}: {seen.seconds:.0f} s without any mutant", flush=True)
        return faults

    def notices(self, mutant: Mutant) -> tuple[str, str] | None:
        """The first suite that notices the mutant, and which test of it; None where none does."""
        for suite in mutant.tried_suites():
            seen = self.bench.run(suite, mutant.number, self.longest[suite])
            if seen.by:
                return suite, seen.by
        return None
