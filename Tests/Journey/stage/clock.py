"""A day of our own for the real programs: libfaketime stands between them and the clock."""

import ctypes
import datetime
import itertools
import os
import struct
import weakref
from dataclasses import dataclass, field
from pathlib import Path

#: Every process begins its day at this hour, UTC: far from midnight and from 02:00.
HOUR = "09:00:00"
#: The thread-safe one; both programs have threads.
LIBRARY = "libfaketimeMT.so.1"
#: What the library shares between processes, as it begins it: two counters of 0, then when time
#: began on each of four clocks; -1 nanoseconds is "not yet".
SHARED = struct.pack("=QQ8q", 0, 0, *((0, -1) * 4)).ljust(4096, b"\0")
_COUNT = itertools.count()


def library() -> Path:
    """Where libfaketime lies; without it days cannot pass, so its absence is an error."""
    for found in sorted(Path("/usr/lib").glob(f"*/faketime/{LIBRARY}")):
        return found
    raise FileNotFoundError(f"no {LIBRARY}, must be installed (scripts/setup test)")


def _shared() -> tuple[str, str]:
    """A semaphore and a page of shared memory: their names.

    The library makes a pair by itself where it is given none. But then it adds a variable, which
    moves the environment, and Swift looks for its arguments from there; and it names the pair
    after the process, so that one which was killed stops a later process of its number.
    """
    name = f"/intake-clock-{os.getpid()}-{next(_COUNT)}"
    names = f"{name}-sem", f"{name}-shm"
    libc = ctypes.CDLL(None, use_errno=True)
    libc.sem_open.restype = ctypes.c_void_p
    if not libc.sem_open(names[0].encode(), os.O_CREAT | os.O_EXCL, 0o600, 1):
        raise OSError(ctypes.get_errno(), "no semaphore could be made", names[0])
    Path("/dev/shm" + names[1]).write_bytes(SHARED)
    return names


def _remove(names: tuple[str, str]) -> None:
    ctypes.CDLL(None).sem_unlink(names[0].encode())
    Path("/dev/shm" + names[1]).unlink(missing_ok=True)


@dataclass(eq=False)
class Clock:
    """The day that all commands and servers of a deployment live on."""

    day: datetime.date
    _names: tuple[str, str] = field(default_factory=_shared)

    def __post_init__(self) -> None:
        weakref.finalize(self, _remove, self._names)

    def forward(self, days: int = 1) -> None:
        """Lets days pass; a server that runs does not notice and must be started again."""
        self.day += datetime.timedelta(days=days)

    @property
    def environment(self) -> dict[str, str]:
        """What a program sees that lives on this day; time waited stays true time."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME": f"@{self.day} {HOUR}",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_SHARED": " ".join(self._names),
            "NO_FAKE_STAT": "1",
            "TZ": "UTC",
        }
