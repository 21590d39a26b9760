"""A device and a server that do not agree on the day: said in plain words, and sent after a second tap."""

import datetime

import pytest
from paper_house import days
from paper_ledger import message
from playwright.sync_api import expect
from returning import HERE, back, own, site, visit, weekday  # noqa: F401
from visitor import visitor

ASKED = "Kijk eerst naar de datum"


def away(site, **time):  # noqa: F811
    site.now += datetime.timedelta(**time)


def sending(someone):
    """All the way to the last button."""
    lines = someone.tell()
    someone.send(lines)


@pytest.mark.parametrize("hours", [49, -49, 24 * 365, -24 * 365])
def test_a_device_far_away_is_told_both_days_and_asked_again(site, visit, hours):  # noqa: F811
    site.log.add(1)
    away(site, hours=hours)
    someone = visit()
    said = f"Op deze site is het {weekday(0)} 2026."
    expect(someone.page.locator("#start-line")).to_contain_text(said, timeout=30000)
    expect(someone.page.locator("#start-line")).to_contain_text(f" {site.now.day} ")
    sending(someone)
    someone.expect_heading(ASKED)
    expect(someone.page.locator("#clock-line")).to_contain_text(said)
    assert not [body for body in site.posts if body[5] == 0], "nothing was sent"
    someone.check_screen("clock")
    someone.button("Verstuur het toch")
    someone.sent()
    assert len([body for body in site.posts if body[5] == 0]) == 1


def test_who_is_asked_can_go_back_and_is_asked_again(site, visit):  # noqa: F811
    site.log.add(1)
    away(site, days=3)
    someone = visit()
    sending(someone)
    someone.expect_heading(ASKED)
    someone.button("Terug")
    someone.expect_heading("Schrijf dit over")
    someone.button("Verstuur")
    someone.expect_heading(ASKED)


@pytest.mark.parametrize("hours", [0, 48, -48])
def test_nobody_else_is_asked(site, visit, hours):  # noqa: F811
    site.log.add(1)
    away(site, hours=hours)
    someone = visit()
    sending(someone)
    someone.sent()
    expect(someone.page.locator("#start-line")).to_have_text("")


def test_an_hour_of_now_over_an_old_log_is_asked_too(site, visit):  # noqa: F811
    site.log.by_day = {days(-6): []}
    someone = visit()
    sending(someone)
    someone.expect_heading(ASKED)
    expect(someone.page.locator("#clock-line")).to_contain_text(f"Op deze site is het {weekday(-5)}")


def test_a_release_is_asked_too(site, back):  # noqa: F811
    site.log.add(20, message(HERE)).add(1)
    away(site, days=9)
    someone = back()
    expect(own(someone)).to_contain_text("Nog niet opgehaald")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading(ASKED)


def test_the_newest_day_of_the_log_stands_where_it_is_said_who_has_it(site, back, visit):  # noqa: F811
    site.log.add(2, message(HERE))
    said = f"Het logboek loopt tot en met {weekday(-2)}."
    expect(visit().page.locator("#fetched li").last).to_have_text(said, timeout=30000)
    expect(back().page.locator("#replies > p")).to_have_text(said)


# Days are the reader's


@pytest.mark.parametrize(
    "zone, hour, ago",
    [("Europe/Amsterdam", 23, 0), ("Europe/Amsterdam", 12, 1), ("America/Kralendijk", 2, 2)],
)
def test_what_happens_now_happens_on_the_readers_day(browser, site, zone, hour, ago):  # noqa: F811
    # At eleven at night in Greenwich it is past midnight in Amsterdam; at two it is yesterday on Bonaire.
    site.now = datetime.datetime.combine(days(0), datetime.time(hour, 30), datetime.UTC)
    someone = visitor(browser, site.address, timezone_id=zone)
    someone.page.clock.set_fixed_time(site.now)
    sending(someone.open())
    someone.sent()
    here = {0: weekday(1), 1: weekday(0), 2: weekday(-1)}[ago]
    expect(someone.page.locator("#sent-day")).to_contain_text(f"de post van {here}.")
    someone.page.context.close()


def test_a_day_of_another_year_has_its_year(visit):  # noqa: F811
    someone = visit()
    said = someone.page.evaluate("() => ['2025-12-31', '2026-01-02', '2027-01-01'].map((day) => Briefje.day(day))")
    assert said == ["woensdag 31 december 2025", "vrijdag 2 januari", "vrijdag 1 januari 2027"]
