"""The helpdesk's page: the tree on the telephone, by the keys alone, and nothing leaves it."""

import datetime
import json
import re

import pytest
from caller import NOTES, QUESTIONS, SHOWN, TREE, Caller
from house import PROJECT
from playwright.sync_api import expect
from reading import differences, hard_parts
from reporter.tree import SplitRandom, random_answers
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_back import driver  # noqa: F401
from test_firefox import UNSET, firefox  # noqa: F401
from visitor import DESKTOP, NARROW, PHONE, visitor

STORIES = json.loads((PROJECT / "Tests" / "Vectors" / "wegwijzer-scenarios.json").read_text())
DAY = datetime.date.fromisoformat(STORIES["day"])
PUPIL = [
    ("gevaar", "nee"), ("rol", "leerling"), ("school", "vo"), ("thema", "pesten"),
    ("wie", "leerling"), ("bekend", "nee"), ("wens", "advies"),
]
STAFF = [
    ("gevaar", "nee"), ("rol", "personeel"), ("school", "po"), ("thema", "seksueel"),
    ("seks", "aanraken"), ("wanneer", "kort"), ("wie-seks", "school"), ("leeftijd", "onder18"),
]
WEAPON = PUPIL[:3] + [("thema", "wapen"), ("thema", "pesten"), ("wapen", "ja")]


@pytest.fixture
def desk(visit):
    """Opens the helpdesk's page."""
    return lambda path="/helpdesk", **options: Caller(visit(**({"viewport": DESKTOP} | options)), path)


@pytest.fixture(scope="module")
def reporter(browser, address):
    """The reporter's page without its script: what its style shows for answers."""
    someone = visitor(browser, address, java_script_enabled=False)
    someone.page.goto(address + "/")
    yield someone.page
    someone.page.context.close()


def ending_of(page, answers):
    page.evaluate(
        """(wanted) => document.querySelectorAll(".q input").forEach((input) => {
          input.checked = wanted.includes(input.name + "=" + input.value); })""",
        [f"{question}={answer}" for question, answer in answers],
    )
    return page.evaluate(SHOWN), page.evaluate(NOTES)


# The same tree


def test_questions_and_answers_are_numbered_and_say_what_the_page_says(desk, reporter):
    caller = desk()
    numbered = caller.page.evaluate(
        """() => [...document.querySelectorAll(".q")].map((one) => [one.dataset.q,
          one.querySelector("h2").textContent, ...[...one.querySelectorAll("label")]
            .map((label) => label.textContent)])"""
    )
    bare = reporter.evaluate(
        """() => [...document.querySelectorAll(".q")].map((one) => [one.dataset.q,
          one.querySelector("h2").textContent, ...[...one.querySelectorAll("label span")]
            .map((label) => label.textContent)])"""
    )
    assert [one[0] for one in numbered] == QUESTIONS and len(bare) == len(QUESTIONS)
    for number, (here, there) in enumerate(zip(numbered, bare, strict=True), 1):
        marks = [f"{number}"] + [f"{number}.{place}" for place in range(1, len(here) - 1)]
        assert here[1:] == [f"{mark} {text}" for mark, text in zip(marks, there[1:], strict=True)]


@pytest.mark.parametrize("story", STORIES["cases"], ids=lambda story: str(story["number"]))
def test_a_story_by_the_keys_ends_as_the_page_does(desk, reporter, story):
    answers = [tuple(pair) for pair in story["answers"]]
    caller = desk().say(answers)
    assert caller.now() is None
    assert caller.checked() == [f"{question}={answer}" for question, answer in answers]
    shown = caller.page.evaluate(SHOWN), caller.page.evaluate(NOTES)
    assert shown[0] and shown == ending_of(reporter, answers)
    titles = [one.split()[1] for one in shown[0] if one.startswith("title ")]
    assert titles == story["outcomes"]
    caller.check_nothing_left()


def test_random_walks_by_the_keys_end_as_the_page_does(desk, reporter):
    caller, random = desk(), SplitRandom(11)
    for _ in range(40):
        answers = random_answers(TREE, random, DAY)
        caller.say(answers)
        assert caller.now() is None, answers
        shown = caller.page.evaluate(SHOWN), caller.page.evaluate(NOTES)
        assert shown[0] and shown == ending_of(reporter, answers), answers
        caller.press("Delete")
        assert caller.checked() == []
    caller.check_nothing_left()


