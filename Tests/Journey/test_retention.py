"""What is over is gone: from the drop, from the database, from every file of the server."""

import datetime
from collections.abc import Callable

import pytest
from reporter.drop import read_drop
from reporter.in_bundle import InBundle
from reporter.leaf import LeafType
from reporter.month import MonthFile, joined
from reporter.primitives import sha256
from reporter.release import Release
from reporter.states import MessageState, ReplyState
from reporter.visit import Reporter
from stage.clock import Clock
from stage.deployment import Deployment
from stage.memory import found_in_files
from stage.threads import leaves_for, report, send, texts, thread_id

START = datetime.date(2027, 3, 10)
#: Bytes from the middle of an envelope, where nothing else has the same.
MIDDLE = slice(600, 1000)


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    """Two real desks, in days of their own."""
    desks = ("nl-vi", "helpdesk")
    return made("retention", desks=desks, python_desks=(), clock=Clock(START))


def kept(house: Deployment, **envelopes: bytes) -> set[str]:
    """Which of these envelopes still have bytes in any file of the server, at rest."""
    house.stop()
    wanted = {one[MIDDLE]: name for name, one in envelopes.items()}
    return {wanted[part] for _, part in found_in_files(house.data, wanted)}


def renew(house: Deployment, serial: int) -> None:
    """A new directory with the same entries, valid from this day on."""
    text = house.directory.changed(
        serial=serial, issued=house.today, expires=house.today + datetime.timedelta(days=300)
    )
    house.note = house.keys.sign(text.text, house.path("directory.note"))
    house.commands.server("directory", "--data", house.data, house.note)


def acknowledge(house: Deployment, organisation: str) -> None:
    """A stick there and back, and the close that logs it."""
    assert house.stick_in(organisation)["alarms"] == []
    house.stick_out(organisation)
    house.wait()


def test_what_was_acknowledged_goes_after_thirty_days(house: Deployment) -> None:
    """Report and fillers alike; what nobody picked up stays."""
    reporter = Reporter(house.name)
    mine = report(house, reporter, "nl-vi", "Voor wie het ophaalt.").envelope
    theirs = report(house, Reporter(house.name), "helpdesk", "Aan wie niet komt.").envelope
    house.wait()
    bundle = InBundle.verified(house.export("nl-vi").read_bytes(), house.log)
    own = [one for one in bundle.objects.values() if len(one) == 16_384]
    (filler,) = [one for one in own if one != mine][:1]
    everything = {"report": mine, "filler": filler, "waiting": theirs}
    assert kept(house, **everything) == set(everything)
    acknowledge(house, "nl-vi")
    logged = leaves_for(house.public(), LeafType.ACKNOWLEDGEMENT, "nl-vi")
    assert len(logged) == 1
    house.wait(29)
    assert kept(house, **everything) == set(everything), "29 days"
    house.wait()
    assert kept(house, **everything) == {"waiting"}, "30 days"
    house.check()
    (message,) = reporter.messages(house.public(months=3))
    assert message.state == MessageState.HELD, "the log still says that it arrived"
    late = house.stick_in("helpdesk")
    assert late["alarms"] == [] and late["messages"] == 1, "what waits is still given"
    house.stop()


def test_an_export_from_before_says_what_is_over(house: Deployment) -> None:
    """A desk that asks again for what it acknowledged long ago gets leaves without objects."""
    report(house, Reporter(house.name), "nl-vi", "Al lang opgehaald.")
    house.wait()
    acknowledge(house, "nl-vi")
    house.wait(31)
    bundle = InBundle.verified(house.export("nl-vi", 0).read_bytes(), house.log)
    first = min(at for at, leaf in enumerate(bundle.leaves) if leaf[0] == LeafType.TEXT)
    assert first not in bundle.objects
    taken = house.stick_in("nl-vi", first=0)
    assert taken["alarms"] == [] and taken["cosigned"] == house.public().checkpoint.size
    house.stop()


