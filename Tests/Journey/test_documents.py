"""The commands of README.md, as people copy them: a demo, a report, an answer."""

import datetime
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from reporter.directory import Roots
from reporter.public import Public, fetch
from reporter.visit import Reporter
from reporter.web import Server
from stage.cheap_vault import cheapen
from stage.clock import Clock
from stage.commands import PROJECT, Commands
from stage.documents import Play
from stage.terminal import Terminal
from stage.threads import thread_id
from stage.waiting import until

DAY = datetime.date(2026, 11, 23)
ANSWERS = "gevaar=nee\nrol=leerling\nschool=vo\nthema=pesten\n"
WORDS = "Ze wachten me elke dag op bij de fietsen. Ik durf niet meer."


class Demo:
    """What `./run` and `./run desk` come to where everything is built: `scripts/demo`."""

    def __init__(self, folder: Path) -> None:
        self.commands = Commands(folder, clock=Clock(DAY))
        (folder / "scripts").mkdir()
        shutil.copy(PROJECT / "scripts" / "demo", folder / "scripts")
        (folder / "tree").symlink_to(PROJECT / "tree")
        self.terminal = Terminal(self.commands, folder)
        self.reporter = Reporter("briefje.example")
        self.thread = thread_id(self.reporter, "nl-vi")
        self.out = folder / "out"
        self.process: subprocess.Popen[bytes] | None = None

    def serve(self) -> None:
        """`./run` up to where it serves."""
        status, said = self.terminal.run("scripts/demo make")
        assert status == 0, said
        for vault in (self.terminal.folder / "var").glob("*.vault"):
            cheapen(vault, "een demo is geen geheim")
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                ["scripts/demo", "serve", "--port", "0"],
                env=self.terminal.environment,
                cwd=self.terminal.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        until(lambda: "listening on" in self.out.read_text(), "the demo serves")

    @property
    def server(self) -> Server:
        """The demo's server."""
        found = re.search(r"listening on http://[0-9.]+:([0-9]+)", self.out.read_text())
        assert found
        return Server(port=int(found[1]))

    def report(self) -> None:
        """Questions answered, told to the inspectors, sent."""
        public = self.public()
        one = self.reporter.compose(public, "nl-vi", WORDS, answers=ANSWERS)
        self.reporter.send(self.server, public, one)

    def public(self) -> Public:
        """What everybody sees."""
        roots = Roots.read((self.terminal.folder / "var" / "roots").read_text())
        return fetch(self.server, roots, DAY)

    def answers(self) -> list[str]:
        """What the page shows to whoever types the code."""
        return [one.text for one in self.reporter.replies(self.server, self.public())]

    def stop(self) -> None:
        """Ends the server."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A folder that has what a clone has."""
    one = Demo(tmp_path)
    yield one
    one.stop()


def test_the_readme_is_played(demo: Demo) -> None:
    last = 'exec scripts/demo desk\nfi\nscripts/demo make\nexec scripts/demo serve\n'
    assert (PROJECT / "run").read_text().endswith(last), "what stands here for ./run"
    Play(
        "README.md",
        demo.terminal,
        {"b15a3479": demo.thread, "b15a": demo.thread[:4]},
        {
            "phone's browser ──sealed──▶ server ──stick──▶ air-gapped desk ──stick──▶ server "
            "──public drop──▶ the same browser, by a code": "a drawing",
            "./test               everything: protocol, server, desk, journeys with real "
            "processes, real browsers": "this is a part of the first; figures take an hour",
        },
        {"$ ./run": demo.serve, "$ ./run desk": demo.report},
        {"./run": "cat out", "./run desk": "scripts/demo desk"},
    ).run()
    assert demo.answers() == ["Wat goed dat je dit vertelt. …"]


DOCUMENT = """Text.

```
a drawing
```

```
$ echo "one two" && \\
    printf 'three\\n\\nfour 1a2b3c4d5e6f\\nfive\\n'
one …
three

four 0a0a0a0a0a0a
…
$ cd /tmp
```

```
$ pwd
/tmp
```

```
part
of it
```
"""


def play(folder: Path, text: str, **changes: object) -> None:
    """Plays a document of the test's own."""
    said = "all\npart\nof it\nand more"
    given = {"left_out": {"a drawing": "a drawing"}, "before": {"part": lambda: said}}
    terminal = Terminal(Commands(folder), folder)
    Play("own.md", terminal, {}, **(given | changes)).run(text)  # type: ignore[arg-type]


def test_a_document_is_played_in_one_terminal(tmp_path: Path) -> None:
    play(tmp_path, DOCUMENT)


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        ("three\n\n", "three\n", "shows"),
        ("$ cd /tmp", "$ cd /home", "shows"),
        ("four 0a", "four a", "shows"),
        ("of it", "of them", "shows"),
        ("$ pwd", "$ false", "exit 1"),
        ("a drawing", "another drawing", "has no block 'a drawing' any more"),
        ("part\n", "other\n", "has no block 'part' any more"),
        ("Text.", "```\nnew\n```", "'new' is neither run nor left out"),
        ("Text.", "```\npart\n```", "two blocks begin alike"),
    ],
)
def test_a_document_that_changed_is_found(
    tmp_path: Path, old: str, new: str, clause: str
) -> None:
    assert old in DOCUMENT
    with pytest.raises(AssertionError, match=clause):
        play(tmp_path, DOCUMENT.replace(old, new))


def test_a_reason_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="must have a reason"):
        play(tmp_path, DOCUMENT, left_out={"a drawing": ""})
