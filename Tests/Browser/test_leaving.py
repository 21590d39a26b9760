"""Leaving: nothing stays behind, and what was on its way still goes."""

import pytest
from house import EXIT
from playwright.sync_api import expect
from stage.waiting import until
from test_sending import lost, prepare


# Leaving


def test_a_report_on_its_way_goes_out_with_the_page(visit, wire):
    someone, lines = prepare(visit)
    someone.page.route("**/v1/envelopes", lost)
    someone.send(lines)
    someone.expect_heading("Het lukt nog niet")
    someone.page.unroute("**/v1/envelopes")
    someone.page.goto("about:blank")
    sent = someone.messages[0]
    until(lambda: sent in wire.posts, "the message leaves with the page")


@pytest.mark.parametrize("way", ["click", "enter", "shift"])
def test_the_exit_blanks_the_page_and_leaves_it_out_of_the_way_back(visit, way):
    someone = visit()
    page = someone.page
    page.route(EXIT + "**", lambda route: route.fulfill(body="Het weer"))
    page.goto(someone.address + "/v1/openapi.json")
    someone.open()
    someone.tell()
    length = page.evaluate("() => history.length")
    if way == "click":
        page.get_by_role("link", name="Snel weg").click()
    elif way == "enter":
        page.get_by_role("link", name="Snel weg").focus()
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Shift")
        expect(page.locator("#exit-dots")).to_be_visible()
        expect(page.locator("#exit-spoken")).to_have_text("Druk nog 2 keer op Shift om weg te gaan.")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    assert page.evaluate("() => history.length") == length, "replaced, not left behind"


def test_shift_with_another_key_is_a_capital(visit):
    someone = visit().open()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    someone.page.locator("#story").focus()
    for _ in range(4):
        someone.page.keyboard.press("Shift+A")
    expect(someone.page.locator("#story")).to_have_value("AAAA")
    expect(someone.page.locator("#exit-dots")).to_be_hidden()


@pytest.mark.parametrize("between", ["select", "arrows", "key", "click", "wheel"])
def test_shift_counts_only_when_nothing_else_happens_between(visit, between):
    someone = visit().open()
    page = someone.page
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    story = page.locator("#story")
    story.fill("Dit mag niet weg zijn.\n" * 3)
    for at in range(5):
        if between == "select":
            story.click(modifiers=["Shift"], position={"x": 60 + 20 * at, "y": 30})
            continue
        if between == "arrows":
            page.keyboard.press("Shift+ArrowLeft")
            continue
        page.keyboard.press("Shift")
        if between == "key":
            page.keyboard.press("a")
        elif between == "click":
            story.click()
        else:
            page.mouse.wheel(0, 20)
    expect(page.locator("#exit-dots")).to_be_hidden()
    expect(story).to_be_visible()
    assert "Dit mag niet weg zijn." in story.input_value()


def test_what_was_typed_is_gone_after_wiping(visit):
    someone = visit().open()
    lines = someone.tell()
    someone.send(lines)
    someone.sent()
    left = someone.page.evaluate(
        """() => document.documentElement.innerHTML
          + [...document.querySelectorAll('textarea, input')].map((e) => e.value).join('|')"""
    )
    assert "fietsen" not in left and all(line not in left for line in lines)
    someone.button("Wis dit scherm")
    someone.no_program_left()


def test_another_tab_in_front_covers_the_code(visit):
    someone = visit().open()
    someone.tell()
    someone.page.evaluate(
        """() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange')); }"""
    )
    assert someone.page.locator("#code").evaluate("(e) => getComputedStyle(e).opacity") == "0"
