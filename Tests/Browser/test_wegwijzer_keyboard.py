"""The questions by keyboard alone, with a script and without."""

import pytest
from playwright.sync_api import expect
from visitor import DESKTOP, HEADING
from walking import FILE, QUESTIONS, TEXTS, check, in_page, plain_walks

FOCUSED = """() => { const e = document.activeElement, r = e.getBoundingClientRect();
  const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
  return { end: Boolean(e.closest('.end')), name: e.name || '', value: e.value || '', text: (e.innerText || '').trim(),
    ring: getComputedStyle(e).outlineStyle !== 'none', inView: r.bottom > bar && r.top < innerHeight };
}"""


def focused(page):
    return page.evaluate(FOCUSED)


def press_to(page, wanted, most=80):
    """Tab until this has the focus, which must be in sight and have a ring."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = focused(page)
        if wanted(found):
            assert found["ring"] and found["inView"], found
            return
    raise AssertionError("not reached by Tab")


def choose(page, question, value):
    """From the question before: to its field, and there to the answer."""
    press_to(page, lambda found: found["name"] == question)
    if QUESTIONS[question].is_many:
        while focused(page)["value"] != value:
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        return
    page.keyboard.press("Space")
    ids = list(QUESTIONS[question].answers)
    for _ in range(ids.index(value) - ids.index(focused(page)["value"])):
        page.keyboard.press("ArrowDown")


def longest():
    """The walk that asks most."""
    return max(plain_walks(41, 200), key=len)


def title(walk, someone):
    [seen] = in_page(someone, [None])
    asked = [one.split("=")[0] for one in walk]
    [said] = check([walk], [seen | {"questions": asked}])
    return TEXTS[f"outcome.{said['outcomes'][0]}.title"]


def test_with_a_script_a_whole_walk_needs_no_mouse(visit):
    someone = visit(viewport=DESKTOP).open()
    page, walk = someone.page, longest()
    assert len(walk) >= 8
    press_to(page, lambda found: found["text"] == "Zoek hulp of vertel het")
    page.keyboard.press("Enter")
    for at, one in enumerate(walk):
        question, value = one.split("=")
        someone.expect_heading(TEXTS[f"question.{question}.text"])
        expect(page.locator(HEADING)).to_be_focused()
        choose(page, question, value)
        if at % 2:
            press_to(page, lambda found: found["text"] == "Verder", 20)
        page.keyboard.press("Enter")
    expect(page.locator(HEADING).first).to_be_focused()
    someone.expect_heading(title(walk, someone))
    press_to(page, lambda found: found["end"])
    back = len(walk) - 1
    while focused(page)["text"] != "Terug":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    someone.expect_heading(TEXTS[f"question.{walk[back].split('=')[0]}.text"])


@pytest.mark.parametrize("number", range(2))
def test_without_a_script_a_whole_walk_needs_no_mouse(visit, number):
    someone = visit(viewport=DESKTOP, java_script_enabled=False).open()
    page = someone.page
    walk = longest() if number else plain_walks(43, 1)[0]
    # What is said where no script runs comes a moment later.
    expect(page.get_by_role("link", name="Naar de vragen")).to_be_visible()
    press_to(page, lambda found: found["text"] == "Naar de vragen")
    page.keyboard.press("Enter")
    for one in walk:
        question, value = one.split("=")
        choose(page, question, value)
        expect(page.locator(f"input[name={question}][value={value}]")).to_be_checked()
    assert title(walk, someone) in page.locator(".end:visible h2.o:visible").all_inner_texts()
    press_to(page, lambda found: found["end"])


def test_danger_by_keyboard_is_three_presses_away_from_the_number(visit):
    someone = visit().open()
    page = someone.page
    press_to(page, lambda found: found["text"] == "Zoek hulp of vertel het")
    page.keyboard.press("Enter")
    someone.expect_heading(TEXTS["question.gevaar.text"])
    choose(page, "gevaar", "dood")
    page.keyboard.press("Enter")
    someone.expect_heading(TEXTS["outcome.o02.title"])
    # What opens the row, the chat, the number.
    press_to(page, lambda found: found["text"].split() == ["Bel", "113"], 3)
    assert FILE.outcomes["o02"] == "danger"
