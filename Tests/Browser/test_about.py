"""What is said about the site itself: who runs it, what it knows of whom, what was tested."""

import json
import re
import urllib.error
import urllib.request

import pytest
from house import EXIT, PageServer, apart
from playwright.sync_api import expect
from reading import LEVELS, differences, hard_parts
from stage.commands import PROJECT
from stage.waiting import until
from visitor import NARROW, PHONE

NAMES = {"over": "Over deze site", "privacy": "Privacy", "toegankelijkheid": "Toegankelijkheid"}
#: The word by which the law calls such a statement.
OFFICIAL = "toegankelijk.titel"
TEXTS = PROJECT / "Sources" / "IntakePage" / "Web" / "about" / "texts"
PREFIXES = {"nl": "", "nl-x-simpel": "/simpel", "en": "/en"}


def texts(language):
    return json.loads((TEXTS / f"{language}.json").read_text())


def fetched(address, path):
    with urllib.request.urlopen(address + path) as answer:
        return answer.headers, answer.read().decode()


@pytest.mark.parametrize("prefix", PREFIXES.values())
@pytest.mark.parametrize("name", NAMES)
def test_it_runs_nothing_and_fetches_nothing(address, name, prefix):
    headers, page = fetched(address, f"{prefix}/{name}")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy and "connect" not in policy
    assert "frame-ancestors 'none'" in policy and headers["referrer-policy"] == "no-referrer"
    assert not re.search("<script|<form|<iframe|<input", page)
    assert EXIT in page and 'href="tel:112"' in page
    assert "{{" not in page


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrow"])
@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_finds_it_from_the_start_and_the_way_back(visit, name, size):
    someone = visit(viewport=size).open()
    links = {"privacy": "Wat anderen kunnen zien, en hoe je dit wist", "toegankelijkheid": "Werkt hier iets niet?"}
    link = links.get(name, NAMES[name])
    someone.page.get_by_role("link", name=link, exact=True).click()
    expect(someone.page.get_by_role("heading", level=1)).to_have_text(NAMES[name])
    someone.check_screen(name)
    others = set(NAMES.values()) - {NAMES[name]} | {"Voor de helpdesk"}
    for other in others:
        expect(someone.page.get_by_role("link", name=other, exact=True)).to_be_visible()
    someone.page.get_by_role("link", name="Snel weg")
    someone.page.get_by_role("link", name="Naar het begin").click()
    someone.expect_heading("Voel jij je niet veilig op school?")


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_every_link_leads_somewhere(address, prefix):
    seen, wanted = set(), {prefix or "/"}
    while wanted - seen:
        path = (wanted - seen).pop()
        seen.add(path)
        _, page = fetched(address, path)
        wanted |= set(re.findall(r'href="(/[^"#]*)"', page))
    assert {f"{prefix}/{name}" for name in NAMES} | {f"{prefix}/helpdesk"} <= seen


def test_nobody_is_named_who_did_not_say_so(address):
    _, page = fetched(address, "/over")
    assert "Wie deze site beheert, staat hier nog niet." in page
    assert "Er is nog geen adres" in page


def test_the_operator_is_named_as_it_names_itself(house):
    who = ["--operator-name", "Stichting <Veilig>", "--operator-contact", "mailto:vraag@briefje.example"]
    server = PageServer(apart(house), more=who)
    try:
        for name in NAMES:
            _, page = fetched(f"http://127.0.0.1:{server.port}", f"/{name}")
            assert "Stichting &lt;Veilig&gt;" in page
            assert 'href="mailto:vraag@briefje.example"' in page
            assert "Vertel daar niet wat er is gebeurd." in page
    finally:
        server.stop()


def test_a_page_that_is_none_is_none(address):
    for path in ("/over/", "/contact", "/nl-NL/over"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetched(address, path)


@pytest.mark.parametrize("language", PREFIXES)
def test_it_is_easy_to_read_and_says_the_same_in_each_language(language):
    assert language == "nl" or differences(language, texts(language), texts("nl")) == []
    told = {key: text for key, text in texts(language).items() if key != OFFICIAL}
    hard = {key: hard_parts(language, text, frozenset()) for key, text in told.items()}
    assert {key: parts for key, parts in hard.items() if parts} == {}
    assert language in LEVELS


#: What a browser does that translates: text nodes give way to elements of its own.
TRANSLATED = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const up = walker.currentNode.parentElement;
    if (up.translate && !up.closest('script, style') && walker.currentNode.data.trim()) found.push(walker.currentNode);
  }
  for (const text of found) {
    const font = document.createElement('font');
    font.textContent = text.data;
    text.replaceWith(font);
  }
}"""


def test_a_page_that_is_translated_before_the_program_came_misses_no_word(visit):
    someone = visit(viewport=PHONE)
    held = []
    someone.page.route("**/assets/nl-*.json", lambda route: held.append(route))
    someone.open()
    someone.page.evaluate(TRANSLATED)
    until(lambda: someone.page.wait_for_timeout(50) or held, "the words are asked for")
    for one in held:
        one.continue_()
    someone.page.wait_for_function("() => document.querySelector('#step-clock h1').innerHTML !== '|'"
                                   " && !document.querySelector('#step-clock h1').textContent.includes('|')")
    left = someone.page.evaluate(
        """() => [...document.querySelectorAll('.step *')].filter((one) => !one.children.length
          && one.textContent.trim() === '|').map((one) => one.id || one.outerHTML)"""
    )
    assert left == []


def test_what_is_public_may_be_translated_and_what_a_person_wrote_may_not(visit):
    someone = visit(viewport=PHONE).open()
    translated = lambda selector: someone.page.locator(selector).first.evaluate("one => one.translate")
    for public in ("#step-start", "#step-tree", "#step-tree .q", "#step-tree .end", "#help"):
        assert translated(public), public
    for own in ("#story", "#check-list", "#code", "#last-line", "#token", "#replies", "#asked-words", "#closed-text"):
        assert not translated(own), own
