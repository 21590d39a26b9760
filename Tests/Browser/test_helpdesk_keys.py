"""The helpdesk's page by its keys: each does one thing, and the others do nothing."""

import pytest
from caller import PUPIL, QUESTIONS, SHOWN, TREE, heading, keys, number
from playwright.sync_api import expect
from visitor import PHONE
from walking import TEXTS


def test_a_digit_answers_and_goes_on(desk):
    caller = desk()
    assert caller.now() == "gevaar" and caller.focused() == heading("gevaar")
    caller.press(*keys("gevaar", ["nee"]))
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee"])
    assert caller.focused() == heading("rol")
    expect(caller.page.locator('[data-q="school"]')).to_be_hidden()


def test_digits_choose_many_and_take_them_back(desk):
    caller = desk().say(PUPIL[:3])
    assert caller.now() == "thema"
    caller.press(*keys("thema", ["seksueel", "pesten", "welzijn"])[:-1])
    assert caller.checked()[3:] == ["thema=pesten", "thema=seksueel", "thema=welzijn"]
    caller.press(*keys("thema", ["welzijn"]))
    assert caller.checked()[3:] == ["thema=pesten", "thema=seksueel"]
    assert caller.now() == "grond"


@pytest.mark.parametrize("key", ["Backspace", "ArrowUp"])
def test_back_loses_nothing(desk, key):
    caller = desk().say(PUPIL[:3]).press(key, key)
    assert (caller.now(), len(caller.checked())) == ("rol", 3)
    caller.press("Enter")
    assert caller.now() == "school", "Enter goes on to the next"
    caller.press(key, *keys("rol", ["ouder"]))
    assert caller.now() == "thema", "an answer goes on to what is open"
    assert caller.checked() == ["gevaar=nee", "rol=ouder", "school=vo"]
    for _ in range(9):
        caller.press(key)
    assert caller.now() == "gevaar"


def test_back_from_the_summary_is_the_last_question(desk):
    caller = desk().say(PUPIL).press("Backspace")
    assert (caller.now(), len(caller.checked())) == (PUPIL[-1][0], len(PUPIL))
    caller.press("Enter")
    assert caller.now() is None


def test_enter_waits_for_an_answer(desk):
    caller = desk().press("Enter")
    assert (caller.now(), caller.status()) == ("gevaar", "Kies eerst een antwoord.")
    caller.press("ArrowDown")
    assert caller.now() == "gevaar"


def test_s_goes_to_the_summary_where_there_is_one(desk):
    caller = desk().say(PUPIL[:1]).press("s")
    assert (caller.now(), caller.status()) == ("rol", f"Vraag {number('rol')} is nog open.")
    caller.wipe().say(PUPIL).press("Backspace", "s")
    assert caller.now() is None and caller.focused() == "Samenvatting"


@pytest.mark.parametrize("key", ["n", "Delete"])
def test_nothing_is_wiped_without_a_question(desk, key):
    caller = desk().say(PUPIL).press(key)
    dialog = caller.page.locator("dialog")
    expect(dialog).to_be_visible()
    before = caller.state()
    caller.press("1", "s", "Backspace", "Delete", "n", "?", "x")
    assert caller.state() == before, "the key that asked says no yes"
    assert caller.focused().startswith("Nee, ga terug")
    caller.press("Enter")
    expect(dialog).to_be_hidden()
    assert len(caller.checked()) == len(PUPIL), "what has the focus wipes nothing"
    caller.press(key, "Escape")
    expect(dialog).to_be_hidden()
    assert len(caller.checked()) == len(PUPIL)
    caller.press(key, "Tab", "Enter")
    expect(dialog).to_be_hidden()
    assert (caller.checked(), caller.now()) == ([], "gevaar")
    assert caller.page.evaluate(SHOWN) == []
    assert caller.status() == "Alles is gewist. Klaar voor een nieuw gesprek."
    caller.press(key)
    expect(dialog).to_be_hidden()


def test_the_question_mark_shows_the_keys(desk):
    caller = desk(viewport=PHONE).say(PUPIL[:1]).press("?")
    assert caller.focused() == "Toetsen"
    expect(caller.page.locator("#keys")).to_be_in_viewport()
    caller.press("Escape")
    assert caller.focused() == heading("rol")
    caller.press("?", *keys("rol", ["leerling"]))
    assert caller.now() == "school", "the question stays the one that is read out"


