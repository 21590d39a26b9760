"""Every kind of screen of the questions: accessible, narrow, large, and in browsers of before."""

import base64
import hashlib
import re

import pytest
from playwright.sync_api import expect
from test_page import SCHEMES, SIZES, TEACHER
from test_wegwijzer import without_script
from visitor import DESKTOP, NARROW, OPEN_ALL, PUPIL, visitor
from walking import ENDS, FILE, QUESTIONS, TEXTS, in_page, one_each

WIDTH = "() => document.documentElement.scrollWidth"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_screen_is_accessible_and_fits(visit, size, scheme, tmp_path):
    someone = visit(viewport=SIZES[size], color_scheme=scheme).open()

    def screen(name):
        someone.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        someone.check_screen(f"{name} {size} {scheme}")

    def back_to_start():
        while someone.page.locator("#back").is_visible():
            someone.button("Terug")

    someone.seek()
    screen("one")
    someone.choose(TEXTS["answer.gevaar.nu"])
    screen("danger")
    someone.button("Terug")
    someone.choose(TEXTS["answer.gevaar.dood"])
    screen("death")
    someone.button("Terug")
    for answer in PUPIL[:3]:
        someone.choose(answer)
    screen("many")
    for answer in PUPIL[3:]:
        someone.choose(answer)
    someone.page.evaluate(OPEN_ALL)
    screen("helped")
    someone.button("Terug")
    someone.button("Terug")
    someone.choose("Ja, en ze helpen goed")
    someone.expect_heading(TEXTS["outcome.o28.title"])
    screen("settled")
    back_to_start()
    someone.seek()
    for answer in TEACHER[:4]:
        someone.choose(answer)
    someone.choice(PUPIL[3]).uncheck()
    for answer in TEACHER[4:]:
        someone.choose(answer)
    someone.page.evaluate(OPEN_ALL)
    screen("staff")
    someone.check_quiet()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_without_a_script_it_is_accessible_and_fits(browser, address, size, scheme, tmp_path):
    someone = without_script(browser, address, viewport=SIZES[size], color_scheme=scheme)
    walks = one_each()
    # What must be shown without a script is shown a moment later.
    expect(someone.page.get_by_role("link", name="Naar de vragen")).to_be_visible()
    for name, walk in {"start": [], "ending": walks["o16"], "danger": walks["o02"]}.items():
        in_page(someone, [walk])
        someone.page.evaluate(OPEN_ALL)
        someone.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        someone.check_screen(f"{name} {size} {scheme}, without a script")
    someone.page.context.close()


@pytest.mark.parametrize(
    "viewport, zoom",
    [(NARROW, 1), (DESKTOP, 2), ({"width": 640, "height": 450}, 2)],
    ids=["320 px", "1280 px, text at 200 %", "640 px, text at 200 %"],
)
def test_no_ending_is_wider_than_the_screen(browser, address, viewport, zoom):
    someone = without_script(browser, address, viewport=viewport)
    someone.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }",
                          f"{112.5 * zoom}%")
    someone.page.evaluate(OPEN_ALL)
    wide = {}
    for outcome, walk in one_each().items():
        [seen] = in_page(someone, [walk])
        assert outcome in seen["outcomes"]
        if (width := someone.page.evaluate(WIDTH)) > viewport["width"]:
            wide[outcome] = width
    assert wide == {}
    someone.page.context.close()


# Browsers that do not know `:has()`


