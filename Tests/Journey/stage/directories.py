"""Directory texts, written as section 10 has them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reporter.codec import base64_text

from .desks import Desk, PythonDesk


def today() -> datetime.date:
    """The day in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def days(count: int) -> datetime.date:
    """So many days from today."""
    return today() + datetime.timedelta(days=count)


@dataclass(frozen=True)
class Entry:
    """An organisation's lines."""

    id: str
    name: str
    keys: tuple[str, ...]
    batch: int = 2
    escalation: str = "none"

    @property
    def lines(self) -> list[str]:
        """In the order of section 10."""
        start = [f"organisation {self.id} {self.name}", *self.keys]
        return [*start, f"batch {self.batch}", f"escalation {self.escalation}"]

    @staticmethod
    def of_desk(desk: Desk, name: str, batch: int, escalation: str) -> "Entry":
        """The lines a real desk printed."""
        ordered = sorted(desk.lines, key=lambda line: line.startswith("desk "))
        return Entry(desk.organisation, name, tuple(ordered), batch, escalation)

    @staticmethod
    def of_python(
        desk: PythonDesk,
        batch: int = 1,
        escalation: str = "none",
        until: datetime.date | None = None,
    ) -> "Entry":
        """The lines of a desk that lives in Python."""
        seal = f"seal 1 {base64_text(desk.seal[0])} until {until or days(400)}"
        keys = (seal, f"desk {desk.signer.key.text}")
        return Entry(desk.organisation, f"Proef {desk.organisation}", keys, batch, escalation)


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
