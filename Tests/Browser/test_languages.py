"""Languages of the page: each at its address, each in its own direction, dates and plurals."""

import json
import urllib.error
import urllib.request

import foreign
import pytest
from house import ASSETS, PageServer, apart, found
from playwright.sync_api import expect
from test_firefox import UNSET, firefox  # noqa: F401
from visitor import NARROW, visitor

LANGUAGES = sorted(path.stem for path in (ASSETS / "web" / "texts").glob("*.json"))
DAY, MONTH = "2026-06-02", "2026-06"
OVERFLOW = """() => [...document.querySelectorAll('.step')].map((step, _, all) => {
  all.forEach((other) => (other.hidden = other !== step));
  return [step.id, document.documentElement.scrollWidth]; }).filter((found) => found[1] > 320)"""
#: Whether the page knows all that it has to say.
KNOWS = "() => Briefje.visit.organisations.length"
#: Where the first and the last digit of a text are drawn.
ENDS = """(node) => { const at = (place) => { const range = document.createRange();
    range.setStart(node, place); range.setEnd(node, place + 1);
    return range.getBoundingClientRect().left; };
  const places = [...node.data.matchAll(/[0-9]/g)].map((match) => match.index);
  return [at(places[0]), at(places[places.length - 1])]; }"""


@pytest.fixture(scope="module")
def abroad(tmp_path_factory):
    """The address of the page in languages of the tests besides its own."""
    tree = foreign.tree(tmp_path_factory.mktemp("tree"))
    house = found(tmp_path_factory.mktemp("house"), tree=tree)
    server = PageServer(house, foreign.assets(tmp_path_factory.mktemp("abroad")))
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def go(browser, abroad):
    """Opens a path in a new window."""
    opened = []

    def make(path, **options):
        made = visitor(browser, abroad, **({"viewport": NARROW} | options))
        opened.append(made)
        made.page.goto(abroad + path)
        made.page.wait_for_function(KNOWS)
        return made

    yield make
    for made in opened:
        made.page.context.close()


def texts(language):
    return json.loads((ASSETS / "web" / "texts" / f"{language}.json").read_text())


def fetched(address, path):
    with urllib.request.urlopen(address + path) as answer:
        assert "set-cookie" not in answer.headers
        assert "language" not in (answer.headers["vary"] or "").lower()
        return answer.read()


# Addresses


def test_each_language_has_its_address_and_the_easy_one_a_short_one(abroad):
    assert {"nl", "nl-x-simpel", "en"} <= set(LANGUAGES)
    assert fetched(abroad, "/") == fetched(abroad, "/nl")
    assert fetched(abroad, "/simpel") == fetched(abroad, "/nl-x-simpel")
    pages = {fetched(abroad, "/" + language) for language in LANGUAGES}
    assert len(pages) == len(LANGUAGES)


def test_a_language_that_nobody_reviewed_says_so(abroad):
    said = {language: texts(language)["taal.ongelezen"] for language in ("nl", "nl-x-simpel", "en")}
    assert said["en"] == "This text was not yet read by a second person."
    for path in ("", "/over", "/privacy", "/toegankelijkheid"):
        assert said["en"].encode() in fetched(abroad, "/en" + path)
        assert said["nl-x-simpel"].encode() in fetched(abroad, "/simpel" + path)
        assert said["nl"].encode() not in fetched(abroad, path or "/")


