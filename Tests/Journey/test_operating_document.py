"""The commands of docs/operating.md, as an operator copies them: first day, sticks, a restored backup."""

import datetime
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from reporter.note import VerifierKey
from reporter.primitives import sha256
from reporter.visit import Reporter
from stage.clock import Clock
from stage.commands import PROJECT, Commands, program
from stage.deployment import Deployment, RootKeys
from stage.desks import Desk, PythonDesk
from stage.directories import DirectoryText, Entry
from stage.documents import Play
from stage.paper_desk import PaperDesk
from stage.serving import ServerProcess
from stage.terminal import Terminal
from stage.threads import report, thread_id
from stage.waiting import until

DOCUMENT = "docs/operating.md"
NAME = "briefje.example"
START = datetime.date(2026, 11, 24)
#: Of the organisations one has a real desk.
PYTHON = ("helpdesk", "nl-ocw")

LEFT_OUT = {
    "git clone … sealedintake && cd sealedintake": "builds for a quarter of an hour; ./run and "
    "./test use the same scripts",
    "[Unit]": "needs systemd; its ExecStart is what serves below",
    "server {": "nginx is not installed here; docs say that it is an example",
    "global": "test_proxy runs it",
    "[Service]": "needs systemd; test_proxy gives the key in the same variable",
}


