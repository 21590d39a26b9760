"""The helpdesk's page asks and shows what the reporter's page does, and says it aloud."""

import datetime
import json
import re

import pytest
from caller import (
    NOTES, PUPIL, QUESTIONS, SHOWN, STAFF, TREE, WEAPON, Caller, heading, keys, number, titles
)
from house import PROJECT
from playwright.sync_api import expect
from reading import differences, hard_parts
from reporter.tree import SplitRandom, random_answers
from test_firefox import UNSET, firefox  # noqa: F401
from visitor import DESKTOP, NARROW, PHONE, visitor
from walking import TEXTS

VECTORS = PROJECT / "Tests" / "Vectors"
STORIES = json.loads((VECTORS / "wegwijzer-scenarios.json").read_text())
DAY = datetime.date.fromisoformat(STORIES["day"])


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
    places = [one.split()[1] for one in shown[0] if one.startswith("title ")]
    outcomes = list(TREE.outcomes)
    assert sorted(outcomes[int(place[1:])] for place in places) == sorted(story["outcomes"])
    caller.check_nothing_left()


def test_random_walks_by_the_keys_end_as_the_page_does(desk, reporter):
    caller, random = desk(), SplitRandom(11)
    for _ in range(40):
        answers = random_answers(TREE, random, DAY)
        caller.say(answers)
        assert caller.now() is None, answers
        shown = caller.page.evaluate(SHOWN), caller.page.evaluate(NOTES)
        assert shown[0] and shown == ending_of(reporter, answers), answers
        caller.wipe()
        assert caller.checked() == []
    caller.check_nothing_left()


def test_the_summary_reads_back_every_answer_in_words(desk):
    caller = desk().say(STAFF)
    assert caller.page.locator("#heard").inner_text() == "Dit heb ik gehoord. Klopt het?"
    rows = caller.page.locator(".q:visible")
    expect(rows).to_have_count(len(STAFF))
    numbers = [str(number(question)) for question, _ in STAFF]
    assert rows.locator("h2 .nr").all_inner_texts() == numbers
    for place, (question, answer) in enumerate(STAFF):
        row = rows.nth(place)
        assert " ".join(row.locator("h2").inner_text().split()) == heading(question)
        assert row.locator("label span:visible").all_inner_texts() == [TEXTS[f"answer.{question}.{answer}"]]
    assert caller.focused() == "Samenvatting"
    order = caller.page.locator("#summary h3:visible").all_inner_texts()
    assert order.index("Dit staat in de wet") < order.index("Praat nu met iemand")
    assert order[-2:] == ["Helpt dit niet?", "Waarom dit?"]


@pytest.mark.parametrize("walk", [PUPIL, STAFF, WEAPON], ids=["pupil", "staff", "danger"])
def test_the_result_fits_two_screens(desk, walk):
    caller = desk().say(walk)
    height = caller.page.evaluate("() => document.documentElement.scrollHeight")
    assert height <= 2 * DESKTOP["height"]


#: The summary of each walk: the whole page, in pixels.
SUMMARIES = """(walks) => walks.map((walk) => {
  document.querySelectorAll('#tree input').forEach((i) => {
    i.checked = walk.includes(i.name + '=' + i.value); });
  Helpdesk.screen.showSummary();
  return document.documentElement.scrollHeight;
})"""


def test_the_result_of_every_story_fits_two_screens(desk):
    lines = (VECTORS / "stories.txt").read_text().splitlines()
    walks = [line.split()[1:] for line in lines if line.startswith("answers: ")]
    assert len(walks) > 90
    heights = desk().page.evaluate(SUMMARIES, walks)
    assert max(heights) <= 2 * DESKTOP["height"], walks[heights.index(max(heights))]


def test_the_day_of_the_rules_is_in_words(desk):
    months = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    ).split()
    for path, words in {
        "/nl/helpdesk": f"vanaf {DAY.day} {months[DAY.month - 1]} {DAY.year}",
        "/en/helpdesk": f"from {DAY:%B} {DAY.day}, {DAY.year}",
    }.items():
        hints = desk(path).page.locator("#keys > .hint")
        assert hints.first.inner_text().endswith(words)


def test_danger_comes_first_and_large(desk):
    caller = desk().say(WEAPON)
    assert [caller.focused()] == titles(WEAPON)
    assert caller.status() == "Gevaar. Lees dit nu voor."
    ending = caller.page.locator(".end.danger")
    size = ending.locator(".dictate b").first.evaluate("(one) => getComputedStyle(one).fontSize")
    assert ending.locator(".dictate b").first.inner_text() == "112" and float(size[:-2]) > 48
    heard = caller.page.locator(".q:visible h2 .nr").all_inner_texts()
    assert heard == [str(number(one)) for one in dict(WEAPON)], "what was not asked was not heard"
    caller.press("Backspace")
    assert caller.now() == "wapen", "back is the question that told of danger"
    caller.press(*keys("wapen", ["nee"]))
    assert caller.now() == "wie"


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrow"])
def test_danger_is_in_view_on_a_small_screen(desk, size):
    caller = desk(viewport=size).say(WEAPON)
    expect(caller.page.locator(".end.danger .dictate b").first).to_be_in_viewport(ratio=1)


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
        signs = [sign for sign in number if sign.isdigit() or sign == "+"]
        told = ["plus" if sign == "+" else words[int(sign)] for sign in signs]
        assert said.replace(" –", "").split() == told
    tree = (PROJECT / "tree" / "wegwijzer.tree").read_text()
    numbers = re.findall(r"^contact tel \S+ \S+ (.+)$", tree, re.M)
    plain = {re.sub(r"\D", "", number) for number in numbers}
    assert {re.sub(r"\D", "", number) for number in known} <= plain


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
    caller.wipe().say(WEAPON)
    assert [caller.focused()] == titles(WEAPON)
    context.close()
