"""The entries of desks in a directory's text."""

import datetime
from dataclasses import dataclass

import paper_directory
from paper_directory import DirectoryText, days, seal_line, today

from .desks import Desk, PythonDesk

__all__ = ["DirectoryText", "Entry", "days", "today"]


@dataclass(frozen=True)
class Entry(paper_directory.Entry):
    """An organisation's lines, where it has a desk."""

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
        keys = (seal_line(desk.seal[0], until or days(400)), f"desk {desk.signer.key.text}")
        return Entry(desk.organisation, f"Proef {desk.organisation}", keys, batch, escalation)
