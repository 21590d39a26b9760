"""A clock that jumps: nothing is closed, promised, erased or confirmed by it, and all say so."""

import datetime
from collections.abc import Callable

import pytest
from reporter.public import fetch
from reporter.states import MessageState
from reporter.visit import Reporter
from stage.clock import Clock
from stage.deployment import Deployment
from stage.threads import report, texts, thread_id
from stage.waiting import until

START = datetime.date(2027, 3, 10)
JUMPS = (1, 2, 100, 2000)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    return made("clock", desks=("nl-vi",), python_desks=(), clock=Clock(START))


def move(house: Deployment, days: int) -> None:
    """Sets the clock; what runs is stopped first."""
    house.stop()
    assert house.commands.clock
    house.commands.clock.forward(days)


def told(house: Deployment, words: str) -> str:
    """What the server says on its own, until it says so."""
    process = house.serve()
    return until(
        lambda: process.error.read_text() if words in process.error.read_text() else None, words
    )


def promised(house: Deployment, reporter: Reporter, words: str) -> datetime.date:
    """Sends a report as a phone with the right clock does; the day that its promise names."""
    public = fetch(house.serve().server, house.keys.read, START, 2)
    one = reporter.compose(public, "nl-vi", words)
    return reporter.send(house.serve().server, public, one).day


def closed(house: Deployment) -> int:
    return house.public().checkpoint.size


@pytest.mark.parametrize("days", JUMPS)
def test_a_server_that_starts_ahead_closes_nothing(house: Deployment, days: int) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Dit mag niet zoekraken.")
    move(house, days)
    said = told(house, "which nothing explains beyond 2027-03-10")
    assert f"close-day --through {START + (days - 1) * DAY}" in said
    move(house, -days)
    assert closed(house) == 0
    later = Reporter(house.name)
    move(house, days)
    assert promised(house, later, "Ook dit niet.") == START
    refused = house.commands.server("close-day", "--data", house.data, expect=1)
    assert "which nothing explains" in refused.error and "set the clock right" in refused.error
    assert "which nothing explains" in house.close(expect=1).error
    assert "which nothing explains" in house.check().error
    move(house, -days)
    assert closed(house) == 0
    house.wait()
    house.stick_in("nl-vi")
    assert {one["thread"] for one in house.desks["nl-vi"].list()} == {
        thread_id(reporter, "nl-vi"),
        thread_id(later, "nl-vi"),
    }


def test_a_typed_date_says_what_it_erases(house: Deployment) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Ik wacht op antwoord.")
    house.wait()
    house.stick_in("nl-vi")
    house.desks["nl-vi"].reply(thread_id(reporter, "nl-vi"), "Wij lezen mee.")
    house.stick_out("nl-vi")
    house.wait()
    assert texts(house, reporter) == [("nl-vi", "Wij lezen mee.")]
    move(house, 100)
    through = START + 101 * DAY
    where = ["close-day", "--data", house.data, "--through", through]
    refused = house.commands.server(*where, expect=1)
    assert "can erase" in refused.error and "replies" in refused.error and "--erase" in refused.error
    move(house, -100)
    assert texts(house, reporter) == [("nl-vi", "Wij lezen mee.")], "nothing went"
    move(house, 100)
    assert len(house.commands.server(*where, "--erase", "--json").json) == 100


def test_a_log_that_is_ahead_serves_on_and_all_who_watch_say_so(house: Deployment) -> None:
    move(house, 5)
    house.commands.server("close-day", "--data", house.data, "--through", START + 4 * DAY)
    move(house, -5)
    said = told(house, "one of both is ahead")
    assert "what comes is closed with 2027-03-15" in said
    reporter = Reporter(house.name)
    assert promised(house, reporter, "Komt dit aan?") == START + 5 * DAY
    assert "one of both is ahead" in house.check().error
    desk = house.desks["nl-vi"]
    taken = house.stick_in("nl-vi")
    assert taken["cosigned"] == 0 and "clock" in " ".join(taken["alarms"])
    for _ in range(6):
        house.wait()
    taken = house.stick_in("nl-vi")
    assert taken["alarms"] == [] and taken["cosigned"] == closed(house)
    assert {one["thread"] for one in desk.list()} == {thread_id(reporter, "nl-vi")}
    [message] = reporter.messages(house.public())
    assert message.state == MessageState.RECORDED


def test_a_desk_whose_clock_fell_back_says_so_and_writes_nothing(house: Deployment) -> None:
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Leest u dit?")
    house.wait()
    house.stick_in("nl-vi")
    house.wait()
    bundle = house.export("nl-vi")
    desk, thread = house.desks["nl-vi"], thread_id(reporter, "nl-vi")
    days = (house.today - datetime.date(2019, 5, 1)).days
    move(house, -days)
    assert "2019-05-01" in desk.run("list").out
    said = desk.run("reply", thread, "--text", "Ja.", expect=1).error
    assert "this machine's clock says 2019-05-01" in said
    assert desk.take(bundle)["alarms"] != []
    move(house, days)
    assert desk.take(house.export("nl-vi"))["alarms"] == []
    desk.reply(thread, "Ja.")


def test_no_vault_is_made_on_a_day_that_never_was(house: Deployment) -> None:
    move(house, -(START - datetime.date(1970, 1, 1)).days)
    path = house.commands.home / "new.vault"
    words = ["init", "--vault", path, "--organisation", "nl-vi", "--deployment", house.name]
    words += ["--roots", house.keys.roots, "--passphrase-file", house.desks["nl-vi"].passphrase]
    said = house.commands.admin(*words, expect=1).error
    assert "this machine's clock says 1970-01-01" in said
    assert not path.exists()
