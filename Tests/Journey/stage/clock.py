"""A day of our own for the real programs: libfaketime stands between them and the clock."""

import datetime
from dataclasses import dataclass
from pathlib import Path

#: Every process begins its day at this hour, UTC: far from midnight and from 02:00.
HOUR = "09:00:00"
#: The thread-safe one; both programs have threads.
LIBRARY = "libfaketimeMT.so.1"


def library() -> Path:
    """Where libfaketime lies; without it days cannot pass, so its absence is an error."""
    for found in sorted(Path("/usr/lib").glob(f"*/faketime/{LIBRARY}")):
        return found
    raise FileNotFoundError(f"no {LIBRARY}, must be installed (scripts/setup test)")


@dataclass
class Clock:
    """The day that all commands and servers of a deployment live on."""

    day: datetime.date

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
            "NO_FAKE_STAT": "1",
            # Names of nothing: the library puts its own there. Without the variable it would add
            # it, which moves the environment, and Swift looks for its arguments from there.
            "FAKETIME_SHARED": "/none /none",
            "TZ": "UTC",
        }
