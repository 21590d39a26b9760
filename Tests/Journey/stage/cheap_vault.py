"""Makes a test's vault cheap to open."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reporter.codec import u64
from reporter.primitives import label

from .cheap import LEAST, wrapped_cheaply


def cheapen(vault: Path, passphrase: str, renewed: str | None = None) -> None:
    """Wraps a vault's master key anew at the least cost (`VaultHeader`), or under another passphrase."""
    with closing(sqlite3.connect(vault)) as file, file:
        row = "SELECT salt, operations, memory, master FROM vault"
        salt, operations, memory, master = file.execute(row).fetchone()
        start = label("vault-master") + b"\0" + u64(1) + salt
        cost = operations, memory
        again = wrapped_cheaply(master, passphrase, salt, cost, lambda cost: start + cost, renewed)
        file.execute("UPDATE vault SET operations = ?, memory = ?, master = ?", (*LEAST, again))