def test_an_overdue_envelope_waits_for_both_desks(house: Deployment) -> None:
    reporter = Reporter(house.name)
    one = report(house, reporter, "nl-vi", "Niemand komt.", slot=9)
    house.wait(15)
    acknowledge(house, "nl-vi")
    house.wait(30)
    assert kept(house, overdue=one.envelope) == {"overdue"}, "the escalation has not come"
    taken = house.stick_in("helpdesk")
    assert taken["waiting"] > 0 and taken["alarms"] == []
    release = Release.of(reporter.keys("nl-vi"), 9, sha256(one.envelope))
    send(house, reporter, reporter.release(house.public(), "helpdesk", release))
    house.wait()
    acknowledge(house, "helpdesk")
    shown = house.desks["helpdesk"].show(thread_id(reporter, "helpdesk"))
    assert "Niemand" in shown
    house.wait(29)
    assert kept(house, overdue=one.envelope) == {"overdue"}
    house.wait()
    assert kept(house, overdue=one.envelope) == set()
    house.check()
    house.stop()


def test_replies_leave_the_drop_after_ninety_days(house: Deployment) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Een vraag.")
    house.wait()
    house.stick_in("nl-vi")
    house.desks["nl-vi"].reply(thread_id(reporter, "nl-vi"), "Een antwoord.")
    house.stick_out("nl-vi")
    house.wait()
    tag = reporter.keys("nl-vi").tag_out(0)
    reply = read_drop(house.serve().server.get("/v1/drop/000"))[tag]
    house.wait(89)
    assert tag in read_drop(house.serve().server.get("/v1/drop/000")), "89 days"
    assert kept(house, reply=reply) == {"reply"}
    house.wait()
    assert tag not in read_drop(house.serve().server.get("/v1/drop/000")), "90 days"
    assert kept(house, reply=reply) == set()
    (found,) = reporter.answers(house.serve().server, house.public(months=5))
    assert found.state == ReplyState.OVER, "and nobody says that it is withheld"
    assert texts(house, reporter) == []
    house.check()
    house.stop()


@pytest.mark.slow
def test_leaves_of_fourteen_months_ago_are_erased_and_the_rest_verifies(
    house: Deployment,
) -> None:
    """A year and more goes by; every day is closed, each desk comes once a month or so."""
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Lang geleden.")
    serial, size, days = 1, 0, 0
    while days < 390:
        house.wait(30)
        days += 30
        if days % 240 == 0:
            serial += 1
            renew(house, serial)
        for one in ("nl-vi", "helpdesk"):
            taken = house.stick_in(one)
            assert taken["alarms"] == [], (days, one)
            assert taken["cosigned"] >= size
            house.stick_out(one)
        size = house.public().checkpoint.size
    names = [f"{START.year + at // 12}-{at % 12 + 1:02}" for at in range(2, 14)]
    end = datetime.date(START.year + 1, START.month + 1, 30)
    house.wait((end - house.today).days + 1)
    months = [_month(house, name) for name in names]
    assert months[0].leaves, "until the last day of the month 13 months later"
    joined(months)
    house.wait()
    months = [_month(house, name) for name in names]
    assert months[0].leaves == () and months[0].first == 0, "header and roots alone"
    held = months[1:]
    assert all(month.leaves for month in held)
    joined(held)
    assert held[0].subtrees, "its roots stand for what was before"
    house.public()
    house.check()
    assert house.stick_in("nl-vi")["alarms"] == []
    bundle = InBundle.verified(house.export("nl-vi").read_bytes(), house.log)
    assert bundle.size == house.public().checkpoint.size
    where = ["--data", house.data, "--organisation", "nl-vi", "--out", house.path("early.in")]
    result = house.commands.server("export", *where, "--from", 0, expect=None)
    assert result.status == 1 and "erased" in result.error
    house.stop()


def _month(house: Deployment, name: str) -> MonthFile:
    """A month's public file."""
    return MonthFile.read(house.serve().server.get(f"/v1/log/{name}"))
