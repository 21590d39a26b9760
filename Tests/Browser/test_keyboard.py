"""The whole way by keyboard alone."""

from playwright.sync_api import expect
from visitor import ENDED, HEADING


def test_the_whole_way_by_keyboard(visit):
    someone = visit().open()
    page = someone.page

    def tab_to(text, presses=40):
        for _ in range(presses):
            page.keyboard.press("Tab")
            found = page.evaluate(
                """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
                const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
                return { text: (e.innerText || e.id || '').trim(),
                  ring: getComputedStyle(e).outlineStyle !== 'none',
                  covered: !e.closest('.bar') && r.top < bar && e.id !== 'skip',
                  inView: r.bottom > 0 && r.top < innerHeight && !!top }; }"""
            )
            if found["text"] == text:
                assert found["ring"] and found["inView"] and not found["covered"], found
                return
        raise AssertionError(f"{text} is not reached by Tab")

    tab_to("Zoek hulp of vertel het")
    page.keyboard.press("Enter")
    down = "ArrowDown"
    for heading, *keys in (
        ("Is er nu gevaar?", down, down, down, down),
        ("Wie ben je?", "Space"),
        ("Wat voor school is het?", down),
        ("Wat is er gebeurd?", "Tab", "Space"),
        ("Wie doet dit?", "Space"),
        ("Weet iemand op school dit al?", down),
        ("Wat is nu het belangrijkst?", down, down),
    ):
        someone.expect_heading(heading)
        expect(page.locator(HEADING)).to_be_focused()
        for key in ("Tab", *keys, "Enter"):
            page.keyboard.press(key)
    someone.expect_heading(ENDED)
    expect(page.locator(HEADING)).to_be_focused()
    tab_to("Vertel het zonder naam")
    page.keyboard.press("Space")
    someone.expect_heading("Wat gebeurt er?")
    tab_to("story")
    page.keyboard.type("Alles met het toetsenbord.")
    tab_to("Verder")
    page.keyboard.press("Enter")
    someone.expect_heading("Klopt het zo?")
    tab_to("Verder naar je code")
    page.keyboard.press("Enter")
    lines = someone.read_code()
    tab_to("last-line")
    page.keyboard.type(lines[2].replace("-", " ").upper())
    page.keyboard.press("Enter")
    someone.sent()
    tab_to("Wis dit scherm")
    page.keyboard.press("Enter")
    someone.expect_heading("Dit scherm is leeg")
