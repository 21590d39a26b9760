"""The page's style walks the tree as the engine does, without a script and in every browser."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from test_firefox import UNSET, firefox  # noqa: F401
from visitor import OPEN_ALL, PHONE, visitor
from walking import (
    ENDS, FILE, STORIES, TEXTS, changed_minds, check, everything_shown, in_page, one_each, said_of,
    stands, whole_walks,
)

#: What cards and duties are called.
TITLES = {
    text for key, text in TEXTS.items() if re.fullmatch(r"organisation\.[^.]+\.name|duty\.[^.]+\.title", key)
}
SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


def without_script(browser, address, **options):
    """A window on the page as it is served, but for its script."""
    someone = visitor(browser, address, **options)

    def strip(route):
        real = route.fetch()
        html, count = SCRIPT.subn("", real.text())
        assert count == 1, "the page has one script that runs"
        route.fulfill(response=real, body=html)

    someone.page.route(re.compile(r"/$"), strip)
    return someone.open()


@pytest.fixture
def unscripted(visit):
    """A window of a browser that runs no script."""
    return visit(java_script_enabled=False).open()


# The style and the engine


def test_four_hundred_walks_come_to_what_the_engine_says(unscripted):
    walks = changed_minds(1, 300) + whole_walks(2, 100)
    said = check(walks, in_page(unscripted, walks))
    complete = [one for one in said if one["open"] is None]
    assert 200 < len(complete) < 390, "both kinds of walks"
    assert {one["danger"] for one in complete} == {True, False}
    reached = {outcome for one in complete for outcome in one["outcomes"]}
    assert len(reached) > len(FILE.outcomes) * 2 / 3
    stale = [walk for walk, one in zip(walks, said, strict=True)
             if {answer.split("=")[0] for answer in walk} - set(one["questions"])]
    assert len(stale) > 250, "walks with answers that must not count"
    assert unscripted.requests == []


@pytest.mark.slow
def test_firefox_walks_as_the_engine_does(firefox, address):  # noqa: F811
    context = firefox.new_context(viewport=PHONE, **UNSET)
    someone = without_script(firefox, address, context=context)
    walks = changed_minds(7, 300) + whole_walks(8, 100)
    check(walks, in_page(someone, walks))
    context.close()


def test_all_that_can_be_shown_is_shown(unscripted):
    walks = everything_shown()
    assert len(walks) > 40
    check(walks, in_page(unscripted, walks))


def test_every_outcome_is_reached(unscripted):
    walks = one_each()
    seen = in_page(unscripted, list(walks.values()))
    check(list(walks.values()), seen)
    for outcome, one in zip(walks, seen, strict=True):
        assert outcome in one["outcomes"]
    assert {one["ends"][0] for one in seen} == set(ENDS.values())


def test_nothing_is_checked_at_first_and_one_question_is_asked(unscripted):
    [seen] = in_page(unscripted, [None])
    assert seen == {"questions": ["gevaar"], "ends": [], "outcomes": [], "shown": {}, "sight": [], "empty": 0}
    check([[]], [seen])


# As a person does it


def click(someone, checked):
    """Chooses answer after answer, each where it is in sight."""
    for answer in checked:
        question, value = answer.split("=")
        field = someone.page.locator(f"input[name={question}][value={value}]")
        label = someone.page.locator(".choice").filter(has=field)
        label.click()
        expect(field).to_be_checked()


def headings(someone):
    """The headings that are read aloud: their levels and words, in order."""
    said = someone.page.locator("#tree").aria_snapshot()
    found = re.findall(r'heading "(.*)" \[level=(\d)\]', said)
    return [(int(level), one.replace('\\"', '"')) for one, level in found]


@pytest.mark.parametrize("walk", whole_walks(11, 20), ids=lambda walk: walk[-1])
def test_without_script_a_walk_is_clicked_and_read(unscripted, walk):
    click(unscripted, walk)
    [said] = check([walk], in_page(unscripted, [None]))
    unscripted.page.evaluate(OPEN_ALL)
    read = headings(unscripted)
    asked = [TEXTS[f"question.{one}.text"] for one in said["questions"]]
    came_to = [TEXTS[f"outcome.{one}.title"] for one in said["outcomes"]]
    assert [words for level, words in read if level == 2] == asked + came_to
    shown = said["shown"]
    blocks = ("first", "also") if said["danger"] else ("first", "duty", "place", "also")
    names = []
    for block in blocks:
        kind, part = ("duty", "title") if block == "duty" else ("organisation", "name")
        names += [TEXTS[f"{kind}.{one}.{part}"] for one in shown.get(block, [])]
    assert sorted(words for level, words in read if level > 2 and words in TITLES) == sorted(names)
    assert all(level - before <= 1 for (before, _), (level, _) in pairwise(read)), "none left out"
    text = unscripted.page.locator("#tree").inner_text()
    for name in asked + came_to + names:
        assert name in text


# The stories


def hidden(story):
    """What must not be in sight: an organisation, or a block and an id."""
    for one in story["hidden"]:
        block, _, name = one.rpartition(" ")
        if block != "desk":
            yield ([block] if block else ["first", "place", "also"]), name


def check_story(someone, story, checked):
    [seen] = in_page(someone, [None])
    # With a script the questions are out of sight once all are answered.
    asked = list(dict.fromkeys(answer.split("=")[0] for answer in checked))
    assert seen["questions"] in ([], asked)
    check([checked], [seen | {"questions": asked}])
    assert seen["outcomes"] == story["outcomes"]
    assert seen["shown"] == {
        block: stands(ids, seen["shown"].get(block, []))
        for block, ids in story["shown"].items() if block != "desk"
    }
    for blocks, name in hidden(story):
        assert all(name not in seen["shown"].get(block, []) for block in blocks), name
    someone.page.evaluate(OPEN_ALL)
    text = someone.page.locator(".end:visible").inner_text()
    for key in story["texts"]:
        for line in said_of(key):
            assert line in text, key


@pytest.mark.parametrize("story", STORIES["cases"], ids=lambda story: str(story["number"]))
def test_the_stories_without_a_script(unscripted, story):
    checked = ["=".join(pair) for pair in story["answers"]]
    click(unscripted, checked)
    check_story(unscripted, story, checked)


@pytest.mark.parametrize("story", STORIES["cases"], ids=lambda story: str(story["number"]))
def test_the_stories_with_a_script(visit, story):
    someone = visit().open()
    someone.seek()
    for question, answer in story["answers"]:
        someone.expect_heading(TEXTS[f"question.{question}.text"])
        someone.choose(TEXTS[f"answer.{question}.{answer}"])
    someone.expect_heading(TEXTS[f"outcome.{story['outcomes'][0]}.title"])
    check_story(someone, story, ["=".join(pair) for pair in story["answers"]])
    assert someone.page.locator("textarea:visible").count() == 0
    assert someone.messages == []
    someone.check_quiet()
