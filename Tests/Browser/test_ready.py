"""What is ready to go is never lost and never two, and the work before it ends with the visit."""

import pytest
from playwright.sync_api import expect
from schedule import differences
from slow_ways import site, slow, tells, to_the_text  # noqa: F401

#: How long somebody stays for whom it does not go at once, in seconds.
LASTS = 230


# What is ready is never lost, and never two


def ready(visit):
    """Somebody whose message waits for its beat; the message."""
    tells(visit)
    someone = visit.someone
    expect(someone.page.locator("#sending-line")).to_contain_text("Je bericht is op slot.")
    expect(someone.page.locator("#sending-note")).to_contain_text("Ga je toch weg?")
    return bytes(someone.page.evaluate("() => Array.from(Briefje.journey.sealed.body)"))


def test_it_is_said_within_how_many_seconds_it_goes(site, slow):  # noqa: F811
    visit = slow()
    ready(visit)
    line, seconds = (visit.someone.page.locator(at) for at in ("#sending-line", "#sending-count"))
    said = line.inner_text()
    assert "binnen een minuut" in said
    expect(seconds).to_have_text("Seconden: 7")
    assert seconds.get_attribute("aria-hidden") == "true"
    visit.wait(4)
    expect(seconds).to_have_text("Seconden: 3")
    assert line.inner_text() == said, "a screen reader is told once"
    visit.wait(4)
    visit.someone.sent()


@pytest.mark.parametrize("leaving", ["exit", "close"])
def test_a_message_that_is_ready_goes_at_once_with_who_leaves(site, slow, leaving):  # noqa: F811
    visit = slow()
    body = ready(visit)
    assert site.messages == []
    page = visit.someone.page
    if leaving == "exit":
        page.route("https://weg.example/**", lambda route: route.fulfill(body="Het weer"))
        page.get_by_role("link", name="Snel weg").click()
    else:
        page.goto("about:blank")
    visit.go_again(site.address)
    assert site.posts == [body]


def test_a_program_that_stops_loses_and_doubles_nothing(site, slow):  # noqa: F811
    visit = slow()
    body = ready(visit)
    visit.someone.page.evaluate(
        "() => Briefje.visit.call('no_such_operation', []).catch(() => {})"
    )
    visit.wait(10)
    visit.someone.sent()
    visit.until(80)
    assert site.messages == [body]


def test_a_message_that_is_not_taken_goes_again_with_the_next_beats(site, slow):  # noqa: F811
    visit = slow()
    body = ready(visit)
    site.refusals = [503, 428]
    visit.until(LASTS)
    visit.someone.sent()
    first, second, third = site.messages
    assert first == second == body, "the same bytes"
    assert third[:40] + third[92:] == body[:40] + body[92:] and third[40:92] != body[40:92]
    order = [(at // 1000, method, status) for at, method, path, _, status in visit.asked
             if path != "/v1/drop/###"]
    assert order[1:9:2] == [(15, "POST", 503), (45, "POST", 428), (75, "POST", 201), (105, "POST", 201)]
    assert {row[1:] for row in order[::2]} == {("GET", 200)}


@pytest.mark.parametrize("before", [True, False], ids=["its first beat", "its second"])
def test_a_stamp_that_would_be_refused_does_not_show(site, slow, before):  # noqa: F811
    visit = slow()
    if before:
        site.log.house.value = bytes(16)
    body = ready(visit)
    if not before:
        site.refusals = [503]
        visit.until(20)
        site.log.house.value = bytes(16)
    visit.until(LASTS)
    visit.someone.sent()
    *_, last = site.messages
    assert last[:40] + last[92:] == body[:40] + body[92:] and last[40:92] != body[40:92]
    assert len(site.messages) == (1 if before else 2)
    refused = [row for row in differences(visit.asked, LASTS) if " 503)" not in row]
    assert refused == []


def test_a_page_in_the_challenge_s_place_holds_nothing_up(site, slow):  # noqa: F811
    visit = slow()
    body = ready(visit)
    site.instead["/v1/challenge"] = b"<!doctype html><title>Welkom op de wifi</title>" * 9
    visit.until(20)
    visit.someone.sent()
    assert site.messages == [body]


# Work


def test_work_runs_while_somebody_writes_and_ends_with_the_visit(site, slow):  # noqa: F811
    site.log.house.tries = 4096
    visit = slow()
    before = len(visit.someone.page.workers)
    to_the_text(visit)
    visit.someone.page.wait_for_function("() => Briefje.work.share() > 0")
    assert len(visit.someone.page.workers) == before + 1
    visit.someone.page.evaluate("() => Briefje.visit.end()")
    visit.someone.no_program_left()


def test_work_for_another_place_begins_anew(site, slow):  # noqa: F811
    site.log.house.tries = 64
    visit = slow()
    stamps = visit.someone.page.evaluate(
        """async () => {
          const { begin } = Briefje.work;
          const one = begin("nl-vi");
          const same = one === begin("nl-vi");
          const other = await begin("helpdesk");
          return [same, await one, Array.from(other)];
        }"""
    )
    assert stamps[:2] == [True, None] and len(stamps[2]) == 52


def test_who_sends_before_the_work_is_done_sees_how_far_it_is(site, slow):  # noqa: F811
    site.log.house.tries = 4096
    visit = slow()
    gate = "() => { const go = Briefje.work.begin; Briefje.work.begin = (id) => window.__held"
    gate += " = new Promise((done) => (window.__go = () => go(id).then(done))); }"
    visit.someone.page.evaluate(gate)
    tells(visit)
    page = visit.someone.page
    expect(page.locator("#sending-line")).to_contain_text("een zegel voor je bericht")
    expect(page.locator("#sending-work")).to_be_visible()
    expect(page.locator("#sending-note")).to_contain_text("Het gaat vanzelf verder.")
    page.clock.resume()
    visit.someone.check_screen("work")
    page.evaluate("() => window.__go()")
    expect(page.locator("#sending-line")).to_contain_text("Je bericht is op slot.", timeout=60000)


# Out of sight


def test_a_page_out_of_sight_for_half_an_hour_rests_and_goes_on_when_seen(site, slow):  # noqa: F811
    visit = slow()
    hide = """(hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page = visit.someone.page
    page.evaluate(hide, True)
    visit.until(20)
    assert len(site.posts) == 1, "it goes on at first"
    page.clock.fast_forward(1_800_000)
    visit.calm()
    visit.wait(31)
    posts = len(site.posts)
    visit.wait(120)
    assert len(site.posts) == posts
    page.evaluate(hide, False)
    visit.wait(31)
    assert len(site.posts) == posts + 1
