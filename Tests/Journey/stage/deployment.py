"""A whole deployment, made with the real commands."""

import datetime
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporter.note import VerifierKey
from reporter.primitives import sha256
from reporter.promise import promise_name
from reporter.public import Public, fetch

from .clock import Clock
from .commands import Commands, Result
from .desks import Desk, PythonDesk
from .directories import DirectoryText, Entry
from .root_keys import RootKeys, printed_vkey
from .serving import ServerProcess

#: The smallest tree there is, and what it says.
TEXTS = b"sealedintake/v1/texts nl ltr\nquestion.gevaar.text Is er nu gevaar?\n"
TREE = f"""sealedintake/v1/tree
from 2026-01-01
texts nl {sha256(TEXTS).hex()}
question gevaar one
answer nee to o1
outcome o1 settled 0
""".encode()
#: Organisations with a real desk: name, batch, escalation.
DESKS = {
    "nl-vi": ("Vertrouwensinspectie", 4, "helpdesk after 14"),
    "helpdesk": ("Helpdesk", 2, "none"),
    "nl-ocw": ("Ministerie", 1, "helpdesk after 7"),
}


def _smallest_tree(folder: Path) -> Path:
    folder.mkdir()
    (folder / "wegwijzer.tree").write_bytes(TREE)
    (folder / "wegwijzer.nl.texts").write_bytes(TEXTS)
    return folder


@dataclass
class Deployment:
    """Server, desks and directory under one folder."""

    commands: Commands
    name: str
    data: Path
    keys: RootKeys
    log: VerifierKey
    promise: VerifierKey
    desks: dict[str, Desk]
    python_desks: dict[str, PythonDesk]
    directory: DirectoryText
    note: Path
    process: ServerProcess | None = None
    _count: "itertools.count[int]" = field(default_factory=itertools.count)

    @staticmethod
    def make(
        folder: Path,
        *,
        desks: tuple[str, ...] = tuple(DESKS),
        listed: dict[str, tuple[str, int, str]] = DESKS,
        python_desks: tuple[str, ...] = ("zz-python",),
        roots: int = 1,
        threshold: int = 1,
        shards: int = 1,
        work: int = 1,
        name: str = "intake.test",
        passphrase: str = "een lange zin die niemand raadt",
        clock: Clock | None = None,
        tree: Path | None = None,
    ) -> "Deployment":
        """Everything up to the installed directory; the server does not run yet.

        `listed` says how the directory lists a real desk. `tree` is a folder with a built
        decision tree; without it there is the smallest.
        """
        commands = Commands(folder, clock=clock)
        folder.mkdir(parents=True, exist_ok=True)
        keys = RootKeys.make(commands, roots, threshold)
        data = folder / "data"
        tree = tree or _smallest_tree(folder / "tree")
        where = ["--data", data, "--deployment", name, "--roots", keys.roots]
        where += ["--tree", tree / "wegwijzer.tree"]
        made_keys = commands.server("init", *where)
        log = VerifierKey.read(printed_vkey(made_keys, name + "+"))
        promise = VerifierKey.read(printed_vkey(made_keys, promise_name(name) + "+"))
        real = {one: Desk.make(commands, one, name, keys.roots, passphrase) for one in desks}
        made = {one: PythonDesk(one, name) for one in python_desks}
        entries = [Entry.of_desk(real[one], *listed[one]) for one in desks]
        if "helpdesk" not in desks:
            entries = [Entry(one.id, one.name, one.keys, one.batch) for one in entries]
        day = commands.today
        year = day + datetime.timedelta(days=400)
        entries += [Entry.of_python(one, until=year) for one in made.values()]
        text = DirectoryText(
            name,
            [log.text],
            [promise.text],
            sha256((tree / "wegwijzer.tree").read_bytes()).hex(),
            entries,
            shards=shards,
            work=work,
            issued=day,
            expires=day + datetime.timedelta(days=300),
        )
        note = keys.sign(text.text, folder / "directory.note", signers=threshold)
        commands.server("directory", "--data", data, note)
        return Deployment(commands, name, data, keys, log, promise, real, made, text, note)

    def serve(self, **options: object) -> ServerProcess:
        """Starts the server (once) and keeps it."""
        if self.process is None or self.process.process.poll() is not None:
            self.process = ServerProcess(self.commands, self.data, **options)  # type: ignore
        return self.process

    def stop(self) -> None:
        """Stops the server, if it runs."""
        if self.process is not None:
            self.process.stop()
            self.process = None

    @property
    def today(self) -> datetime.date:
        """The day this deployment lives on."""
        return self.commands.today

    def public(self, months: int = 2) -> Public:
        """What everybody sees now, verified."""
        return fetch(self.serve().server, self.keys.read, self.today, months)

    def wait(self, days: int = 1) -> list[dict[str, Any]]:
        """Lets days pass and closes those that are over; the server is started again."""
        assert self.commands.clock, "only a deployment with a clock of its own can wait"
        self.stop()
        self.commands.clock.forward(days)
        through = self.today - datetime.timedelta(days=1)
        typed = ["--through", through, "--erase", "--json"]
        return self.commands.server("close-day", "--data", self.data, *typed).json

    def path(self, name: str) -> Path:
        """A fresh path for a file of this kind."""
        return self.commands.home / f"{next(self._count)}-{name}"

    def close(self, expect: int | None = 0) -> Result:
        """`close-day --now`."""
        return self.commands.server("close-day", "--data", self.data, "--now", expect=expect)

    def export(self, organisation: str, first: int | None = None) -> Path:
        """`export`: the in-bundle of an organisation."""
        out = self.path(f"{organisation}.in")
        more = [] if first is None else ["--from", first]
        where = ["--data", self.data, "--organisation", organisation, "--out", out]
        self.commands.server("export", *where, *more)
        return out

    def take(self, bundle: Path, expect: int | None = 0) -> Result:
        """`import`: an out-bundle."""
        return self.commands.server("import", "--data", self.data, bundle, expect=expect)

    def check(self, expect: int | None = 0) -> Result:
        """`check`: verifies the whole store."""
        return self.commands.server("check", "--data", self.data, expect=expect)

    def stick_in(self, organisation: str, first: int | None = None) -> dict[str, Any]:
        """Export, import at the desk; no day is closed for it."""
        return self.desks[organisation].take(self.export(organisation, first), self.note)

    def stick_out(self, organisation: str) -> dict[str, Any]:
        """Export at the desk, import; no day is closed for it."""
        bundle = self.desks[organisation].export(self.path(f"{organisation}.out"))
        return self.commands.server("import", "--data", self.data, bundle, "--json").json

    def to_desk(self, organisation: str) -> dict[str, object]:
        """Close, export, import at the desk: one way of the stick."""
        self.close()
        bundle = self.export(organisation)
        return self.desks[organisation].take(bundle, self.note)

    def from_desk(self, organisation: str) -> None:
        """Export at the desk, import, close: the other way."""
        self.take(self.desks[organisation].export(self.path(f"{organisation}.out")))
        self.close()
