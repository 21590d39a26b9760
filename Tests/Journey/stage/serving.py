"""`intake-server serve` as a process."""

import re
import signal
import socket as sockets
import subprocess
from pathlib import Path

from reporter.web import Server

from .commands import Commands, program
from .waiting import until

_LISTENING = re.compile(r"listening on http://(?P<host>[0-9.]+):(?P<port>[0-9]+)")


def _answers(path: Path) -> bool:
    """Whether somebody listens on a Unix socket."""
    with sockets.socket(sockets.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
        return True


class ServerProcess:
    """A running server; its standard output and error lie in files beside the data."""

    def __init__(
        self,
        commands: Commands,
        data: Path,
        *,
        socket: Path | None = None,
        under: tuple[str, ...] = (),
        name: str = "serve",
        page: bool = False,
        more: tuple[str, ...] = (),
    ) -> None:
        self.data = data
        self.socket = socket
        self.out = commands.home / f"{name}.out"
        self.error = commands.home / f"{name}.err"
        where = ["--socket", str(socket)] if socket else ["--port", "0"]
        words = [
            *under,
            program("intake-server"),
            "serve",
            "--data",
            str(data),
            *([] if page else ["--no-page"]),
            *where,
            *more,
        ]
        with self.out.open("ab") as out, self.error.open("ab") as error:
            self._skip = self.out.stat().st_size
            self.process = subprocess.Popen(
                words,
                env=commands.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=error,
            )
        try:
            self.server = self._listen()
        except AssertionError:
            self.stop(signal.SIGKILL)
            raise

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    def _said(self) -> str:
        return self.out.read_bytes()[self._skip :].decode("utf-8", "replace")

    def _listen(self) -> Server:
        def asked() -> Server | None:
            if self.process.poll() is not None:
                raise AssertionError(
                    f"server ended with {self.process.returncode}: {self.error.read_text()[-2000:]}"
                )
            if self.socket is not None:
                return Server(path=str(self.socket)) if _answers(self.socket) else None
            found = _LISTENING.search(self._said())
            return Server(port=int(found["port"])) if found else None

        return until(asked, "the server says `listening on …`")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ends the process and waits for its end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=30)

    def memory(self, line: str = "VmRSS") -> int:
        """Resident memory in bytes (`VmHWM`: the most there ever was)."""
        for found in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if found.startswith(line + ":"):
                return int(found.split()[1]) * 1024
        raise AssertionError(f"no {line} of process {self.pid}")
