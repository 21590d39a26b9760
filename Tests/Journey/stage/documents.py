"""The commands that a document shows, read from the document itself, and what it shows of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .commands import PROJECT
from .terminal import Terminal

#: A line of a shell: a person's, or root's.
PROMPTS = ("$ ", "# ")
#: What stands for a digest or an id; nobody can know it before.
DIGEST = r"\b(?=[0-9]*[a-f])[0-9a-f]{8,64}\b"
#: What a person is asked; the documents tell of it once and then leave it out.
ASKED = re.compile(r"^(passphrase of the vault|the same passphrase again):$")


@dataclass(frozen=True)
class Step:
    """A command, and the lines that the document shows below it."""

    command: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """What stands between two fences."""

    language: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its first line, which no other block of the document has."""
        return self.lines[0]

    @property
    def steps(self) -> list[Step]:
        """Its commands in order; none where it has no line of a shell."""
        steps: list[Step] = []
        if self.language or not self.name.startswith(PROMPTS):
            return steps
        going_on = False
        for line in self.lines:
            if going_on:
                steps[-1] = Step(f"{steps[-1].command}\n{line}", ())
            elif line.startswith(PROMPTS):
                steps.append(Step(line[2:], ()))
            else:
                steps[-1] = Step(steps[-1].command, (*steps[-1].shown, line))
            going_on = not steps[-1].shown and line.endswith("\\")
        return steps


def blocks(text: str) -> list[Block]:
    """All blocks of a document, in order; each has a name of its own."""
    found = [
        Block(one["language"], tuple(one["text"].splitlines()))
        for one in re.finditer(r"(?ms)^```(?P<language>\w*)\n(?P<text>.*?)^```$", text)
    ]
    names = [one.name for one in found]
    assert names, "document must show something"
    assert len(set(names)) == len(names), f"two blocks begin alike: {names}"
    return found


def expected(lines: tuple[str, ...], table: Mapping[str, str]) -> str:
    """What must come, as an expression.

    A line of `…` stands for any lines, ` …` at the end of a line for the rest of a paragraph, and
    `…` elsewhere for the rest of a word. A digest is any digest of its length.
    """
    names = [re.escape(one) for one in sorted(table, key=len, reverse=True)]
    part = re.compile("|".join([*names, " …$", "…", DIGEST]))

    def one_line(line: str) -> str:
        if line.strip() == "…":
            return r"(?:.*\n)*?"
        found, at = "", 0
        for match in part.finditer(line):
            found += re.escape(line[at : match.start()])
            at = match.end()
            if match[0] in table:
                found += re.escape(table[match[0]])
            elif match[0] == "…":
                found += r"\S*"
            elif match[0] == " …":
                return found + r".*\n(?:.+\n)*?"
            else:
                found += f"[0-9a-f]{{{len(match[0])}}}"
        return found + re.escape(line[at:]) + r"\n"

    return "".join(one_line(line.rstrip()) for line in lines)


@dataclass
class Play:
    """A document played in one room: every block is run, or is left out for a reason."""

    name: str
    terminal: Terminal
    #: What the document calls it, and what it is here.
    table: dict[str, str]
    #: Blocks that are not run, each with why not.
    left_out: Mapping[str, str]
    #: What the world does before a block; where the block has no command, what it is part of.
    before: Mapping[str, Callable[[], str | None]]
    #: What a command is in this room, where it is another one.
    instead: Mapping[str, str] = field(default_factory=dict)

    def run(self, text: str | None = None) -> None:
        """Plays all of it in order."""
        found = blocks(text or (PROJECT / self.name).read_text())
        names = {one.name for one in found}
        commands = {step.command for one in found for step in one.steps}
        assert not set(self.left_out) & set(self.before)
        for gone in [*self.left_out, *self.before]:
            assert gone in names, f"{self.name} has no block {gone!r} any more"
        for gone in self.instead:
            assert gone in commands, f"{self.name} has no command {gone!r} any more"
        assert all(self.left_out.values()), "each must have a reason"
        for block in found:
            if block.name not in self.left_out:
                self._play(block)

    def here(self, text: str) -> str:
        """A text of the document with the names of this room."""
        names = sorted(self.table, key=len, reverse=True)
        if not names:
            return text
        part = re.compile("|".join(re.escape(one) for one in names))
        return part.sub(lambda match: self.table[match[0]], text)

    def _play(self, block: Block) -> None:
        said = self.before.get(block.name, lambda: None)()
        if not block.steps:
            assert said is not None, f"{self.name}: {block.name!r} is neither run nor left out"
            pattern = expected(block.lines, self.table)
            assert re.search(f"(?m)^{pattern}", said + "\n"), self._differs(block.lines, said)
        for step in block.steps:
            self._run(step)

    def _run(self, step: Step) -> None:
        command = self.instead.get(step.command, step.command)
        at = [at for at, line in enumerate(step.shown) if "Ctrl-D" in line]
        typed = {step.shown[at[0]]: step.shown[at[0] + 1] + "\n\x04"} if at else {}
        status, said = self.terminal.run(self.here(command), typed)
        assert status == 0, f"{self.name}: {command}: exit {status}\n{said}"
        if not any(step.shown):
            return
        asked = any(ASKED.match(line) for line in step.shown)
        shown, came = (_plain(lines, asked) for lines in (step.shown, said.splitlines()))
        pattern = expected(shown, self.table)
        assert re.fullmatch(pattern, "\n".join(came) + "\n"), self._differs(shown, said)

    def _differs(self, shown: tuple[str, ...], said: str) -> str:
        lines = "\n".join(self.here(line) for line in shown)
        return f"{self.name} shows\n{lines}\n--- and this came\n{said}"


def _plain(lines: Sequence[str], asked: bool) -> tuple[str, ...]:
    """Without empty lines around, and with what a person is asked only where it is shown."""
    kept = [line.rstrip() for line in lines if asked or not ASKED.match(line.rstrip())]
    return tuple("\n".join(kept).strip("\n").split("\n"))
