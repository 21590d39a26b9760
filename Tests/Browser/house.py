"""The house as the page's visitors meet it: the real commands, with the page that they serve."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from reporter.primitives import sha256
from stage.clock import Clock
from stage.commands import PROJECT, program
from stage.deployment import Deployment
from stage.waiting import until

NAME = "briefje.example"
#: What `scripts/build-page` makes: the programs of the page, and its sources.
ASSETS = Path(os.environ.get("INTAKE_ASSETS", PROJECT / ".build-page")).resolve()
TREE = PROJECT / "tree" / "wegwijzer.tree"
#: Where "Snel weg" leads in the tests.
EXIT = "https://weg.example/"
#: Seconds between two beats of a page in a test, where nothing else is asked for.
BEAT = 1
#: Names as people read them, batch, escalation.
ORGANISATIONS = {
    "nl-vi": ("Vertrouwensinspecteurs", 8, "helpdesk after 14"),
    "helpdesk": ("Helpdesk", 8, "none"),
    "nl-ocw": ("Ministerie van Onderwijs", 8, "none"),
}
_LISTENING = re.compile(r"listening on http://127\.0\.0\.1:(?P<port>[0-9]+)")


def asset(name: str) -> str:
    """Where a program lies: its digest is in the path."""
    digest = sha256((ASSETS / name).read_bytes()).hex()[:16]
    return "/assets/" + name.replace(".", f"-{digest}.")


def found(folder: Path, clock: Clock | None = None, tree: Path = TREE) -> Deployment:
    """Root, server, desks and signed directory; nothing runs yet."""
    desks = {"desks": tuple(ORGANISATIONS), "listed": ORGANISATIONS, "python_desks": ()}
    return Deployment.make(folder, **desks, shards=4, name=NAME, clock=clock, tree=tree.parent)


def apart(house: Deployment) -> Deployment:
    """The same house in a folder of its own: one server has a folder."""
    data = house.path("apart")
    shutil.copytree(house.data, data, ignore=shutil.ignore_patterns("intake.sqlite*"))
    house.commands.server("backup", "--data", house.data, "--to", data / "intake.sqlite")
    return replace(house, data=data, process=None)


class PageServer:
    """`intake-server serve` with the page."""

    def __init__(
        self, deployment: Deployment, assets: Path = ASSETS, *, reviewed_only: bool = False, more: tuple = ()
    ) -> None:
        self.out = deployment.commands.home / f"{assets.name}.out"
        self.error = deployment.commands.home / f"{assets.name}.err"
        words = [program("intake-server"), "serve", "--data", deployment.data, "--port", "0"]
        words += ["--assets", assets, "--site-name", "Briefje", "--exit-url", EXIT, "--beat-seconds", str(BEAT)]
        words += [*(["--reviewed-only"] if reviewed_only else []), *more]
        with self.out.open("wb") as out, self.error.open("wb") as error:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                env=deployment.commands.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=error,
            )
        try:
            self.port = until(self._listening, "the server says `listening on …`", 120)
        except AssertionError:
            self.stop()
            raise

    def _listening(self) -> int | None:
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended: {self.error.read_text()[-2000:]}")
        said = _LISTENING.search(self.out.read_text())
        return int(said["port"]) if said else None

    def stop(self) -> None:
        """Ends the process and waits for its end."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
