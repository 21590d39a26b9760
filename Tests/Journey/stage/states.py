"""What lies in a home after a command: was it done, or not, or half?

What a command draws at random differs from run to run. So a command is run unharmed twice: what
both runs left alike is compared by its contents, the rest by its being there.
"""

import hashlib
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

#: How a database begins.
_MAGIC = b"SQLite format 3\0"
#: What SQLite keeps beside a database until it is folded in or rolled back.
_BESIDE = ("-wal", "-shm", "-journal")

#: A submission that waits, and is in the log.
_LOGGED = """EXISTS (SELECT 1 FROM leaf WHERE leaf.type = 1 AND leaf.tag = inbox.tag
AND leaf.organisation = inbox.organisation AND leaf.digest = inbox.digest)"""

#: By name: how much there is, and a digest of it.
State = dict[str, tuple[int, str]]


def state(home: Path) -> State:
    """Every file of a home, and every table of its databases as SQLite would open them."""
    found: State = {}
    for path in sorted(home.rglob("*")):
        name = str(path.relative_to(home))
        if not path.is_file() or path.is_symlink() or name.startswith("tmp/"):
            continue
        if path.name.endswith(_BESIDE) or unfinished(path):
            continue
        data = path.read_bytes()
        if data.startswith(_MAGIC):
            found |= {f"{name}: {table}": rows for table, rows in _tables(path).items()}
        else:
            found[name] = (1, hashlib.sha256(data).hexdigest())
    return found


def unfinished(path: Path) -> bool:
    """Whether a file is one that was being written."""
    return ".part" in path.name


def leftovers(home: Path) -> list[str]:
    """What a command left that was being written."""
    return sorted(path.name for path in home.rglob("*") if unfinished(path))


def _tables(path: Path) -> State:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for ending in ("", *_BESIDE):
            if (other := path.with_name(path.name + ending)).exists():
                shutil.copy(other, copy.with_name(copy.name + ending))
        database = sqlite3.connect(copy)
        try:
            _end_close(database)
            names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            return {name: _rows(database, name) for (name,) in names.fetchall()}
        finally:
            database.close()


def _end_close(database: sqlite3.Connection) -> None:
    """A close that was cut off is done where it was signed, and else not: what the next one makes
    of it."""
    if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'closing'").fetchone():
        return
    found = database.execute("SELECT size, (SELECT MAX(size) FROM checkpoint) FROM closing")
    for size, newest in found.fetchall():
        if newest == size:
            for table in ("leaf", "text_body", "lost"):
                database.execute(f"DELETE FROM {table} WHERE position >= ?", (size,))
        else:
            database.execute(f"DELETE FROM inbox WHERE {_LOGGED}")
            database.execute("DELETE FROM inbox_body WHERE id NOT IN (SELECT body FROM inbox)")
        database.execute("DELETE FROM closing")


def _rows(database: sqlite3.Connection, table: str) -> tuple[int, str]:
    rows = sorted(repr(row) for row in database.execute(f'SELECT * FROM "{table}"'))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


@dataclass(frozen=True)
class Ends:
    """How a home is before a command, and after it."""

    before: State
    after: State
    #: What no two runs leave alike.
    drawn: frozenset[str]

    @staticmethod
    def of(before: State, once: State, again: State) -> "Ends":
        drawn = {name for name in once if again.get(name) != once[name]}
        return Ends(before, once, frozenset(drawn))

    def differs(self, found: State, other: State) -> list[str]:
        """The names at which two states are not the same."""
        names = sorted({*found, *other})
        return [name for name in names if self._seen(name, found) != self._seen(name, other)]

    def _seen(self, name: str, found: State) -> tuple[int, str] | None:
        one = found.get(name)
        return (one[0], "") if one and name in self.drawn else one
