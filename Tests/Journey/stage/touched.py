"""A house with all that the commands read and write, copied for each command anew."""

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from .commands import PROJECT, Commands, program
from .deployment import Deployment
from .public_files import fetch
from .touching import Case

#: Longer than any of them needs, so that one that hangs is found.
SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    said: str


@dataclass(frozen=True)
class House:
    """A folder with all that the commands need, and how to make it anew."""

    kept: Path
    month: str
    #: A thread at the desk, for the commands that need one.
    thread: str = ""

    @staticmethod
    def of(deployment: Deployment, kept: Path, thread: str = "") -> "House":
        """A server, a desk, roots, their sticks, the public files and the tree, all at rest."""
        home, desk = deployment.commands.home, deployment.desks["nl-vi"]
        stick = home / "stick"
        stick.mkdir()
        for path in (PROJECT / "tree").glob("wegwijzer.*t*"):
            shutil.copy(path, stick)
        deployment.close()
        (home / "nl-vi.in").write_bytes(deployment.export("nl-vi").read_bytes())
        desk.take(home / "nl-vi.in", deployment.note)
        desk.export(stick / "nl-vi.out")
        desk.export(stick / "leaves", "--leaves")
        deployment.close()
        (stick / "nl-vi.in").write_bytes(deployment.export("nl-vi").read_bytes())
        month = deployment.today.strftime("%Y-%m")
        fetch(deployment, home / "public", month)
        deployment.stop()
        shutil.copytree(PROJECT / "tree", home / "tree")
        (home / "answer").write_text("Dank je.\n")
        (home / "shown").write_text("no proof\n")
        (home / "data" / "scholen").mkdir()
        (home / "data" / "scholen" / "scholen.html").write_text("<style>a{}</style>")
        words = ["qrencode", "-t", "SVG", "--svg-path", "--rle", "-m", "4", "-l", "Q"]
        subprocess.run([*words, "-o", home / "qr.svg", "https://a.example"], check=True)
        leave = shutil.ignore_patterns("tmp", "*.socket", "serve.*", "fetch", "*.in~")
        shutil.copytree(home, kept, ignore=leave)
        return House(kept, month, thread)

    def copy(self, home: Path, case: Case) -> None:
        """The folder as it was, for one command."""
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.kept, home)
        (home / "victim").write_bytes(b"keys of three years\n" * 1000)
        (home / "victim").chmod(0o600)
        case.prepare(home)

    def path(self, home: Path, name: str) -> Path:
        """Where a name of the table lies."""
        return home / name.format(month=self.month)


def words_of(case: Case, home: Path, thread: str = "") -> list[str]:
    """A command of the table as it is run."""
    which, *words = shlex.split(case.words.format(home=home, thread=thread))
    return [program(f"intake-{which}"), *words]


def run(case: Case, home: Path, under: tuple[str, ...] = ()) -> Ended:
    """Runs a command of the table to its end; one that waits for somebody fails the test."""
    try:
        found = subprocess.run(
            [*under, *words_of(case, home)],
            env=Commands(home.parent).environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"{case} hangs")
    return Ended(found.returncode, (found.stderr + found.stdout).decode("utf-8", "replace"))
