"""Each command of both programs that writes, with a fault at its writes: was it done, and what
was said?"""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reporter.frame import Kind
from reporter.visit import Reporter

from .deployment import Deployment
from .faults import ENDS, Faults, Struck
from .states import Ends, leftovers, state
from .threads import report, send, thread_id
from .touched import House, words_of
from .touching import AT_DESK, CASES, DATA, Case, assets

#: What is said of a command that failed although it did what it was asked, or may have.
DONE = re.compile(
    r"is written|is closed|is installed|(is|are) taken|from now on|did not confirm|look .* before"
)


def _unsigned(home: Path) -> None:
    """A directory that nobody signed yet."""
    note = home / "directory.note"
    note.write_text(note.read_text().split("\n\n")[0] + "\n")


def _behind(home: Path) -> None:
    """The store of some days ago."""
    for ending in ("", "-wal", "-shm"):
        (home / "data" / f"intake.sqlite{ending}").unlink(missing_ok=True)
    (home / "older.sqlite").rename(home / "data" / "intake.sqlite")


def _other(home: Path) -> None:
    """A newer directory, signed."""
    (home / "newer.note").replace(home / "directory.note")


def _rewritten(name: str, prepare: object, words: str = "") -> Case:
    """A command of the table in a house that was prepared so."""
    found = next(one for one in CASES if one.name == name)
    return Case(name, words or found.words, prepare=prepare)  # type: ignore[arg-type]


_PAGE = f"server page --renew --digest --assets {{home}}/assets {DATA}"
_PREPARED = (
    _rewritten("admin root sign", _unsigned),
    _rewritten("server recover", _behind),
    _rewritten("server recover --public", _behind),
    _rewritten("server directory", _other),
    Case("server page --renew", _PAGE, prepare=assets),
    Case("admin reply", f"admin reply {AT_DESK} {{thread}} --text Dank."),
    Case("admin transfer", f"admin transfer {AT_DESK} {{thread}}"),
    Case("admin withdraw", f"admin withdraw {AT_DESK} {{thread}} 1"),
)
_OWN = {one.name for one in _PREPARED}
#: `init`, which is made again instead, has tests of its own.
_ELSEWHERE = {"server init", "admin init"}
#: What ends by itself.
ENDING = (
    *(one for one in CASES if one.ends and one.name not in _OWN | _ELSEWHERE),
    *_PREPARED,
)
#: Those that write several files, each of them whole.
IN_PIECES = {"admin tree build", "admin tree campaign"}


def made(deployment: Deployment, kept: Path) -> House:
    """A house whose desk holds a thread that was answered and may be transferred."""
    reporter, desk = Reporter(deployment.name), deployment.desks["nl-vi"]
    report(deployment, reporter, "nl-vi", "Ze wachten me op na school.")
    deployment.to_desk("nl-vi")
    thread = thread_id(reporter, "nl-vi")
    desk.reply(thread, "Mag de helpdesk dit lezen?", kind="transfer", to="helpdesk")
    deployment.from_desk("nl-vi")
    public = deployment.public()
    send(deployment, reporter, reporter.consent(public, "nl-vi", "helpdesk", "Ja."))
    more = reporter.compose(public, "nl-vi", "Vandaag weer.", kind=Kind.FOLLOW_UP)
    send(deployment, reporter, more)
    deployment.to_desk("nl-vi")
    desk.reply(thread, "We lezen het.")
    home = deployment.commands.home
    with (
        closing(sqlite3.connect(deployment.data / "intake.sqlite")) as store,
        closing(sqlite3.connect(home / "older.sqlite")) as older,
    ):
        store.backup(older)
    newer = deployment.directory.changed(serial=2)
    deployment.keys.sign(newer.text, home / "newer.note")
    return House.of(deployment, kept, thread)


@dataclass
class Tally:
    """What became of one command, over all its faults."""

    name: str
    calls: int = 0
    faults: int = 0
    done: int = 0
    wrong: list[str] = field(default_factory=list)

    HEAD = f"{'command':28}{'calls':>7}{'faults':>8}{'done':>7}{'wrong':>7}"

    def __str__(self) -> str:
        numbers = f"{self.calls:7}{self.faults:8}{self.done:7}{len(self.wrong):7}"
        return f"{self.name:28}{numbers}"


