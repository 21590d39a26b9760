"""Filters of schools, captive portals and bad lines, between a real server and a browser."""

import re
import time

import pytest
from hostile import Hostile, Portions, answered, cut, first, never, stalled
from house import asset
from playwright.sync_api import expect
from stage.waiting import until
from visitor import visitor

REST = "GET /assets/nl-"
WASM, TRANSLATION = "GET " + asset("intake.wasm"), "GET " + asset("intake.js")
FILTERED = "Deze site komt hier niet helemaal binnen"
TROUBLE = "Het laden lukt nog niet."
ELSEWHERE = answered(302, b"", location="https://filter.example/")
BLOCKS = {
    "403": answered(403),
    "404": answered(404),
    "a page": answered(200),
    "elsewhere": ELSEWHERE,
    "cut": cut,
    "never": never,
    "stalled": stalled,
}
#: A browser's own words for what a filter does.
COMPLAINTS = ("Failed to load resource", "Fetch API cannot load", "filter.example")


@pytest.fixture
def line(wire):
    made = Hostile(wire._server[1])
    yield made
    made.close()


@pytest.fixture
def visit(browser, line):
    """Opens windows on the page behind the line."""
    opened = []

    def make(**options):
        opened.append(visitor(browser, line.address, **options))
        opened[-1].expected = COMPLAINTS
        return opened[-1].open()

    yield make
    for made in opened:
        made.page.context.close()


def known(someone):
    """The public files were verified, and the program runs."""
    return expect(someone.page.locator("#fetched li").first)


@pytest.mark.parametrize("block", BLOCKS)
def test_where_a_filter_blocks_the_program_its_translation_is_asked_for_at_once(line, visit, block):
    line.faults[WASM] = BLOCKS[block]
    someone = visit()
    someone.button("Ik heb een code")
    someone.expect_heading("Typ je code", timeout=25000)
    assert line.count(TRANSLATION) == 1
    someone.check_quiet()


@pytest.mark.parametrize("missing", [(WASM, TRANSLATION), (REST,)], ids=["program", "rest"])
@pytest.mark.parametrize("block", BLOCKS)
def test_where_none_comes_it_is_said_within_ten_seconds_with_a_way_back_and_numbers(
    line, visit, block, missing
):
    line.faults |= dict.fromkeys(missing, BLOCKS[block])
    someone = visit()
    someone.button("Ik heb een code")
    began = time.monotonic()
    said = someone.page.locator("#wait-line, #closed-title")
    words = "Het laden lukt nog niet|Deze site komt hier niet"
    expect(said.locator("visible=true")).to_contain_text(re.compile(words), timeout=12000)
    assert time.monotonic() - began < 10
    expect(someone.page.locator("#help a[href='tel:112']")).to_be_visible()
    someone.check_screen(f"blocked by {block}")
    someone.page.get_by_role("button", name="Terug", exact=True).locator("visible=true").first.click()
    someone.expect_heading("Voel jij je niet veilig op school?")
    someone.seek()


def test_who_tells_hears_of_a_filter_too_and_may_try_again(line, visit):
    line.faults |= {WASM: answered(403), TRANSLATION: answered(403)}
    someone = visit()
    expect(someone.page.locator("#start-closed-title")).to_have_text(FILTERED, timeout=12000)
    someone.check_screen("filtered")
    line.faults.clear()
    someone.button("Probeer opnieuw")
    known(someone).to_be_visible(timeout=20000)
    expect(someone.page.locator("#start-closed")).to_be_hidden()
    someone.button("Ik heb een code")
    someone.expect_heading("Typ je code")


@pytest.mark.parametrize("block", ["403", "404", "a page", "elsewhere"])
def test_one_answer_of_somebody_on_the_way_closes_nothing(line, visit, block):
    line.faults["GET /v1/"] = first(1, BLOCKS[block])
    line.faults[WASM] = line.faults[TRANSLATION] = first(2, BLOCKS[block])
    line.faults[REST] = first(1, BLOCKS[block])
    known(visit()).to_be_visible(timeout=30000)


@pytest.mark.parametrize("block", ["403", "404", "a page", "elsewhere"])
def test_what_somebody_on_the_way_answers_to_a_message_is_no_answer(line, visit, block):
    someone = visit()
    lines = someone.tell("Een bericht.")
    line.faults["POST "] = first(3, BLOCKS[block])
    someone.send(lines)
    someone.sent()


def test_a_portal_that_answers_everything_is_waited_for(line, visit):
    line.faults["GET /v1/"] = line.faults["GET /assets/"] = answered(200)
    someone = visit()
    expect(someone.page.locator("#start-line")).to_contain_text(TROUBLE, timeout=10000)
    someone.page.wait_for_timeout(15000)
    expect(someone.page.locator("#start-closed")).to_be_hidden()
    line.faults.clear()
    someone.button("Probeer opnieuw")
    known(someone).to_be_visible(timeout=5000)
    expect(someone.page.locator("#start-again")).to_be_hidden()


#: Counts the bytes that a page read of what it fetches.
COUNT_BYTES = """
  window.__read = 0;
  const read = ReadableStreamDefaultReader.prototype.read;
  ReadableStreamDefaultReader.prototype.read = function () {
    return read.call(this).then((part) => {
      window.__read += part.done ? 0 : part.value.length;
      return part;
    });
  };
"""


def test_a_file_that_keeps_coming_is_waited_for_longer_than_a_dead_line(line, browser):
    # Half as long again as any request had in all, before it was given up for its stillness: a
    # part in each second of the page's own clock.
    portions = line.faults["GET /v1/tree"] = Portions(140)
    someone = visitor(browser, line.address)
    page = someone.page
    page.clock.install(time=0)
    page.clock.pause_at(60)
    page.add_init_script(COUNT_BYTES)
    someone.open()
    until(lambda: page.clock.run_for(10) or line.count("GET /v1/tree"), "the tree is asked for")
    someone.button("Ik heb een code")
    seen = set()
    # A browser keeps the first ones back.
    for _ in range(4):
        portions.give()
    for _ in range(135):
        before = page.evaluate("() => window.__read")
        portions.give()
        until(lambda: page.evaluate("() => window.__read") > before, "the next part is read")
        page.clock.run_for(1000)
        seen.add(page.locator("#wait-count").inner_text())
        expect(page.locator("#wait-trouble")).to_be_hidden()
    assert len(seen) > 100, "something moves"
    portions.give()
    page.clock.resume()
    someone.expect_heading("Typ je code")
    assert line.count("GET /v1/tree") == 1
    page.context.close()


WAITS = ["2592000", "-5", "0", "Wed, 21 Oct 2099 07:28:00 GMT", "rommel", "1e99"]


@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize("status", [429, 503])
def test_no_wait_of_a_strangers_choosing(line, visit, status, wait):
    problem = {"body": b"{}", "kind": "application/problem+json", "retry_after": wait}
    line.faults["POST "] = answered(status, **problem)
    someone = visit()
    lines = someone.tell("Een bericht.")
    before = line.count("POST ")
    someone.send(lines)
    someone.expect_heading("Het lukt nog niet", timeout=30000)
    someone.page.wait_for_timeout(4000)
    assert line.count("POST ") - before <= 12, "one a beat"
    line.faults.clear()
    someone.sent()
