"""The server's database, looked at from outside."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


def tables(connection: sqlite3.Connection) -> list[str]:
    """Names of the tables."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def opened(path: Path) -> sqlite3.Connection:
    """A connection that can only read."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)


def counts(data: Path) -> dict[str, int]:
    """Rows of each table."""
    with closing(opened(data / "intake.sqlite")) as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables(connection)
        }


def digest(data: Path) -> str:
    """A digest over every value of every row, in no order: equal means nothing changed."""
    with closing(opened(data / "intake.sqlite")) as connection:
        found = []
        for name in tables(connection):
            rows = sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
            found.append(hashlib.sha256("\n".join([name, *rows]).encode()).hexdigest())
        return " ".join(found)


def values(path: Path) -> Iterator[tuple[str, object]]:
    """Every value with the name of its table and column."""
    with closing(opened(path)) as connection:
        for name in tables(connection):
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            columns = [f"{name}.{one[0]}" for one in cursor.description]
            for row in cursor:
                yield from zip(columns, row, strict=True)