def of_before(browser, address, **options):
    """A window of a browser that does not know `:has()`, as far as the style goes."""
    someone = visitor(browser, address, **options)

    def rewrite(route):
        real = route.fetch()
        html = real.text()
        [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        before = style.replace(":has(", ":unknown(")
        assert before != style
        pinned, rewritten = (
            "sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()
            for one in (style, before)
        )
        headers = dict(real.headers)
        policy = headers["content-security-policy"]
        assert pinned in policy
        headers["content-security-policy"] = policy.replace(pinned, rewritten)
        headers.pop("content-encoding", None)
        # The policy stands in the document too.
        body = html.replace(style, before).replace(pinned, rewritten)
        route.fulfill(status=200, headers=headers, body=body)

    someone.page.route(re.compile(r"/$"), rewrite)
    if options.get("java_script_enabled", True):
        someone.page.add_init_script(
            "const knows = CSS.supports.bind(CSS);"
            "CSS.supports = (...words) => !words.join().includes(':has') && knows(...words);"
        )
    return someone.open()


@pytest.mark.parametrize("viewport", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_a_browser_of_before_shows_all_questions_and_places(browser, address, viewport, tmp_path):
    someone = of_before(browser, address, viewport=viewport, java_script_enabled=False)
    page = someone.page
    page.screenshot(path=tmp_path / "paper.png", full_page=True)
    expect(page.locator(".paper")).to_contain_text("Je browser is oud.")
    expect(page.get_by_text("De volgende vraag komt er dan onder.")).to_be_hidden()
    page.evaluate(OPEN_ALL)
    text = page.locator("#tree").inner_text()
    for node in QUESTIONS.values():
        assert TEXTS[f"question.{node.id}.text"] in text
        assert all(TEXTS[f"answer.{node.id}.{one}"] in text for one in node.answers)
    for outcome in FILE.outcomes:
        assert TEXTS[f"outcome.{outcome}.title"] in text
    shown = {entry.id for entry in FILE.entries if entry.block in ("first", "place", "also")}
    for one in shown:
        assert TEXTS[f"organisation.{one}.name"] in text
    assert page.locator("h2:visible").count() >= len(QUESTIONS) + len(FILE.outcomes)
    assert page.locator("html").evaluate("(html) => html.scrollWidth") <= viewport["width"]
    page.context.close()


def test_a_browser_of_before_with_a_script_is_walked_by_the_program(browser, address):
    someone = of_before(browser, address)
    lines = someone.tell()
    assert len(lines) == 3
    for _ in range(3):
        someone.button("Terug")
    [seen] = in_page(someone, [None])
    assert seen["ends"] == [ENDS["help"]] and seen["outcomes"] == ["o42"]
    assert seen["shown"]["place"] == ["vi"] and seen["shown"]["first"] == ["kt"]
    for _ in range(4):
        someone.button("Terug")
    someone.expect_heading("Wat is er gebeurd?")
    assert someone.page.locator(".q:visible").count() == 1
    assert someone.faults == []
    someone.page.context.close()


#: A walk to each ending, one with two outcomes, and one of a board with duties.
WALKS = (
    ["gevaar=dood"],
    ["gevaar=nee", "rol=leerling", "school=vo", "thema=dreigen", "wie=leerling", "bekend=helpt"],
    ["gevaar=nee", "rol=leerling", "school=vo", "thema=thuis", "thema=welzijn"],
    ["gevaar=nee", "rol=bestuur", "school=bes", "over=leerling", "thema=seksueel", "seks=woorden",
     "wie-seks=school", "leeftijd=onder18"],
)


@pytest.mark.parametrize("walk", WALKS, ids=["danger", "settled", "two", "board"])
def test_a_browser_of_before_shows_the_same_end_word_for_word(browser, address, walk):
    ends = []
    for someone in (of_before(browser, address), visitor(browser, address).open()):
        someone.seek()
        for question in dict.fromkeys(one.split("=")[0] for one in walk):
            someone.expect_heading(TEXTS[f"question.{question}.text"])
            for name, value in (one.split("=") for one in walk):
                if name == question:
                    someone.page.locator(f"input[name={name}][value={value}]").check()
            someone.button("Verder")
        expect(someone.page.locator(".end:visible")).to_have_count(1)
        closed = someone.page.locator(".end:visible").inner_text()
        someone.page.evaluate(OPEN_ALL)
        ends.append((closed, someone.page.locator(".end:visible").inner_text()))
        assert someone.faults == []
        someone.page.context.close()
    assert ends[0] == ends[1]