def test_the_summary_reads_back_every_answer_in_words(desk):
    caller = desk().say(STAFF)
    rows = caller.page.locator("#heard-list li")
    expect(rows).to_have_count(len(STAFF))
    numbers = [str(QUESTIONS.index(question) + 1) for question, _ in STAFF]
    assert rows.locator(".nr").all_inner_texts() == numbers
    assert rows.nth(3).inner_text().split("\n")[-2:] == [
        "Wat is er gebeurd?", "Iets met seks dat niet goed voelt",
    ]
    assert caller.focused() == "Samenvatting"
    order = caller.page.locator("#summary h3:visible").all_inner_texts()
    assert order.index("Dit heb ik gehoord. Klopt het?") == 0
    assert order.index("Praat nu met iemand") < order.index("Dit staat in de wet")
    assert order[-1] == "Helpt dit niet?"


def test_danger_comes_first_and_large(desk):
    caller = desk().say(WEAPON)
    assert caller.focused() == "Bel nu om hulp"
    assert caller.status() == "Gevaar. Lees dit nu voor."
    ending = caller.page.locator(".end.danger")
    assert ending.bounding_box()["y"] < caller.page.locator("#heard").bounding_box()["y"]
    size = ending.locator(".dictate b").first.evaluate("(one) => getComputedStyle(one).fontSize")
    assert ending.locator(".dictate b").first.inner_text() == "112" and float(size[:-2]) > 48
    caller.press("Backspace")
    assert caller.now() == "wapen", "back is the question that told of danger"
    caller.press("2")
    assert caller.now() == "wie"


def test_numbers_are_dictated_digit_by_digit(desk):
    words = "nul één twee drie vier vijf zes zeven acht negen".split()
    found = desk().page.evaluate(
        """() => [...document.querySelectorAll(".tel")].map((one) => [
          one.querySelector("b").textContent, one.querySelector(".said").textContent])"""
    )
    known = dict(found)
    assert known["0800 – 04 32"] == "nul acht nul nul – nul vier – drie twee"
    assert known["020 – 261 52 75"] == "nul twee nul – twee zes één – vijf twee – zeven vijf"
    assert known["112"] == "één één twee"
    for number, said in found:
        digits = [int(digit) for digit in number if digit.isdigit()]
        assert said.replace(" –", "").split() == [words[digit] for digit in digits]
    tree = (PROJECT / "tree" / "wegwijzer.tree").read_text()
    numbers = re.findall(r"^contact tel \S+ \S+ (.+)$", tree, re.M)
    plain = {re.sub(r"\D", "", number) for number in numbers}
    assert {re.sub(r"\D", "", number) for number in known} <= plain


# The keys


def test_a_digit_answers_and_goes_on(desk):
    caller = desk()
    assert caller.now() == "gevaar" and caller.focused().startswith("1")
    caller.press("4")
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee"])
    assert caller.focused() == "2 Wie ben je?"
    expect(caller.page.locator('[data-q="school"]')).to_be_hidden()


def test_two_digits_choose_from_ten_on_and_many_can_be_chosen(desk):
    caller = desk().press("4", "1", "2")
    assert caller.now() == "thema"
    caller.press("1")
    assert caller.status() == "4.1: nog een cijfer, of Enter." and len(caller.checked()) == 3
    caller.press("0")
    assert caller.status() == "4.10 gekozen."
    caller.press("5", "1", "Enter")
    assert caller.checked()[3:] == ["thema=seksueel", "thema=pesten", "thema=welzijn"]
    caller.press("1", "0")
    assert caller.status() == "4.10 is weer weg."
    caller.press("1", "Backspace", "1", "9")
    assert caller.now() == "thema", "neither a digit taken back nor 19 does anything"
    assert caller.checked()[3:] == ["thema=seksueel", "thema=pesten"]
    caller.press("Enter")
    assert caller.now() == "seks"


@pytest.mark.parametrize("key", ["Backspace", "ArrowUp"])
def test_back_loses_nothing(desk, key):
    caller = desk().press("4", "1", "2").press(key, key)
    assert (caller.now(), len(caller.checked())) == ("rol", 3)
    caller.press("Enter")
    assert caller.now() == "school", "Enter goes on to the next"
    caller.press(key, "2")
    assert caller.now() == "thema", "an answer goes on to what is open"
    assert caller.checked() == ["gevaar=nee", "rol=ouder", "school=vo"]
    for _ in range(9):
        caller.press(key)
    assert caller.now() == "gevaar"


