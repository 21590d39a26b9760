"""A whole deployment for the browser tests: the real commands, real files, real processes.

The commands are found in the environment (`INTAKE_SERVER`, `INTAKE_ADMIN`, `INTAKE_ASSETS`) or
where the project's builds put them.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENT = "briefje.example"
EXIT = "/v1/openapi.json"
ORGANISATIONS = {
    "nl-vi": "Vertrouwensinspecteurs",
    "helpdesk": "Helpdesk",
    "nl-ocw": "Ministerie van Onderwijs",
}


def find(variable: str, name: str) -> Path:
    """The newest build of a command, or what the environment says."""
    if variable in os.environ:
        return Path(os.environ[variable]).resolve()
    built = [path for path in ROOT.glob(f".build*/*/{name}") if path.is_file()]
    if not built:
        raise FileNotFoundError(f"{name} is not built, or {variable} must name it")
    return max(built, key=lambda path: path.stat().st_mtime).resolve()


class House:
    """A server with its organisations, and a desk for each."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.server_command = find("INTAKE_SERVER", "intake-server")
        self.admin_command = find("INTAKE_ADMIN", "intake-admin")
        self.assets = Path(os.environ.get("INTAKE_ASSETS", ROOT / ".build-page"))
        self.data = folder / "server"
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text("een lange zin voor de tests\n")
        self.process: subprocess.Popen | None = None
        self.address = ""
        self.bundles = 0
        self.found()

    # Founding

    def found(self):
        root = self.admin("root", "new", "--key", self.folder / "root.key", "--name", "root.example")
        self.roots = self.folder / "roots"
        self.roots.write_text(f"threshold 1\n{vkey(root)}\n")
        tree = ROOT / "tree" / "wegwijzer.tree"
        init = self.server(
            "init", "--data", self.data, "--deployment", DEPLOYMENT, "--roots", self.roots,
            "--tree", tree, "--assets", self.assets,
        )
        self.log_key = vkey(init)
        self.desk_lines = {name: self.make_desk(name) for name in ORGANISATIONS}
        self.serial = 0
        self.tree_digest = sha256(tree.read_bytes()).hexdigest()
        self.install_directory(date.today() + timedelta(days=300))

    def make_desk(self, name: str) -> list[str]:
        printed = self.admin(
            "init", "--vault", self.vault(name), "--organisation", name, "--deployment",
            DEPLOYMENT, "--roots", self.roots, "--passphrase-file", self.passphrase,
        )
        return [line for line in printed.splitlines() if re.match(r"(seal|desk) ", line)]

    def directory(self, expires: date) -> Path:
        """A directory note, signed by the root."""
        self.serial += 1
        lines = [
            "sealedintake/v1/directory", f"deployment {DEPLOYMENT}", f"serial {self.serial}",
            f"issued {date.today()}", f"expires {expires}", f"log {self.log_key}", "shards 4",
            f"tree {self.tree_digest}",
        ]
        for name, title in ORGANISATIONS.items():
            lines += [f"organisation {name} {title}", *self.desk_lines[name], "batch 8"]
            lines += ["escalation helpdesk after 14" if name == "nl-vi" else "escalation none"]
        note = self.folder / f"directory-{self.serial}.note"
        note.write_text("\n".join(lines) + "\n")
        self.admin("root", "sign", "--key", self.folder / "root.key", note)
        return note

    def install_directory(self, expires: date):
        self.note = self.directory(expires)
        self.server("directory", "--data", self.data, self.note)

    # Running

    def vault(self, name: str) -> Path:
        return self.folder / f"{name}.vault"

    def server(self, *arguments) -> str:
        return run(self.server_command, *arguments)

    def admin(self, *arguments) -> str:
        return run(self.admin_command, *arguments)

    def desk(self, name: str, command: str, *arguments) -> str:
        return self.admin(
            command, "--vault", self.vault(name), *arguments, "--passphrase-file", self.passphrase
        )

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [
                self.server_command, "serve", "--data", self.data, "--port", str(port),
                "--site-name", "Briefje", "--exit-url", self.address + EXIT,
                "--assets", self.assets,
            ],
            stdout=self.log,
            stderr=self.log,
        )
        for _ in range(200):
            try:
                urllib.request.urlopen(self.address + "/v1/challenge", timeout=5).read()
                return
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError((self.folder / "server.log").read_text()[-2000:])

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.log.close()
            self.process = None

    # The way of a stick

    def close_day(self):
        self.server("close-day", "--data", self.data, "--now")

    def carry_in(self, name: str) -> dict:
        """Server to desk: what the desk says of it."""
        self.bundles += 1
        stick = self.folder / f"in-{self.bundles}.bundle"
        self.server("export", "--data", self.data, "--organisation", name, "--out", stick)
        known = [] if self.bundles > 1 else ["--directory", self.note]
        if not (self.folder / f"{name}.known").exists():
            known = ["--directory", self.note]
            (self.folder / f"{name}.known").touch()
        return json.loads(self.desk(name, "import", stick, *known, "--json"))

    def carry_out(self, name: str):
        """Desk to server."""
        self.bundles += 1
        stick = self.folder / f"out-{self.bundles}.bundle"
        self.desk(name, "export", "--out", stick)
        self.server("import", "--data", self.data, stick)

    def threads(self, name: str) -> list[dict]:
        return json.loads(self.desk(name, "list", "--json"))

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def vkey(printed: str) -> str:
    """The verifier key in what a command printed."""
    found = re.search(r"\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", printed)
    assert found, printed
    return found[0]