#: Digits for which the first question has no answer.
FREE = [str(digit) for digit in range(len(TREE.node(QUESTIONS[0]).answers) + 1, 10)]
WRONG = ["0", *FREE, "a", "z", "x", "w", "Home", "F2", "Insert", "Escape", "Shift", "ArrowLeft",
         "Control+s", "Alt+1", "Control+Delete", "Meta+n", "/", "-", "Space"]


@pytest.mark.parametrize("key", WRONG)
def test_other_keys_do_nothing(desk, key):
    caller = desk()
    before = caller.state()
    caller.press(key)
    assert caller.state() == before
    caller.press(*keys("gevaar", ["nee"]))
    assert caller.now() == "rol"


def test_the_numeric_pad_has_digits_and_enter_only(desk):
    walk = PUPIL[:3] + [("thema", "dreigen")]
    pressed = [key for question, answer in walk for key in keys(question, [answer])]
    caller = desk().press(*(f"Numpad{key}" for key in pressed))
    assert (caller.now(), caller.checked()[3:]) == ("wie", ["thema=dreigen"])
    before = caller.state()
    caller.press("NumpadDecimal", "NumpadSubtract", "NumpadAdd")
    assert caller.state() == before, "Delete beside the digits clears nothing"


def test_a_capital_is_the_same_key(desk):
    caller = desk().say(PUPIL[:1]).press("Shift+N")
    expect(caller.page.locator("dialog")).to_be_visible()
    caller.press("Escape", *keys("rol", ["oudleerling"]))
    assert caller.now() == "school"


def test_a_key_held_down_is_one_key(desk):
    caller = desk()
    [key] = keys("gevaar", ["nee"])
    for _ in range(4):
        caller.page.keyboard.down(key)
    caller.page.keyboard.up(key)
    assert caller.checked() == ["gevaar=nee"]


def test_keys_are_letters_where_text_is_typed(desk):
    caller = desk().say(PUPIL[:1])
    assert caller.page.locator("textarea, input:not([type=radio], [type=checkbox])").count() == 0
    caller.page.evaluate(
        """() => ["input", "textarea", "div"].forEach((name) => {
          const field = document.createElement(name); field.id = "typed-" + name;
          if (name === "div") field.contentEditable = "true";
          document.querySelector("#questions").append(field); })"""
    )
    for name in ("input", "textarea", "div"):
        caller.page.locator(f"#typed-{name}").focus()
        before = caller.state()
        caller.press("1", "n", "s", "?", "Delete", "Backspace", "Enter", "ArrowUp")
        assert caller.state() == before, name


def test_letters_and_digits_can_be_switched_off(desk):
    caller = desk().say(PUPIL[:1])
    title = caller.page.locator('[data-q="rol"] h2')
    off = caller.page.get_by_role("button", name="Letters en cijfers uit")
    off.click()
    expect(off).to_have_attribute("aria-pressed", "true")
    title.focus()
    before = caller.state()
    caller.press("1", "n", "s", "?")
    assert caller.state() == before
    caller.press("Backspace")
    assert caller.now() == "gevaar", "keys with a name of their own stay"
    off.click()
    title.focus()
    caller.press(*keys("rol", ["leerling"]))
    assert caller.now() == "school"


def test_tab_and_arrows_choose_as_everywhere(desk):
    first, second, third, *_ = TREE.node("rol").answers
    caller = desk().say(PUPIL[:1]).press("Tab")
    assert caller.page.evaluate("() => document.activeElement.value") == first
    caller.press("ArrowDown", "ArrowDown")
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee", f"rol={third}"])
    caller.press("ArrowUp")
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee", f"rol={second}"])
    caller.press("Enter")
    assert caller.now() == "school"


def test_a_pointer_does_what_the_keys_do(desk):
    caller = desk()
    caller.page.get_by_text(TEXTS["answer.gevaar.nee"], exact=True).first.click()
    assert caller.now() == "rol"
    caller.page.get_by_role("button", name="Terug").click()
    assert caller.now() == "gevaar"
    caller.page.get_by_role("button", name="Verder").click()
    caller.page.locator('[data-q="gevaar"] h2').click()
    assert caller.now() == "gevaar", "a question that is pointed at opens again"
    caller.page.get_by_role("button", name="Nieuw gesprek").click()
    caller.page.get_by_role("button", name="Nee, ga terug").click()
    assert caller.checked() == ["gevaar=nee"]
    caller.page.get_by_role("button", name="Nieuw gesprek").click()
    caller.page.get_by_role("button", name="Ja, begin opnieuw").click()
    assert caller.checked() == []
