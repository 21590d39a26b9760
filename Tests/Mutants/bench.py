"""Runs suites of what was built with all mutants in it, one mutant on or none."""

import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from table import ROOT

LONGEST = 120.0
FAILED = re.compile(r"^✘ (?:Test |Suite )?(.*?)(?: recorded| failed| with)", re.MULTILINE)
COUNTED = re.compile(r"Test run with (\d+) tests?|(\d+) passed")


@dataclass(frozen=True)
class Seen:
    """How a run ended: by what a mutant was noticed, empty where all was well."""

    by: str
    seconds: float
    tests: int


@dataclass(frozen=True)
class Bench:
    """Where the mutants were built."""

    place: Path

    @property
    def products(self) -> Path:
        return self.place / "build" / "debug"

    @property
    def tests(self) -> Path:
        return self.products / "SealedIntakePackageTests.xctest"

    def suites(self, target: str) -> list[str]:
        """The suites of a test target, by the names of their types; a file of Python's is one."""
        if target.endswith(".py"):
            return [target]
        command = [self.tests, "--testing-library", "swift-testing", "--list-tests"]
        lines = subprocess.run(command, capture_output=True, check=False, text=True).stdout
        found = {line.split("/")[0] for line in lines.splitlines() if line.startswith(target + ".")}
        return sorted(found)

    def run(
        self, suites: list[str], mutant: int = 0, longest: float = LONGEST, passed: Path | None = None
    ) -> Seen:
        """Runs suites until something fails in them, they end, or they take too long."""
        environment = os.environ | {"MUTANT": str(mutant), "INTAKE_BIN": str(self.products)}
        if passed:
            environment["MUTANTS_PASSED"] = str(passed)
        log, start = self.place / "run.log", time.monotonic()
        with log.open("wb") as out:
            process = subprocess.Popen(
                self._command(suites), cwd=ROOT, env=environment, stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
            )
            failed = _wait(process, log, start + longest)
        text = log.read_text("utf-8", "replace")
        named, counted = FAILED.search(text), COUNTED.search(text)
        by = named[1].strip('"') if failed and named else failed
        tests = int(counted[1] or counted[2]) if counted else 0
        return Seen(by, time.monotonic() - start, tests)

    def _command(self, suites: list[str]) -> list[str]:
        if suites[0].endswith(".py"):
            python = [str(ROOT / ".venv/bin/python"), "-m", "pytest", "-x", "-q"]
            files = [str(ROOT / "Tests" / suite) for suite in suites]
            return [*python, "-c", str(ROOT / "Tests/pytest.ini"), *files]
        names = "|".join(re.escape(suite) for suite in suites)
        return [str(self.tests), "--testing-library", "swift-testing", "--filter", f"({names})/"]


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
