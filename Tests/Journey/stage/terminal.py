"""A terminal, in which commands are typed as people type them."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .commands import FOLDERS, Commands

#: Rows and columns, as most terminals begin.
SIZE = 24, 80
#: Longer than any command of a document needs, so that one that waits for somebody is found.
SECONDS = 60


def seen(written: bytes) -> str:
    """What a person reads in the end: a line that is written over shows what came last."""
    lines = written.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rsplit("\r", 1)[-1].rstrip() for line in lines)


@dataclass
class Terminal:
    """A window; the folder stays from one command to the next."""

    commands: Commands
    folder: Path
    #: What is typed where a line ends so: a passphrase, mostly.
    typed: dict[str, str] = field(default_factory=dict)
    #: What it showed, command by command.
    shown: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Both programs are found by their names, as after an installation."""
        own = self.commands.environment
        folders = [str(Path(one).resolve()) for one in FOLDERS]
        return own | {"PATH": ":".join([*folders, own["PATH"]]), "TERM": "dumb"}

    def run(self, command: str, typed: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Types a command and waits for its end: its exit status, and what the window shows."""
        place = self.commands.home / "folder"
        script = f'trap \'pwd >"{place}"\' EXIT\n{command}\n'
        window, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        process = subprocess.Popen(
            ["bash", "-o", "pipefail", "-c", script],
            env=self.environment,
            cwd=self.folder,
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(end)
        try:
            written = self._answer(window, command, self.typed | dict(typed or {}))
            status = process.wait(SECONDS)
        finally:
            process.kill()
            os.close(window)
        self.folder = Path(place.read_text().strip())
        self.shown.append(seen(written))
        return status, self.shown[-1]

    def _answer(self, window: int, command: str, typed: Mapping[str, str]) -> bytes:
        written, answered, until = b"", 0, time.monotonic() + SECONDS
        while True:
            ready, _, _ = select.select([window], [], [], until - time.monotonic())
            assert ready, f"{command!r} waits for somebody: {seen(written)!r}"
            try:
                part = os.read(window, 65_536)
            except OSError:
                return written
            if not part:
                return written
            written += part
            waiting = re.sub(r"\s+$", "", seen(written[answered:]))
            for question, answer in typed.items():
                if waiting.endswith(question):
                    os.write(window, answer.encode())
                    answered = len(written)
