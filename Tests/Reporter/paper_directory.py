"""Directory texts, written as section 10 has them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reporter.codec import base64_text


def today() -> datetime.date:
    """The day in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def days(count: int) -> datetime.date:
    """So many days from today."""
    return today() + datetime.timedelta(days=count)


def seal_line(key: bytes, until: datetime.date) -> str:
    """A sealing key and its last day."""
    return f"seal 1 {base64_text(key)} until {until}"


@dataclass(frozen=True)
class Entry:
    """An organisation's lines."""

    id: str
    name: str
    #: Its `seal` lines, then its `desk` lines.
    keys: tuple[str, ...]
    batch: int = 2
    escalation: str = "none"

    @property
    def lines(self) -> list[str]:
        """In the order of section 10."""
        start = [f"organisation {self.id} {self.name}", *self.keys]
        return [*start, f"batch {self.batch}", f"escalation {self.escalation}"]


@dataclass(frozen=True)
class DirectoryText:
    """A directory before it is signed."""

    deployment: str
    logs: Sequence[str]
    promises: Sequence[str]
    tree: str
    entries: Sequence[Entry]
    serial: int = 1
    shards: int = 1
    #: One try: any nonces do, so that tests need not work.
    work: int = 1
    issued: datetime.date = field(default_factory=today)
    expires: datetime.date = field(default_factory=lambda: days(300))
    pages: Sequence[tuple[str, str]] = ()

    @property
    def text(self) -> str:
        """The note's text."""
        lines = [
            "sealedintake/v1/directory",
            f"deployment {self.deployment}",
            f"serial {self.serial}",
            f"issued {self.issued}",
            f"expires {self.expires}",
            *(f"log {log}" for log in self.logs),
            *(f"promise {promise}" for promise in self.promises),
            f"shards {self.shards}",
            f"work {self.work}",
            f"tree {self.tree}",
            *(f"page {language} {digest}" for language, digest in self.pages),
        ]
        for entry in self.entries:
            lines += entry.lines
        return "".join(line + "\n" for line in lines)

    def changed(self, **changes: object) -> "DirectoryText":
        """The same with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]
