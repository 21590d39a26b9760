"""The commands of docs/desk.md, as a desk types them: its rounds, and what happens between."""

import datetime
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reporter.envelope import seal_text
from reporter.frame import Kind
from reporter.primitives import box_pair, sha256
from reporter.release import Release
from reporter.submission import Submission
from reporter.visit import Reporter
from stage.clock import Clock
from stage.commands import PROJECT
from stage.deployment import Deployment
from stage.directories import Entry
from stage.documents import Play
from stage.terminal import Terminal
from stage.threads import report, send, thread_id

DOCUMENT = "docs/desk.md"
START = datetime.date(2026, 10, 2)
PASSPHRASE = "een lange zin die niemand raadt"
WORDS = "Ze wachten me elke dag op bij de fietsen. Ik durf niet meer."


class World:
    """Who writes to this desk, the server and the other desk, in the days of the document."""

    def __init__(self, house: Deployment) -> None:
        self.house = house
        home = house.commands.home
        self.stick = home / "stick"
        self.stick.mkdir()
        self.terminal = Terminal(
            house.commands,
            home,
            {
                "passphrase of the vault:": PASSPHRASE + "\n",
                "the same passphrase again:": PASSPHRASE + "\n",
            },
        )
        self.new, self.follow_up, self.closed, self.waiting = (
            Reporter(house.name) for _ in range(4)
        )
        backup = home / "backup"
        backup.mkdir()
        self.table = {"desk.vault": "nl-vi.vault", "/media/stick": str(self.stick)}
        self.table["/media/backup"] = str(backup)
        for shown, reporter in (
            ("9f3c21aa", self.new),
            ("04be77d1", self.follow_up),
            ("c1d20e55", self.closed),
        ):
            self.table[shown] = thread_id(reporter, "nl-vi")
        self.table["9f3c"] = self.table["9f3c21aa"][:4]

    def until(self, day: str) -> None:
        """Days pass."""
        self.house.wait((datetime.date.fromisoformat(day) - self.house.today).days)

    def stick_in(self) -> None:
        """The courier brings a stick, which is not put in yet."""
        self.house.export("nl-vi").rename(self.stick / "in.bundle")

    def tell(self, reporter: Reporter, words: str, answers: str, kind: int = Kind.REPORT) -> None:
        """A message to this desk, with what was answered before."""
        public = self.house.public()
        one = reporter.compose(public, "nl-vi", words, answers=answers, kind=kind)
        send(self.house, reporter, one)

    def until_the_first_stick(self) -> None:
        """One thread that was closed, one with a follow-up, one that is new."""
        house, desk = self.house, self.house.desks["nl-vi"]
        other = "gevaar=nee\nrol=omstander\nschool=mbo\nthema=onbekend\n"
        self.tell(self.closed, "Ik weet iets.", other)
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(self.closed, "nl-vi"), kind="closed")
        house.stick_out("nl-vi")
        self.until("2026-11-27")
        hurt = "gevaar=nee\nrol=ouder\nschool=po\nthema=fysiek\n"
        self.tell(self.follow_up, "Mijn kind wordt geslagen.", hurt)
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(self.follow_up, "nl-vi"), "Wat is er gebeurd?", "question")
        house.stick_out("nl-vi")
        self.until("2026-12-04")
        sexual = (
            "gevaar=nee\nrol=leerling\nschool=vo\nthema=seksueel\nseks=dwang\nwanneer=door\n"
            "wie-seks=school\nleeftijd-ik=onder18\n"
        )
        self.tell(self.new, "Na de les moest ik steeds nablijven. Ik wil het niet.", sexual)
        self.until("2026-12-07")
        self.tell(self.follow_up, "Vandaag weer.", "", Kind.FOLLOW_UP)
        house.wait()
        self.stick_in()

    def overdue(self) -> str:
        """Nobody picks up for two weeks; the other desk's list."""
        house, other = self.house, self.house.desks["helpdesk"]
        house.take(self.stick / "out.bundle")
        house.wait()
        house.stick_in("nl-vi")
        house.stick_out("nl-vi")
        self.report = report(house, self.waiting, "nl-vi", WORDS, slot=7)
        house.wait(15)
        house.stick_in("helpdesk")
        return other.run("list").out

    def released(self) -> str:
        """Its reporter opens it to the other desk; the thread there."""
        house = self.house
        digest = sha256(self.report.envelope)
        opening = Release.of(self.waiting.keys("nl-vi"), 7, digest)
        one = self.waiting.release(house.public(), "helpdesk", opening)
        send(house, self.waiting, one)
        house.wait()
        house.stick_in("helpdesk")
        return house.desks["helpdesk"].show(thread_id(self.waiting, "helpdesk"))

    def agreed(self) -> str:
        """The reporter says yes; the thread at this desk."""
        house = self.house
        house.stick_in("nl-vi")
        house.stick_out("nl-vi")
        house.wait()
        send(house, self.new, self.new.consent(house.public(), "nl-vi", "helpdesk"))
        house.wait()
        house.stick_in("nl-vi")
        return house.desks["nl-vi"].show(thread_id(self.new, "nl-vi"))

    def answered_wrongly(self) -> None:
        """One answer too many."""
        self.house.desks["nl-vi"].reply(thread_id(self.new, "nl-vi"), "Voor een ander.")

    def junk(self) -> None:
        """Something that another key opens."""
        house, stranger = self.house, box_pair(os.urandom(32))[0]
        public = house.public()
        envelope = seal_text(b"", stranger, box_pair(os.urandom(32))[0], os.urandom(32)).envelope
        one = Submission("nl-vi", bytes(15) + b"\1", envelope)
        one = one.with_stamp(public.challenge, public.tries("nl-vi"))
        assert house.serve().server.post(one.encoded).status == 201
        house.wait()
        house.stick_in("nl-vi")

    def lost(self) -> None:
        """A disk that lost an envelope."""
        house = self.house
        report(house, Reporter(house.name), "nl-vi", "Nooit aangekomen.")
        house.wait()
        with closing(sqlite3.connect(house.data / "intake.sqlite")) as file, file:
            last = "SELECT max(position), body FROM text_body"
            position, body = file.execute(last).fetchone()
            file.execute("DELETE FROM text_body WHERE position = ?", (position,))
        self.table["5d0e7b13"] = sha256(body).hex()[:8]
        house.stick_in("nl-vi")

    def second(self) -> None:
        """Another laptop, with the roots file alone."""
        folder = self.house.commands.home / "laptop"
        folder.mkdir()
        shutil.copy(self.house.keys.roots, folder)
        self.terminal.folder = folder
        del self.table["desk.vault"]

    def listed(self) -> None:
        """The roots list the keys it printed; a stick from the beginning."""
        house = self.house
        lines = [
            line
            for line in self.terminal.shown[-1].splitlines()
            if line.startswith(("seal ", "desk "))
        ]
        own, *others = house.directory.entries
        entry = Entry(own.id, own.name, tuple(lines), own.batch, own.escalation)
        text = house.directory.changed(
            serial=2, entries=[entry, *others], issued=house.today,
            expires=house.today + datetime.timedelta(days=90),
        )
        house.note = house.keys.sign(text.text, self.terminal.folder / "directory.note")
        house.commands.server("directory", "--data", house.data, house.note)
        house.wait()
        house.export("nl-vi", 0).rename(self.stick / "in.bundle")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server and two desks, before anybody wrote."""
    house = Deployment.make(
        tmp_path,
        name="briefje.example",
        desks=("nl-vi", "helpdesk"),
        python_desks=(),
        clock=Clock(START),
        tree=PROJECT / "tree",
    )
    yield World(house)
    house.stop()


def test_the_page_for_desks_is_played(world: World) -> None:
    Play(
        DOCUMENT,
        world.terminal,
        world.table,
        {
            "stick in  →  import  →  list  →  show, route  →  reply  →  export  →  stick out": (
                "a drawing"
            )
        },
        {
            "$ intake-admin import --vault desk.vault /media/stick/in.bundle": (
                world.until_the_first_stick
            ),
            "at most 4 messages wait at Vertrouwensinspectie (nl-vi), since 2026-12-09; only": (
                world.overdue
            ),
            "release of 2026-12-24 (language nl)": world.released,
            "consent of 2026-12-26 (language nl)": world.agreed,
            "$ intake-admin withdraw --vault desk.vault 9f3c 3": world.answered_wrongly,
            "$ intake-admin list --vault desk.vault --unreadable": world.junk,
            "$ intake-admin accept-loss --vault desk.vault": world.lost,
            "$ intake-admin init --vault desk.vault --organisation nl-vi --deployment "
            "briefje.example --roots roots": world.second,
            "$ intake-admin import --vault desk.vault /media/stick/in.bundle --directory "
            "directory.note": world.listed,
        },
    ).run()