@dataclass(frozen=True)
class Bench:
    """A home in which one command is run again and again."""

    house: House
    home: Path
    faults: Faults
    case: Case

    def _run(self, expect: int | None = 0) -> tuple[int, str]:
        result = self.faults.commands.run(*self._words, expect=expect)
        return result.status, result.error

    @property
    def _words(self) -> list[str]:
        return words_of(self.case, self.home, self.house.thread)

    def _fresh(self) -> None:
        self.house.copy(self.home, self.case)

    def ends(self) -> Ends:
        """Before and after, seen twice."""
        self._fresh()
        before, seen = state(self.home), []
        for _ in range(2):
            self._fresh()
            self._run()
            assert not leftovers(self.home)
            seen.append(state(self.home))
        return Ends.of(before, *seen)

    def calls(self) -> int:
        """How many calls the command has."""
        self._fresh()
        return self.faults.count(*self._words)

    def strike(self, how: str, numbers: list[int], ends: Ends, tally: Tally, lasting: bool) -> None:
        """Strikes these calls, each in a fresh home."""
        for number in numbers:
            self._fresh()
            struck = self.faults.at(number, how, *self._words, lasting=lasting)
            if struck is None:
                continue
            tally.faults += 1
            which = "lasting " + how if lasting else how
            tally.wrong += [f"{which}, {fault}" for fault in self._faults(struck, how, ends, tally)]

    def _faults(self, struck: Struck, how: str, ends: Ends, tally: Tally) -> list[str]:
        """What is not as it must be after one fault."""
        found, said = state(self.home), struck.result
        to_do = ends.differs(found, ends.after)
        is_begun = bool(ends.differs(found, ends.before))
        tally.done += not to_do
        wrong = []
        is_told = self.case.name in IN_PIECES or bool(DONE.search(said.error))
        if to_do and is_begun and not is_told and not self._may_end_between(how, to_do):
            wrong.append(f"half done, left {to_do}: {struck}")
        if to_do and said.status == 0:
            wrong.append(f"said to be done, left {to_do}: {struck}")
        if is_begun and how not in ENDS and said.status != 0 and not is_told:
            wrong.append(f"done, and told as failed: {struck}")
        if said.error.count("\n") > 2 or "Fatal" in said.error:
            wrong.append(f"more than a line or two: {struck}")
        if to_do:
            status, error = self._run(expect=None)
            left = ends.differs(state(self.home), ends.after)
            if is_begun:
                left = [name for name in left if name in to_do]
            if status != 0 or left:
                wrong.append(f"not to be done again, left {left}, {error.strip()}: {struck}")
            if leftovers(self.home):
                wrong.append(f"leaves {leftovers(self.home)} for good: {struck}")
        looks = is_begun or struck.number % 5 == 1
        # A store that is older than what was signed holds when it is recovered, not before; the
        # leaves of this desk end before the newest close.
        if self.case.prepare is _behind and (to_do or "--public" not in self.case.words):
            looks = False
        return wrong + (self._checked(struck) if looks else [])

    def _may_end_between(self, how: str, to_do: list[str]) -> bool:
        """What a command may leave to the next where the machine ends: the vault's note of a stick
        that is good, the copy of a directory that is in force."""
        return how in ENDS and to_do in (["nl-vi.vault: journal"], ["data/directory.note"])

    def _checked(self, struck: Struck) -> list[str]:
        """Whether the store and the vault hold."""
        commands, wrong = self.faults.commands, []
        if self.case.name.startswith("server"):
            result = commands.server("check", "--data", self.home / "data", expect=None)
        elif "--vault" in self._words:
            vault, passphrase = self.home / "nl-vi.vault", self.home / "nl-vi.passphrase"
            words = ["--vault", vault, "--passphrase-file", passphrase]
            result = commands.admin("check", *words, expect=None)
        else:
            return []
        if result.status != 0:
            wrong.append(f"does not check, {result}: {struck}")
        return wrong
