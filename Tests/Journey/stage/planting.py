"""What somebody may plant under a name, and what a folder holds before and after."""

import hashlib
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

#: In words, as a refusal says it.
WORDS = {
    "link": "is a symbolic link",
    "dead link": "is a symbolic link",
    "pipe": "is a pipe",
    "folder": "is a folder",
    "device": "is a device",
    "socket": "is a socket",
}


def _device(path: Path) -> None:
    # That of /dev/null: whoever writes to it harms nobody.
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))


def _socket(path: Path) -> None:
    # By a short way: the address of a socket has 107 bytes.
    here = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"/proc/self/fd/{here}/{path.name}")
    os.close(here)


def plant(kind: str, path: Path, target: Path) -> None:
    """Plants something; a link leads to `target`."""
    makers: dict[str, Callable[[], object]] = {
        "link": lambda: path.symlink_to(target),
        "dead link": lambda: path.symlink_to(path.parent / "nowhere"),
        "pipe": lambda: os.mkfifo(path, 0o600),
        "folder": lambda: path.mkdir(),
        "device": lambda: _device(path),
        "socket": lambda: _socket(path),
    }
    makers[kind]()


def can_make_devices(folder: Path) -> bool:
    """Whether this process may; a container's root sometimes may not."""
    try:
        _device(folder / "device")
    except PermissionError:
        return False
    (folder / "device").unlink()
    return True


def seen(path: Path) -> tuple[object, ...]:
    """What lies there, the link itself where it is one."""
    found = path.lstat()
    kind = stat.S_IFMT(found.st_mode)
    if kind == stat.S_IFREG:
        content: object = hashlib.sha256(path.read_bytes()).hexdigest()
    elif kind == stat.S_IFLNK:
        content = os.readlink(path)
    else:
        content = found.st_rdev
    return kind, found.st_mode, content


def everything(home: Path) -> dict[str, tuple[object, ...]]:
    """Everything under a home but SQLite's own files, which opening alone may change."""
    return {
        str(path.relative_to(home)): seen(path)
        for path in sorted(home.rglob("*"))
        if not path.name.startswith("intake.sqlite")
    }


class Planter:
    """Plants and takes away at one name as fast as it can, until it is told to stop.

    Whatever unfinished file appears beside the name is taken away too, and a link put in its
    place.
    """

    def __init__(self, path: Path, victim: Path, genuine: Path | None) -> None:
        self.path, self.victim, self.genuine = path, victim, genuine
        self.rounds = 0
        self._stop = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> "Planter":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            for kind in ("link", "pipe", "genuine", "nothing"):
                self._put(kind)
                self._swap_unfinished()
            self.rounds += 1

    def _put(self, kind: str) -> None:
        try:
            self.path.unlink(missing_ok=True)
            if kind == "genuine" and self.genuine is not None:
                os.link(self.genuine, self.path)
            elif kind in WORDS:
                plant(kind, self.path, self.victim)
        except FileExistsError:
            pass

    def _swap_unfinished(self) -> None:
        for name in os.listdir(self.path.parent):
            if not name.endswith(".part") or self.rounds % 2:
                continue
            unfinished = self.path.parent / name
            try:
                unfinished.unlink(missing_ok=True)
                unfinished.symlink_to(self.victim)
            except FileExistsError:
                pass