def test_back_from_the_summary_is_the_last_question(desk):
    caller = desk().say(PUPIL).press("Backspace")
    assert (caller.now(), len(caller.checked())) == ("wens", 7)
    caller.press("Enter")
    assert caller.now() is None


def test_enter_waits_for_an_answer(desk):
    caller = desk().press("Enter")
    assert (caller.now(), caller.status()) == ("gevaar", "Kies eerst een antwoord.")
    caller.press("ArrowDown")
    assert caller.now() == "gevaar"


def test_s_goes_to_the_summary_where_there_is_one(desk):
    caller = desk().press("4", "s")
    assert (caller.now(), caller.status()) == ("rol", "Vraag 2 is nog open.")
    caller.press("Delete").say(PUPIL).press("Backspace", "s")
    assert caller.now() is None and caller.focused() == "Samenvatting"


def test_n_asks_once(desk):
    caller = desk().say(PUPIL).press("n")
    dialog = caller.page.locator("dialog")
    expect(dialog).to_be_visible()
    before = caller.state()
    caller.press("1", "s", "Backspace", "Delete", "?", "x")
    assert caller.state() == before, "only yes or no is heard"
    caller.press("Escape")
    expect(dialog).to_be_hidden()
    assert len(caller.checked()) == 7
    caller.press("n", "n")
    expect(dialog).to_be_hidden()
    assert (caller.checked(), caller.now()) == ([], "gevaar")
    caller.press("n")
    expect(dialog).to_be_hidden()
    assert caller.status() == "Alles is gewist. Klaar voor een nieuw gesprek."
    caller.press("4", "n", "Enter")
    assert caller.checked() == [], "the first button says yes"


def test_delete_clears_everything_at_once(desk):
    caller = desk().say(PUPIL)
    assert "Pesten" in caller.page.locator("#heard").inner_text()
    caller.press("Delete")
    assert (caller.checked(), caller.now()) == ([], "gevaar")
    assert caller.page.locator("#heard-list li").count() == 0
    assert caller.page.evaluate(SHOWN) == []
    assert caller.status() == "Alles is gewist. Klaar voor een nieuw gesprek."


def test_the_question_mark_shows_the_keys(desk):
    caller = desk(viewport=PHONE).press("4", "?")
    assert caller.focused() == "Toetsen"
    expect(caller.page.locator("#keys")).to_be_in_viewport()
    caller.press("Escape")
    assert caller.focused() == "2 Wie ben je?"
    caller.press("?", "1")
    assert caller.now() == "school", "the question stays the one that is read out"


WRONG = ["0", "6", "9", "a", "z", "x", "w", "Home", "F2", "Insert", "Escape", "Shift", "ArrowLeft",
         "Control+s", "Alt+1", "Control+Delete", "Meta+n", "/", "-", "Space"]


@pytest.mark.parametrize("key", WRONG)
def test_other_keys_do_nothing(desk, key):
    caller = desk()
    before = caller.state()
    caller.press(key)
    assert caller.state() == before
    caller.press("4")
    assert caller.now() == "rol"


def test_a_key_held_down_is_one_key(desk):
    caller = desk()
    for _ in range(4):
        caller.page.keyboard.down("4")
    caller.page.keyboard.up("4")
    assert caller.checked() == ["gevaar=nee"]


def test_keys_are_letters_where_text_is_typed(desk):
    caller = desk().press("4")
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
    caller = desk().press("4")
    off = caller.page.get_by_role("button", name="Letters en cijfers uit")
    off.click()
    expect(off).to_have_attribute("aria-pressed", "true")
    caller.page.locator("#q1 h2").focus()
    before = caller.state()
    caller.press("1", "n", "s", "?")
    assert caller.state() == before
    caller.press("Backspace")
    assert caller.now() == "gevaar", "keys with a name of their own stay"
    off.click()
    caller.page.locator("#q1 h2").focus()
    caller.press("1")
    assert caller.now() == "school"


def test_tab_and_arrows_choose_as_everywhere(desk):
    caller = desk().press("4", "Tab")
    assert caller.page.evaluate("() => document.activeElement.value") == "leerling"
    caller.press("ArrowDown", "ArrowDown")
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee", "rol=personeel"])
    caller.press("ArrowUp")
    assert (caller.now(), caller.checked()) == ("rol", ["gevaar=nee", "rol=ouder"])
    caller.press("Enter")
    assert caller.now() == "school"


