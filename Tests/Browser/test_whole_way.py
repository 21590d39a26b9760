"""Passing on and transferring, from the page over real desks back to the page; days really pass."""

import contextlib
import datetime

import pytest
from house import PageServer, found
from playwright.sync_api import expect
from stage.clock import Clock
from stage.directories import today
from visitor import STORY, visitor

ANSWER = "Wij hebben je verhaal gelezen."


@pytest.fixture
def deployment(tmp_path):
    return found(tmp_path, Clock(today()))


@pytest.fixture
def visit(browser, deployment):
    """Serves the page on the deployment's day, for one window."""

    @contextlib.contextmanager
    def make():
        server = PageServer(deployment)
        someone = visitor(browser, f"http://127.0.0.1:{server.port}")
        noon = datetime.time(12, tzinfo=datetime.UTC)
        someone.page.clock.set_fixed_time(datetime.datetime.combine(deployment.today, noon))
        try:
            yield someone.open()
            someone.check_quiet()
        finally:
            someone.page.context.close()
            server.stop()

    return make


def told(visit):
    """Somebody tells it; the three lines of the code."""
    with visit() as someone:
        lines = someone.tell()
        someone.send(lines)
        someone.sent()
    return lines


def threads(deployment, organisation):
    return [row["thread"] for row in deployment.desks[organisation].list()]


def test_what_nobody_collects_is_passed_on_and_answered(deployment, visit):
    lines = told(visit)
    deployment.wait(13)
    with visit() as early:
        early.come_back(lines)
        early.shard_came()
        expect(early.page.locator("#replies")).to_contain_text("Veilig bewaard")
    deployment.wait(1)
    with visit() as someone:
        someone.come_back(lines)
        someone.shard_came()
        expect(someone.page.locator("#replies")).to_contain_text("Nog niet opgehaald")
        someone.page.get_by_role("button", name="Geef door").click()
        someone.button("Ja, geef het door")
        someone.expect_heading("Je hebt het doorgegeven")

    deployment.wait(1)
    deployment.stick_in("helpdesk")
    desk = deployment.desks["helpdesk"]
    [thread] = threads(deployment, "helpdesk")
    shown = desk.show(thread)
    assert all(line in shown for line in STORY.splitlines())
    desk.reply(thread, ANSWER)
    deployment.stick_out("helpdesk")
    deployment.wait(1)

    with visit() as again:
        again.come_back(lines)
        again.shard_came()
        again.expect_heading("Er is antwoord")
        helpdesk = again.page.locator("#replies section").filter(has_text="Helpdesk").last
        expect(helpdesk.locator(".words")).to_have_text(ANSWER)
        expect(helpdesk).to_contain_text("Ze hebben je bericht opgehaald.")
        expect(again.page.locator("#replies")).to_contain_text("Je schreef daarna al aan Helpdesk.")


def test_a_yes_brings_the_story_to_another_desk_and_its_answer_back(deployment, visit):
    lines = told(visit)
    deployment.to_desk("nl-vi")
    asking = deployment.desks["nl-vi"]
    [thread] = threads(deployment, "nl-vi")
    asking.reply(thread, "Zij weten hier meer van.", kind="transfer", to="nl-ocw")
    deployment.from_desk("nl-vi")

    with visit() as someone:
        someone.come_back(lines)
        someone.shard_came()
        expect(someone.page.locator(".reply")).to_contain_text("Zij weten hier meer van.")
        someone.page.get_by_role("button", name="Kies ja of nee").click()
        someone.button("Ja, dat mag")
        someone.expect_heading("Je hebt ja gezegd")

    deployment.to_desk("nl-vi")
    asking.run("transfer", thread)
    deployment.from_desk("nl-vi")
    deployment.to_desk("nl-ocw")
    other = deployment.desks["nl-ocw"]
    [there] = threads(deployment, "nl-ocw")
    shown = other.show(there)
    assert all(line in shown for line in STORY.splitlines())
    other.reply(there, ANSWER)
    deployment.from_desk("nl-ocw")

    with visit() as again:
        again.come_back(lines)
        again.shard_came()
        again.expect_heading("Er is antwoord")
        ministry = again.page.locator("#replies section").last
        expect(ministry).to_contain_text("Ministerie van Onderwijs")
        expect(ministry.locator(".words")).to_have_text(ANSWER)
