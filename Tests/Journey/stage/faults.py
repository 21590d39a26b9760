"""A command at whose every write the disk fails, or the machine ends: `fault.c` at work.

    for struck in faults.each("KILL", fresh, program("intake-server"), "init", ...):
        ...  # what must hold after a command that was cut off there

`each` runs the command anew for its first write, its second, and so on, until it ends unharmed.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .commands import Commands, Result

#: What a disk may say, and how a machine ends.
ERRORS = ("EIO", "ENOSPC", "EROFS", "EACCES")
ENDS = ("KILL", "TORN")
#: More writes than any command has that is tried so.
MOST = 5_000


@dataclass(frozen=True)
class Struck:
    """A run in which one call was struck."""

    number: int
    #: Which call it was, and of what: `3 fsync /…/high-water`.
    call: str
    result: Result

    def __str__(self) -> str:
        return f"call {self.call}: {self.result}"


@dataclass(frozen=True)
class Faults:
    """The libraries that stand between a program and the system."""

    fault: Path
    cheap: Path
    commands: Commands

    @staticmethod
    def built(folder: Path, commands: Commands) -> "Faults":
        """Compiles both; without a compiler the test is left out."""
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            pytest.skip("no C compiler here")
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for name in ("fault", "cheap"):
            library, source = folder / f"{name}.so", Path(__file__).parent / f"{name}.c"
            words = [compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
            subprocess.run(words, check=True)
            made.append(library)
        return Faults(made[0], made[1], commands)

    def unharmed(self, *words: object, expect: int | None = 0) -> Result:
        """Runs a command with passphrases as cheap as `each` has them."""
        return self.commands.run("env", self._before(self.cheap), *words, expect=expect)

    def _before(self, *libraries: Path) -> str:
        """The variable that puts libraries before a program, and before what is there by itself."""
        others = self.commands.environment.get("LD_PRELOAD")
        return "LD_PRELOAD=" + ":".join([*map(str, libraries), *([others] if others else [])])

    def count(self, *words: object) -> int:
        """How many calls a command has that could be struck; it must end well."""
        path = self.commands.home / "fault.count"
        path.unlink(missing_ok=True)
        under = [self._before(self.fault, self.cheap), f"FAULT_COUNT={path}"]
        self.commands.run("env", *under, *words)
        return int(path.read_text())

    def at(self, number: int, how: str, *words: object, lasting: bool = False) -> Struck | None:
        """Runs a command and strikes its call of this number; nothing where it has fewer."""
        said = self.commands.home / "fault.said"
        said.unlink(missing_ok=True)
        under = [self._before(self.fault, self.cheap), f"FAULT_SAYS={said}"]
        under += [f"FAULT_AT={number}", f"FAULT_HOW={how}", *(["FAULT_LASTS=1"] if lasting else [])]
        result = self.commands.run("env", *under, *words, expect=None)
        if not said.exists():
            assert result.status == 0, f"not struck, and yet: {result}"
            return None
        return Struck(number, said.read_text().strip(), result)

    def each(
        self,
        how: str,
        fresh: Callable[[], object],
        *words: object,
        lasting: bool = False,
        step: int = 1,
    ) -> Iterator[Struck]:
        """Every call of a command struck in turn, each after `fresh`; at least one must be."""
        number = 0
        for number in range(1, MOST, step):
            fresh()
            struck = self.at(number, how, *words, lasting=lasting)
            if struck is None:
                break
            yield struck
        else:
            raise AssertionError(f"more than {MOST} calls")
        assert number > 1, "no call was struck: the library is not at work"