def test_a_pointer_does_what_the_keys_do(desk):
    caller = desk()
    caller.page.get_by_text("Nee", exact=True).first.click()
    assert caller.now() == "rol"
    caller.page.get_by_role("button", name="Terug").click()
    assert caller.now() == "gevaar"
    caller.page.get_by_role("button", name="Verder").click()
    caller.page.locator("#q0 h2").click()
    assert caller.now() == "gevaar", "a question that is pointed at opens again"
    caller.page.get_by_role("button", name="Nieuw gesprek").click()
    caller.page.get_by_role("button", name="Nee, ga terug").click()
    assert caller.checked() == ["gevaar=nee"]
    caller.page.get_by_role("button", name="Wis alles").click()
    assert caller.checked() == []


# Nothing leaves it


def test_the_policy_has_no_line_out(desk):
    caller = desk().say(PUPIL)
    policy = caller.answer.headers["content-security-policy"]
    assert "connect-src 'none'" in policy and "unsafe" not in policy and "'self'" not in policy
    assert "form-action 'none'" in policy and "default-src 'none'" in policy
    assert caller.answer.headers["cache-control"] == "no-store"
    assert caller.page.locator("form, iframe, [action], [style]").count() == 0
    hrefs = caller.page.evaluate("() => [...document.links].map((one) => one.pathname)")
    assert hrefs == ["/simpel/helpdesk", "/en/helpdesk"], "other languages, and nothing else"
    caller.check_nothing_left()
    caller.someone.faults.clear()
    refused = "() => fetch('/v1/tree').then(() => 'sent', () => 'refused')"
    assert caller.page.evaluate(refused) == "refused"
    assert any("connect-src" in fault for fault in caller.someone.faults)


def test_the_scripts_keep_send_and_copy_nothing():
    folder = PROJECT / "Sources" / "IntakePage" / "Web" / "helpdesk"
    scripts = "".join(path.read_text() for path in sorted(folder.glob("*.js")))
    assert len(scripts) > 5000
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch",
                 "XMLHttp", "sendBeacon", "WebSocket", "Storage", "indexedDB", "cookie",
                 "serviceWorker", "pushState", "replaceState", "console.", "clipboard", "copy",
                 "setTimeout", "setInterval"):
        assert word not in scripts, word


def test_going_away_forgets_the_conversation(desk):
    caller = desk().say(PUPIL)
    caller.page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert caller.checked() == [] and caller.page.locator("#heard-list li").count() == 0


def test_a_reload_begins_anew(desk):
    caller = desk().say(PUPIL)
    caller.page.reload()
    assert (caller.checked(), caller.now()) == ([], "gevaar")


def test_back_from_elsewhere_brings_nothing_back(driver, address):  # noqa: F811
    def checked():
        return driver.execute_script("return document.querySelectorAll('input:checked').length")

    driver.get(address + "/helpdesk")
    driver.find_element(By.CSS_SELECTOR, "body").send_keys("412")
    assert checked() == 3
    driver.get(address + "/v1/openapi.json")
    driver.back()
    WebDriverWait(driver, 20).until(lambda it: it.current_url == address + "/helpdesk")
    WebDriverWait(driver, 20).until(
        lambda it: it.execute_script("return document.activeElement.textContent.trim()")
        == "1 Is er nu gevaar?"
    )
    assert checked() == 0


# Without


def test_it_works_without_a_script(desk):
    caller = desk(java_script_enabled=False)
    page = caller.page
    expect(page.locator("button:visible")).to_have_count(0)
    for question, answer in PUPIL:
        page.locator(f'[data-q="{question}"] input[value="{answer}"]').check()
    expect(page.locator(".q:visible")).to_have_count(len(PUPIL))
    titles = page.locator(".end h2:visible").all_inner_texts()
    assert titles == ["Vraag advies. Je zit nergens aan vast."]
    page.locator('[data-q="gevaar"] input[value="nu"]').check()
    assert page.locator(".end h2:visible").all_inner_texts() == ["Bel nu om hulp"]
    assert caller.someone.requests == []


def test_a_browser_that_cannot_hide_shows_all_numbers(desk, visit):
    someone = visit(viewport=DESKTOP, bypass_csp=True)
    someone.page.route("**/helpdesk", lambda route: without_has(route))
    caller = Caller(someone)
    expect(caller.page.locator(".q:visible")).to_have_count(len(QUESTIONS))
    expect(caller.page.get_by_text("Deze browser laat alles zien.")).to_be_visible()
    expect(caller.page.locator("button:visible")).to_have_count(0)


