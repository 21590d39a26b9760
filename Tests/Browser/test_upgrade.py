"""A page left open over an upgrade says so; a bad line is no upgrade; a worker ends with the report."""

import re
import time

import pytest
from house import asset
from playwright.sync_api import expect
from returning import site, visit  # noqa: F401

WASM = asset("intake.wasm")
SAID = "Deze pagina is vernieuwd"


@pytest.mark.parametrize("gone", ["program", "rest"])
def test_files_that_are_gone_are_said_and_not_asked_for_again(site, visit, gone):  # noqa: F811
    rest = re.search(rb'"rest": "([^"]+)"', site.get("/")[0])[1].decode()
    site.gone |= {WASM, asset("intake.js")} if gone == "program" else {rest}
    someone = visit()
    expect(someone.page.locator("#start-closed-title")).to_have_text(SAID, timeout=30000)
    someone.check_screen("renewed")
    files = [one for one in someone.requests if "/assets/" in one]
    assert max(files.count(one) for one in files) <= 3
    time.sleep(4)
    assert [one for one in someone.requests if "/assets/" in one] == files


def test_a_line_that_breaks_is_no_upgrade(site, visit, browser):  # noqa: F811
    someone = visit()
    broken = []

    def once(route):
        if len(broken) < 1:
            broken.append(route)
            route.abort()
        else:
            route.continue_()

    someone.page.route("**" + WASM, once)
    someone.page.reload()
    expect(someone.page.locator("#fetched li").first).to_be_visible(timeout=30000)
    assert broken


def test_what_was_written_stays_on_the_screen(site, visit):  # noqa: F811
    someone = visit()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    someone.page.locator("#story").fill("Wat ik\nschreef.")
    someone.page.evaluate("() => Briefje.closed(new Briefje.Closed('nieuw'))")
    someone.expect_heading(SAID)
    expect(someone.page.locator("#closed-text")).to_have_text("Wat ik\nschreef.")
    expect(someone.page.locator("#help a[href^='tel:']").first).to_be_visible()
    someone.check_screen("renewed while writing")


def test_the_keys_go_when_the_report_is_there(site, visit):  # noqa: F811
    someone = visit()
    lines = someone.tell()
    before = list(someone.page.workers)
    someone.send(lines)
    someone.sent()
    expect(someone.page.locator("#sent-day")).to_contain_text("Het gaat mee met de post van")
    assert before and not set(before) & set(someone.page.workers), "its memory went with it"
    seal = "Briefje.visit.call('intake_seal', [2, 'nl-vi', 'x', '', '', new Uint8Array(52)])"
    status = someone.page.evaluate(f"async () => (await {seal}).status")
    assert status == 2, "a new machine has no keys"
