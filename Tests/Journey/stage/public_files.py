"""The public files as an auditor keeps them, and a liar who has the log's own key."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reporter.codec import Reader, base64_bytes
from reporter.leaf import SIZE, Leaf
from reporter.merkle import MerkleTree
from reporter.month import MonthFile
from reporter.note import Checkpoint, Signer, framed

from .commands import PROJECT
from .deployment import Deployment

Leaves = list[Leaf]


def script() -> str:
    """The script of `docs/audit.md`, as people copy it."""
    page = (PROJECT / "docs" / "audit.md").read_text()
    found = re.search(r"```bash\n(#!/bin/bash\n.*?)```", page, re.DOTALL)
    assert found, "docs/audit.md must show how to fetch"
    return found[1]


def fetch(house: Deployment, folder: Path, first: str) -> None:
    """Runs that script against the house's server."""
    path = house.commands.home / "fetch"
    path.write_text(script())
    site = f"http://127.0.0.1:{house.serve().server.port}"
    words = ["bash", str(path), site, first, str(folder)]
    environment = house.commands.environment
    found = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


@dataclass
class Forger:
    """Changes what a folder says, and signs it anew with the log's own key."""

    folder: Path
    log: Signer

    @staticmethod
    def of(house: Deployment, folder: Path) -> "Forger":
        """The operator of a deployment."""
        seed = base64_bytes((house.data / "log.key").read_text().split()[-1])
        return Forger(folder, Signer.make(house.name, seed))

    @property
    def months(self) -> list[Path]:
        """The files of the months, in order."""
        return sorted((self.folder / "log").glob("????-??"))

    def month(self, path: Path) -> MonthFile:
        """A month as it lies there."""
        return MonthFile.read(path.read_bytes())

    def sign(self, tree: MerkleTree) -> bytes:
        """A checkpoint of any tree."""
        return self.log.note(Checkpoint.text(self.log.name, tree.size, tree.root))

    @property
    def notes(self) -> list[bytes]:
        """The notes of the list of checkpoints."""
        reader, notes = Reader((self.folder / "log" / "checkpoint").read_bytes()), []
        while reader.left:
            notes.append(reader.take(reader.u32()))
        return notes

    def put_notes(self, notes: list[bytes], name: str = "checkpoint") -> None:
        """Another list of checkpoints."""
        (self.folder / "log" / name).write_bytes(b"".join(framed(note) for note in notes))

    def last(self, change: Callable[[Leaves], Leaves], *, signed: bool = True) -> None:
        """Changes the entries of the last month; the checkpoint follows where it is signed."""
        path = self.months[-1]
        month = self.month(path)
        leaves = change(month.read_leaves())
        changed = MonthFile(month.first, month.subtrees, tuple(leaf.encoded for leaf in leaves))
        path.write_bytes(changed.encoded)
        if signed:
            self.put_notes([self.sign(changed.tree()), *self.notes[1:]])

    def flip(self, name: str, at: int) -> None:
        """One bit of a file."""
        path = self.folder / name
        body = bytearray(path.read_bytes())
        body[at] ^= 1
        path.write_bytes(body)

    def position(self, at: int) -> int:
        """The position in the log of an entry of the last month."""
        return self.month(self.months[-1]).first + at

    def file_length(self) -> int:
        """How many entries the last month has."""
        return len(self.months[-1].read_bytes()) // SIZE