def test_an_operator_may_keep_to_the_languages_that_somebody_reviewed(house):
    server = PageServer(apart(house), reviewed_only=True)
    address = f"http://127.0.0.1:{server.port}"
    try:
        assert b'hreflang="' not in fetched(address, "/")
        assert fetched(address, "/nl") == fetched(address, "/")
        assert b"<nav" not in fetched(address, "/helpdesk")
        for path in ("/en", "/simpel", "/nl-x-simpel", "/en/helpdesk"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                fetched(address, path)
    finally:
        server.stop()


def test_what_a_browser_prefers_changes_nothing(abroad):
    asked = urllib.request.Request(abroad + "/", headers={"Accept-Language": "en, ar;q=0.9"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.read() == fetched(abroad, "/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_leads_to_a_language_and_says_nothing_of_the_visitor(go, abroad, language):
    own = texts(language)
    start = "/en" if language == "nl" else "/"
    someone = go(start)
    link = someone.page.get_by_role("link", name=own["taal.naam"], exact=True)
    assert link.get_attribute("lang") == link.get_attribute("hreflang") == language
    link.click()
    expect(someone.page.locator("html")).to_have_attribute("lang", language)
    someone.expect_heading(own["start.titel"])
    here = someone.page.locator("nav [aria-current]")
    assert here.inner_text() == own["taal.naam"]
    last = [request for request in someone.seen if request.is_navigation_request()][-1]
    assert "?" not in last.url and "#" not in last.url
    assert "referer" not in last.headers and "cookie" not in last.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_opens_fits_and_is_accessible(go, language):
    someone = go("/" + language)
    expect(someone.page.locator("#fetched li").first).to_be_visible(timeout=60000)
    someone.check_screen(language)
    assert someone.faults == []
    assert someone.page.evaluate(OVERFLOW) == []


def test_the_switch_is_gone_once_an_answer_could_be_lost(go):
    someone = go("/en")
    expect(someone.page.locator("nav a").first).to_be_visible()
    someone.button(texts("en")["start.code"])
    someone.expect_heading(texts("en")["typ.titel"])
    expect(someone.page.locator("nav a").first).to_be_hidden()


# Right to left


def test_a_language_from_the_right_fits_and_is_accessible(go, tmp_path):
    someone = go("/ar-EG")
    page = someone.page
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    expect(page.locator("#fetched li").first).to_be_visible(timeout=60000)
    page.screenshot(path=tmp_path / "start.png", full_page=True)
    someone.check_screen("start")
    page.locator("#have-code").click()
    page.locator("#token").fill("bam")
    page.locator("#look").click()
    expect(page.locator("#token")).to_be_focused()
    page.screenshot(path=tmp_path / "code.png", full_page=True)
    someone.check_screen("code")
    assert someone.faults == []
    assert page.evaluate(OVERFLOW) == []


def test_a_language_from_the_right_fits_without_scripts(browser, abroad):
    someone = visitor(browser, abroad, viewport=NARROW, java_script_enabled=False)
    someone.page.goto(abroad + "/ar-EG")
    assert someone.page.locator("html").evaluate("(html) => html.scrollWidth") <= 320
    someone.page.context.close()


def test_telephone_numbers_run_from_the_left_everywhere(go):
    page = go("/ar-EG").page
    page.evaluate(
        """() => { const line = document.createElement('p');
        line.id = 'line'; line.textContent = Briefje.say('stand.5.bel');
        document.querySelector('main').append(line); }"""
    )
    for place in ("#line", *(f".help dd >> nth={n} >> a" for n in (1, 3))):
        first, last = page.locator(place).evaluate(f"(e) => ({ENDS})(e.firstChild)")
        assert first < last, (place, page.locator(place).inner_text())


def test_a_name_inside_a_sentence_keeps_its_own_direction(go):
    page = go("/ar-EG").page
    said = page.evaluate("() => Briefje.say('kijk.lezer', { naam: 'Helpdesk (2)' })")
    assert "\u2068Helpdesk (2)\u2069" in said
    page = go("/en").page
    assert page.evaluate("() => Briefje.say('kijk.lezer', { naam: 'X' })").endswith(": X.")


# Dates and plurals

DATES = {
    "nl": ("dinsdag 2 juni", "juni 2026"),
    "nl-x-simpel": ("dinsdag 2 juni", "juni 2026"),
    "en": ("Tuesday, June 2", "June 2026"),
    "pap": ("djamars 2 di yüni", "yüni 2026"),
    "uk": ("вівторок, 2 червня", "червень 2026"),
}


def dates(page):
    return page.evaluate(f"() => [Briefje.day('{DAY}'), Briefje.month('{MONTH}')]")


def test_every_language_of_the_page_has_its_dates_held():
    assert set(LANGUAGES) <= set(DATES)


@pytest.mark.parametrize("language", DATES)
def test_dates_are_in_the_language_of_the_page(go, language):
    day, month = dates(go("/" + language, locale="fr-FR").page)
    assert (day, month.removesuffix(" р.")) == DATES[language]


def test_dates_from_the_right_have_the_digits_of_the_rest(go):
    for said in dates(go("/ar-EG").page):
        assert "2" in said and not any("\u0660" <= letter <= "\u0669" for letter in said)


def test_firefox_says_dates_too(firefox, abroad):  # noqa: F811
    context = firefox.new_context(viewport=NARROW, **UNSET)
    someone = visitor(firefox, abroad, context=context)
    for language in ("nl-x-simpel", "pap"):
        someone.page.goto(f"{abroad}/{language}")
        someone.page.wait_for_function(KNOWS)
        assert tuple(dates(someone.page)) == DATES[language]
    assert someone.faults == []
    context.close()


@pytest.mark.parametrize("hours, end", [(1, "1 годину"), (3, "3 години"), (12, "12 годин")])
def test_a_number_takes_the_word_that_goes_with_it(go, hours, end):
    said = go("/uk").page.evaluate(f"() => Briefje.say('wanneer.uren', {{ n: {hours} }})")
    assert said.endswith(end)


def test_a_language_without_such_words_says_its_one_text(go):
    said = go("/en").page.evaluate("() => Briefje.say('verstuur.nog', { n: 3 })")
    assert said == "Seconds: 3"