def without_has(route):
    real = route.fetch()
    route.fulfill(status=200, headers=real.headers, body=real.text().replace(":has(", ":hat("))


# Looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, NARROW, DESKTOP], ids=["phone", "narrow", "desktop"])
def test_every_screen_is_accessible_and_fits(desk, size, scheme, tmp_path):
    caller = desk(viewport=size, color_scheme=scheme)

    def screen(name):
        caller.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        caller.someone.check_screen(f"{name} {size} {scheme}")

    screen("start")
    caller.press("4", "3", "2")
    screen("many")
    caller.press("1")
    screen("waiting")
    caller.press("Enter", "Enter", "Backspace", "Enter")
    screen("open")
    caller.press("Delete").say(STAFF)
    screen("summary")
    caller.press("?")
    screen("keys")
    caller.press("n")
    screen("asking")
    caller.press("n").say([("gevaar", "huis")])
    screen("danger")
    caller.press("Delete").say(PUPIL[:5] + [("bekend", "helpt")])
    screen("settled")


def test_the_focus_is_seen(desk):
    caller = desk().press("4")
    for _ in range(4):
        outline = caller.page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement);"
            " return [style.outlineStyle, parseFloat(style.outlineWidth)]; }"
        )
        assert outline[0] == "solid" and outline[1] >= 3
        caller.press("Tab")


def test_print_is_black_on_white_and_the_summary_alone(desk, tmp_path):
    caller = desk(color_scheme="dark").say(STAFF)
    caller.page.emulate_media(media="print")
    caller.page.screenshot(path=tmp_path / "print.png", full_page=True)
    for hidden in ("#questions", "#keys", ".bar", "#status", "button"):
        expect(caller.page.locator(hidden).first).to_be_hidden()
    colours = caller.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("#summary, #summary *")]
          .filter((one) => one.checkVisibility()).flatMap((one) => {
            const style = getComputedStyle(one); return [style.color, style.backgroundColor]; }))]"""
    )
    assert set(colours) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert "rgb(0, 0, 0)" in colours
    expect(caller.page.locator("#heard")).to_be_visible()
    assert caller.page.locator(".end.helped .dictate:visible").count() > 1


# Languages


@pytest.mark.parametrize(
    "path, language, heard",
    [
        ("/nl/helpdesk", "nl", "Dit heb ik gehoord. Klopt het?"),
        ("/simpel/helpdesk", "nl-x-simpel", "Dit heb ik gehoord. Klopt het?"),
        ("/nl-x-simpel/helpdesk", "nl-x-simpel", "Dit heb ik gehoord. Klopt het?"),
        ("/en/helpdesk", "en", "This is what I heard. Is it right?"),
    ],
)
def test_each_language_has_its_own(desk, path, language, heard):
    caller = desk(path).say(PUPIL)
    assert caller.page.locator("html").get_attribute("lang") == language
    assert heard in caller.page.locator("#heard").inner_text()
    caller.someone.check_screen(path)
    caller.check_nothing_left()


@pytest.mark.parametrize("path", ["/xx/helpdesk", "/helpdesk/", "/helpdesk/nl"])
def test_nothing_lies_beside_it(desk, path):
    caller = desk(path)
    assert caller.answer.status == 404


def test_its_texts_are_complete_and_plain():
    folder = PROJECT / "Sources" / "IntakePage" / "Web" / "helpdesk" / "texts"
    texts = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    assert texts.keys() == {"nl", "en"}
    names = {"samenvatting", "javascript", "telephone", "conversation"}
    for language, own in texts.items():
        assert differences(language, own, texts["nl"]) == []
        found = {key: hard_parts(language, text, names) for key, text in own.items()}
        assert not any(found.values()), found


# Other browsers


def test_firefox_walks_by_the_keys(firefox, address):  # noqa: F811
    context = firefox.new_context(viewport=DESKTOP, **UNSET)
    caller = Caller(visitor(firefox, address, context=context)).say(STAFF)
    assert caller.focused() == "Samenvatting" and caller.someone.faults == []
    caller.press("Delete").say(WEAPON)
    assert caller.focused() == "Bel nu om hulp"
    context.close()