class Machine:
    """The operator's: folders of its own for /usr/local/lib, /var/lib, the stick and the backup."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.commands = Commands(home, clock=Clock(START))
        self.keys = RootKeys.make(self.commands, 1, 1)
        carried = home / "carried"
        carried.mkdir()
        for name in ("stick", "backup"):
            (home / name).mkdir()
        shutil.copy(program("intake-server"), carried)
        shutil.copy(self.keys.roots, carried)
        (carried / "tree").mkdir()
        for path in (PROJECT / "tree").glob("wegwijzer.*t*"):
            shutil.copy(path, carried / "tree")
        (carried / ".build-page").symlink_to(PROJECT / ".build-page")
        self.data, self.stick = home / "data", home / "stick"
        self.socket = home / "http.sock"
        self.terminal = Terminal(self.commands, carried)
        self.house: Deployment
        self.process: ServerProcess | None = None
        self.nl_vi = Reporter(NAME)

    def table(self) -> dict[str, str]:
        """What lies where."""
        return {
            "/usr/local/lib/intake": f"{self.home}/lib",
            "/var/lib/intake": str(self.data),
            "/run/intake/http.sock": str(self.socket),
            "/media/stick": str(self.stick),
            "/backup": f"{self.home}/backup",
            "https://briefje.example/": f"--unix-socket {self.socket} http://{NAME}/",
            # The test is already who it is.
            "sudo -u intake ": "",
            " -o intake -g intake": "",
            "useradd": ": useradd",
        }

    def sign(self) -> None:
        """The people of the roots take the lines that were printed, and sign a directory."""
        log, promise = (
            VerifierKey.read(line.split()[1])
            for line in self.terminal.shown[-2].splitlines()
            if line.startswith(("log ", "promise "))
        )
        pages = [line.split() for line in self.terminal.shown[-1].splitlines() if line]
        desk = Desk.make(self.commands, "nl-vi", NAME, self.keys.roots)
        made = {one: PythonDesk(one, NAME) for one in PYTHON}
        year = START + datetime.timedelta(days=400)
        text = DirectoryText(
            NAME,
            [log.text],
            [promise.text],
            sha256((PROJECT / "tree" / "wegwijzer.tree").read_bytes()).hex(),
            [
                Entry.of_desk(desk, "Vertrouwensinspecteurs", 4, "helpdesk after 14"),
                *(Entry.of_python(one, batch=2, until=year) for one in made.values()),
            ],
            issued=START,
            expires=START + datetime.timedelta(days=90),
            pages=[(language, digest) for language, digest in pages],
        )
        note = self.keys.sign(text.text, self.terminal.folder / "directory.note")
        real = {"nl-vi": desk}
        parts = (self.commands, NAME, self.data, self.keys, log, promise, real, made, text, note)
        self.house = Deployment(*parts)

    def serve(self) -> None:
        """What systemd starts: the words of the unit."""
        unit = (PROJECT / DOCUMENT).read_text()
        found = re.search(r"(?ms)^ExecStart=/\S+ (.*?)(?<!\\)$", unit)
        assert found
        here = found[1].replace("\\\n", "")
        for name, place in self.table().items():
            here = here.replace(name, place)
        more = ("--security-contact", "mailto:security@briefje.example")
        self.process = ServerProcess(
            self.commands, self.data, socket=self.socket, page=True, name="unit", more=more
        )
        assert self.process.process.args[1:] == shlex.split(here)  # type: ignore[index]

    def carry(self) -> None:
        """A report, two answers on two sticks; the second lies there."""
        pages = dict(self.house.directory.pages)
        assert self.terminal.shown[-2].split()[0] == pages["nl"]
        assert self.terminal.shown[-1] == (self.data / "directory.note").read_text()
        self.stop()
        house, desk = self.house, self.house.desks["nl-vi"]
        report(house, self.nl_vi, "nl-vi", "Ze wachten me op.")
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(self.nl_vi, "nl-vi"), "We lezen het.")
        house.stick_out("nl-vi")
        desk.reply(thread_id(self.nl_vi, "nl-vi"), "Wil je meer vertellen?")
        desk.export(self.stick / "out.bundle")
        house.wait()

    def run_again(self) -> None:
        """A backup is taken while it serves."""
        self.house.serve()

    def break_down(self) -> None:
        """Days pass, the disk breaks, and what is left of the store is moved away."""
        house, late = self.house, Reporter(NAME)
        desk = house.desks["nl-vi"]
        report(house, late, "nl-vi", "Van na de reservekopie.")
        report(house, late, "helpdesk", "Aan een ander, erna.")
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(late, "nl-vi"), "Gelezen.")
        house.stick_out("nl-vi")
        other = PaperDesk(house.python_desks["helpdesk"], house.public().directory, house.log)
        other.day = house.today
        other.take(house.export("helpdesk", 0).read_bytes())
        other.reply(late.keys("helpdesk").thread[0], "Ook gelezen.")
        path = house.path("helpdesk.out")
        path.write_bytes(other.out())
        house.take(path)
        house.wait(2)
        house.stick_in("nl-vi")
        for path in self.data.glob("intake.sqlite*"):
            path.unlink()

    def serve_behind(self) -> str:
        """The server on the store that was brought back."""
        house = self.house
        self.commands.clock.forward()
        said = house.serve().error
        text = until(
            lambda: said.read_text() if "past days" in said.read_text() else None,
            "the server refuses to close",
        )
        return text

    def leaves(self) -> None:
        """What the desk that imported last wrote."""
        self.house.stop()
        desk = self.house.desks["nl-vi"]
        desk.export(self.stick / "leaves.bundle", "--leaves")

    def stop(self) -> None:
        """Ends what serves."""
        if self.process is not None:
            self.process.stop()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine on its first day."""
    one = Machine(tmp_path)
    yield one
    one.stop()
    if hasattr(one, "house"):
        one.house.stop()


def test_the_page_for_operators_is_played(machine: Machine) -> None:
    last = f"tail -n 1 {machine.home}/unit.out"
    Play(
        DOCUMENT,
        machine.terminal,
        machine.table(),
        LEFT_OUT,
        {
            "$ sudo -u intake ./intake-server directory --data /var/lib/intake directory.note": (
                machine.sign
            ),
            "# systemctl enable --now intake": machine.serve,
            "$ sudo -u intake ./intake-server import --data /var/lib/intake "
            "/media/stick/out.bundle": machine.carry,
            "$ sudo -u intake ./intake-server backup --data /var/lib/intake --to "
            "/backup/intake.sqlite": machine.run_again,
            "$ sudo -u intake ./intake-server restore --data /var/lib/intake --from "
            "/backup/intake.sqlite": machine.break_down,
            "intake-server: past days are not closed: the store has 32 leaves of 89 signed "
            "before, it must be recovered first; see \"When something is wrong\" in "
            "operating.md": machine.serve_behind,
            "$ sudo -u intake ./intake-server recover --data /var/lib/intake "
            "/media/stick/leaves.bundle": machine.leaves,
        },
        {"systemctl enable --now intake": "true", "journalctl -u intake -n 1": last},
    ).run()
    machine.house.check()
