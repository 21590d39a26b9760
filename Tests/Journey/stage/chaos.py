"""Days in which things go wrong: who writes, who carries, and what happens to them.

Everything random comes from one seed. What fails is done again as a person does it: looked at
first where the sentence says so, until it is done.
"""

import datetime
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reporter.promise import Promise
from reporter.visit import Reporter

from .commands import Result, program
from .deployment import Deployment
from .faults import ENDS, ERRORS, Faults
from .public_files import fetch
from .threads import thread_id

ORGANISATION = "nl-vi"


@dataclass
class Sent:
    """Words that were answered 201."""

    words: str
    reporter: Reporter
    promise: Promise
    #: Whether a copy was made since.
    is_kept: bool = False
    #: Whether a store that had them was lost before a copy was made.
    is_at_risk: bool = False


@dataclass
class Said:
    """A reply that the desk wrote."""

    words: str
    reporter: Reporter
    is_kept: bool = False
    is_at_risk: bool = False


@dataclass
class Chaos:
    """A deployment in which things go wrong."""

    house: Deployment
    faults: Faults
    chance: random.Random
    sent: list[Sent] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    #: Where a bit was turned over: in which file, and of which row.
    flipped: set[tuple[str, int]] = field(default_factory=set)
    _store: Path | None = None
    _vault: Path | None = None

    # MARK: People

    def write(self) -> None:
        """Some people write; the server may be killed between two of them."""
        public = self.house.public()
        for _ in range(self.chance.randrange(1, 4)):
            words = f"woord{self.chance.randrange(10**12):012}"
            reporter = Reporter(self.house.name)
            one = reporter.compose(public, ORGANISATION, words)
            promise = reporter.send(self.house.serve().server, public, one)
            self.sent.append(Sent(words, reporter, promise))
            if self.chance.random() < 0.2:
                self._note("kill -9")
                self.house.serve().stop(signal.SIGKILL)

    def answer(self) -> None:
        """The desk answers somebody, once."""
        desk = self.house.desks[ORGANISATION]
        listed = {one["thread"] for one in desk.list()}
        answered = {id(one.reporter) for one in self.said}
        for one in self.sent:
            thread = thread_id(one.reporter, ORGANISATION)
            if thread not in listed or id(one.reporter) in answered:
                continue
            words = f"antwoord{self.chance.randrange(10**12):012}"
            self.said.append(Said(words, one.reporter))
            self._note(f"said {words}")
            self._until_done(
                self._desk("reply", thread, "--text", words),
                lambda thread=thread, words=words: words in desk.show(thread),
            )
            return

    def close(self) -> None:
        """The next day comes, and the past one is closed."""
        assert self.house.commands.clock
        self.house.stop()
        self.house.commands.clock.forward(1)
        through = self.house.today - datetime.timedelta(days=1)
        self._until_done(self._server("close-day", "--through", through, "--erase"))

    def carry(self) -> None:
        """The courier's way to the desk and back, as often as it takes."""
        into, out = self.house.path("stick.in"), self.house.path("stick.out")
        export = self._server("export", "--organisation", ORGANISATION, "--out", into)
        self._until_done(export)
        self._until_done(self._desk("import", into, "--directory", self.house.note))
        self.answer()
        self._until_done(self._desk("export", "--out", out))
        self._until_done(self._server("import", out))

    def accept_losses(self) -> None:
        """What never came is named as lost, one by one."""
        desk = self.house.desks[ORGANISATION]
        for one in desk.run("accept-loss", "--json").json["missing"]:
            self.lost.add(one["digest"])
            desk.run("accept-loss", str(one["leaf"]), one["digest"][:16])

    # MARK: What goes wrong

    def strike(self) -> None:
        """One thing, or nothing."""
        kinds = [self.jump, self.turn_bits, self.lose_store, self.lose_vault, *[self.keep] * 3]
        self.chance.choice(kinds)()

    def keep(self) -> None:
        """Copies of both, and of what everybody sees."""
        self._note("backups")
        self._store, self._vault = self.house.path("copy.sqlite"), self.house.path("copy.vault")
        self._until_done(
            self._server("backup", "--to", self._store), lambda: self._is_there(self._store)
        )
        self._until_done(
            self._desk("backup", "--to", self._vault), lambda: self._is_there(self._vault)
        )
        for one in (*self.sent, *self.said):
            one.is_kept = True

    def jump(self) -> None:
        """A server that runs for a moment while its clock is ahead."""
        assert self.house.commands.clock
        clock, day = self.house.commands.clock, self.house.today
        days = self.chance.choice([1, 2, 40, 400])
        self._note(f"clock {days} days ahead")
        self.house.stop()
        clock.day = day + datetime.timedelta(days=days)
        self.house.serve().server.get("/v1/log/checkpoint")
        self.house.stop()
        clock.day = day

    def turn_bits(self) -> None:
        """One bit of a body in the store and one of a cell in the vault."""
        self._note("bits")
        self.house.stop()
        self._turn_bit(self.house.data / "intake.sqlite", "text_body", "position", "body")
        self._turn_bit(self.house.desks[ORGANISATION].vault, "message", "id", "frame")
        self.house.desks[ORGANISATION].list()
        self.house.desks[ORGANISATION].run("check", "--mend")

    def lose_store(self) -> None:
        """The store is gone; a copy, the desk's leaves and the public files bring back the rest."""
        if self._store is None:
            return
        self._note("store lost")
        public, months = self.house.path("public"), self.house.today.replace(day=1)
        first = (months - datetime.timedelta(days=1)).strftime("%Y-%m")
        fetch(self.house, public, first)
        self.house.stop()
        for path in self.house.data.glob("intake.sqlite*"):
            path.unlink()
        leaves = self.house.path("leaves")
        self._until_done(self._server("restore", "--from", self._store), self._has_store)
        self._until_done(self._desk("export", "--leaves", "--out", leaves))
        self._until_done(self._server("recover", "--public", public))
        self._until_done(self._server("recover", leaves))
        for one in self.sent:
            one.is_at_risk |= not one.is_kept

    def lose_vault(self) -> None:
        """The vault is gone; a copy and the server bring back the rest."""
        if self._vault is None:
            return
        self._note("vault lost")
        desk = self.house.desks[ORGANISATION]
        desk.vault.unlink()
        self._until_done(self._desk("restore", "--from", self._vault), desk.vault.exists)
        into = self.house.path("all.in")
        whole = ["--organisation", ORGANISATION, "--out", into, "--from", "0"]
        self._until_done(self._server("export", *whole))
        self._until_done(self._desk("import", into, "--directory", self.house.note))
        for one in self.said:
            one.is_at_risk |= not one.is_kept

    # MARK: How

    def _turn_bit(self, path: Path, table: str, key: str, column: str) -> None:
        with closing(sqlite3.connect(path)) as database, database:
            rows = database.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key}")
            free = [row for row in rows if (str(path), row[0]) not in self.flipped]
            if not free:
                return
            row, held = self.chance.choice(free)
            self.flipped.add((str(path), row))
            body = bytearray(held)
            body[self.chance.randrange(len(body))] ^= 1 << self.chance.randrange(8)
            query = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"
            database.execute(query, (bytes(body), row))

    def _server(self, command: str, *words: object) -> list[object]:
        return [program("intake-server"), command, "--data", self.house.data, *words]

    def _desk(self, command: str, *words: object) -> list[object]:
        desk = self.house.desks[ORGANISATION]
        secret = ["--vault", desk.vault, "--passphrase-file", desk.passphrase]
        return [program("intake-admin"), command, *secret, *words]

    def _until_done(
        self, words: list[object], is_done: Callable[[], bool] | None = None
    ) -> Result | None:
        """Runs a command that may fail at first; `is_done` looks, where it must not be done twice."""
        if self.chance.random() < 0.35:
            how = self.chance.choice([*ENDS, *ERRORS])
            number = self.chance.randrange(1, 150)
            lasts = how not in ENDS and self.chance.random() < 0.3
            struck = self.faults.at(number, how, *words, lasting=lasts)
            if struck is None:
                return None
            self._note(f"{struck.result.arguments[-1]}: {how} at {struck.call}")
            if is_done and is_done():
                return None
        return self.house.commands.run(*words)

    @staticmethod
    def _is_there(path: Path | None) -> bool:
        return path is not None and path.exists()

    def _has_store(self) -> bool:
        return (self.house.data / "intake.sqlite").exists()

    def _note(self, what: str) -> None:
        self.done.append(f"{self.house.today}: {what}")
