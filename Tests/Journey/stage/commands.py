"""The two programs, found and run."""

import datetime
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paper_directory import today

from .clock import Clock

PROJECT = Path(__file__).resolve().parents[3]
#: One folder, or several parted by `:`, that hold `intake-server` and `intake-admin`.
FOLDERS = os.environ.get("INTAKE_BIN", str(PROJECT / ".build" / "debug")).split(":")


def program(name: str) -> str:
    """The path of a program; a missing one is an error that says what to build."""
    for folder in FOLDERS:
        path = Path(folder) / name
        if path.is_file() and os.access(path, os.X_OK):
            return str(path.resolve())
    raise FileNotFoundError(
        f"no program {name!r} in {FOLDERS}, must be built (swift build) or named by INTAKE_BIN"
    )


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    arguments: tuple[str, ...]
    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)

    def __str__(self) -> str:
        said = f"{' '.join(self.arguments)}: exit {self.status}"
        return f"{said}\n--- out\n{self.out}\n--- error\n{self.error}"


class CommandFailed(AssertionError):
    """A command ended otherwise than a test needs."""


@dataclass(frozen=True)
class Commands:
    """Runs commands with a home and a place for temporary files of their own."""

    home: Path
    timeout: float = 300
    clock: Clock | None = None

    @property
    def today(self) -> datetime.date:
        """The day that they live on."""
        return self.clock.day if self.clock else today()

    @property
    def environment(self) -> dict[str, str]:
        """What the programs see: nothing of the caller's but the path, and what a test says."""
        temporary = self.home / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        names = ("PATH", "LD_LIBRARY_PATH", "SWIFT_BACKTRACE")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        day = self.clock.environment if self.clock else {}
        own = {"HOME": str(self.home), "TMPDIR": str(temporary), "LANG": "C.UTF-8"}
        return kept | own | day

    def run(self, *arguments: object, expect: int | None = 0) -> Result:
        """Runs a program to its end; another exit status than expected fails the test."""
        words = tuple(str(argument) for argument in arguments)
        found = subprocess.run(
            words,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=self.timeout,
            check=False,
        )
        out, error = (one.decode("utf-8", "replace") for one in (found.stdout, found.stderr))
        result = Result((Path(words[0]).name, *words[1:]), found.returncode, out, error)
        if expect is not None and result.status != expect:
            raise CommandFailed(f"must exit {expect}: {result}")
        return result

    def server(self, *arguments: object, expect: int | None = 0) -> Result:
        """Runs `intake-server`."""
        return self.run(program("intake-server"), *arguments, expect=expect)

    def admin(self, *arguments: object, expect: int | None = 0) -> Result:
        """Runs `intake-admin`."""
        return self.run(program("intake-admin"), *arguments, expect=expect)
