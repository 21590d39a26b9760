"""A desk whose vault was put back from an old copy: nothing is lost or doubled."""

import datetime
import re
import shutil
from collections.abc import Callable

import pytest
from reporter.frame import Kind
from reporter.leaf import LeafType
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.clock import Clock
from stage.deployment import Deployment
from stage.threads import report, send, texts, thread_id

START = datetime.date(2027, 4, 6)


class TestADeskFromAnOldCopy:
    """The vault is put back as it was; one journey in steps."""

    @pytest.fixture(scope="class")
    def house(self, made: Callable[..., Deployment]) -> Deployment:
        """One real desk, in days of its own."""
        return made("old-copy", desks=("nl-vi", "helpdesk"), python_desks=(), clock=Clock(START))

    first: Reporter
    second: Reporter
    held: int

    def test_life_goes_on_after_the_copy(self, house: Deployment) -> None:
        kind = type(self)
        kind.first, kind.second = Reporter(house.name), Reporter(house.name)
        desk = house.desks["nl-vi"]
        report(house, self.first, "nl-vi", "Voor de kopie.")
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(self.first, "nl-vi"), "Eerste antwoord.")
        house.stick_out("nl-vi")
        house.wait()
        kind.held = house.stick_in("nl-vi")["cosigned"]
        copy = desk.vault.with_suffix(".copy")
        shutil.copy(desk.vault, copy)
        desk.reply(thread_id(self.first, "nl-vi"), "Tweede antwoord, na de kopie.")
        report(house, self.second, "nl-vi", "Na de kopie.")
        public = house.public()
        more = self.first.compose(public, "nl-vi", "Ook na de kopie.", kind=Kind.FOLLOW_UP)
        send(house, self.first, more)
        house.stick_out("nl-vi")
        house.wait()
        house.stick_in("nl-vi")
        desk.reply(thread_id(self.second, "nl-vi"), "Antwoord aan de tweede.")
        house.stick_out("nl-vi")
        house.wait()
        house.stick_in("nl-vi")
        house.stick_out("nl-vi")
        shutil.copy(copy, desk.vault)

    def test_the_next_stick_does_not_fit_and_says_from_where(self, house: Deployment) -> None:
        desk = house.desks["nl-vi"]
        result = desk.run("import", house.export("nl-vi"), expect=None)
        assert_one_line(result)
        assert str(self.held) in re.findall(r"\d+", result.error)
        assert "--from" in result.error

    def test_with_that_stick_it_has_everything_once(self, house: Deployment) -> None:
        taken = house.stick_in("nl-vi", first=self.held)
        assert taken["messages"] == 2 and taken["unreadable"] == 0
        assert taken["alarms"] == [] and taken["cosigned"] == house.public().checkpoint.size
        desk = house.desks["nl-vi"]
        contents = desk.contents(thread_id(self.first, "nl-vi"))
        assert [one["text"] for one in contents["messages"]] == [
            "Voor de kopie.",
            "Ook na de kopie.",
        ]

    def test_what_it_writes_now_doubles_no_number(self, house: Deployment) -> None:
        desk = house.desks["nl-vi"]
        desk.reply(thread_id(self.first, "nl-vi"), "Derde antwoord.")
        desk.reply(thread_id(self.second, "nl-vi"), "Nog een aan de tweede.")
        taken = house.stick_out("nl-vi")
        assert taken["conflicting"] == 0
        house.wait()
        assert texts(house, self.first) == [
            ("nl-vi", "Eerste antwoord."),
            ("nl-vi", "Tweede antwoord, na de kopie."),
            ("nl-vi", "Derde antwoord."),
        ]
        assert texts(house, self.second) == [
            ("nl-vi", "Antwoord aan de tweede."),
            ("nl-vi", "Nog een aan de tweede."),
        ]
        assert house.stick_in("nl-vi")["alarms"] == []

    def test_its_stick_of_before_the_copy_is_harmless(self, house: Deployment) -> None:
        """An acknowledgement only moves forward."""
        newest = house.public().acknowledged("nl-vi")
        house.stick_out("nl-vi")
        house.wait()
        assert house.public().acknowledged("nl-vi") >= newest
        sizes = [
            int.from_bytes(one.tag[:8], "big")
            for one in house.public().leaves
            if one.type == LeafType.ACKNOWLEDGEMENT
        ]
        assert sizes == sorted(set(sizes))
        house.check()
        house.stop()
