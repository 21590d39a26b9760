"""The code: what its screen says, how it is kept, and sending without it."""

import subprocess

import pytest
from playwright.sync_api import expect
from visitor import STORY

SMALL = {"width": 390, "height": 664}


@pytest.fixture
def writer(visit):
    """Somebody on a small telephone, before the code."""
    someone = visit(viewport=SMALL).open()
    someone.lines = someone.tell()
    return someone


def test_it_says_that_nothing_is_sent_and_how_far_it_is(writer):
    page = writer.page
    expect(page.locator("#step-code")).to_contain_text("Nog niet verstuurd.")
    expect(page.locator("#count")).to_have_text("Stap 3 van 4")
    writer.button("Terug")
    writer.expect_heading("Klopt het zo?")
    expect(page.locator("#count")).to_have_text("Stap 2 van 4")
    writer.button("Terug")
    writer.expect_heading("Wat gebeurt er?")
    expect(page.locator("#count")).to_have_text("Stap 1 van 4")


def test_sending_is_the_last_step(writer):
    writer.page.route("**/v1/envelopes", lambda route: None)
    writer.send(writer.lines)
    writer.expect_heading("We zijn bezig")
    expect(writer.page.locator("#count")).to_have_text("Stap 4 van 4")
    expect(writer.page.locator("#back")).to_be_hidden()


def test_all_that_sends_it_is_on_the_first_screen(writer):
    page = writer.page
    assert page.evaluate("() => scrollY") == 0
    for place in ("#code", "#last-line", "#send"):
        box = page.locator(place).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= SMALL["height"], (place, box)


def test_it_fits_a_narrow_screen_with_text_of_twice_the_size(writer):
    writer.page.set_viewport_size({"width": 320, "height": 640})
    writer.page.evaluate("() => (document.documentElement.style.fontSize = '225%')")
    assert writer.page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_it_has_a_name_and_is_spelled_for_who_hears_it(writer):
    code = writer.page.get_by_role("group", name="Jouw code")
    expect(code).to_have_count(1)
    for line in writer.lines:
        spelled = ", ".join(" ".join(part) for part in line.split("-"))
        expect(code.get_by_role("img", name=spelled, exact=True)).to_have_text(line)


def test_it_can_be_copied_with_a_word_of_who_sees_that(writer):
    page = writer.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator("#step-code")).to_contain_text("Anderen kunnen soms zien wat je kopieert of print.")
    writer.button("Kopieer")
    expect(page.locator("#code-said")).to_contain_text("Gekopieerd.")
    assert page.evaluate("() => navigator.clipboard.readText()").split() == writer.lines


def test_a_browser_that_does_not_copy_says_so(writer):
    writer.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    writer.button("Kopieer")
    expect(writer.page.locator("#code-said")).to_contain_text("Kopiëren lukt hier niet.")


def test_the_printed_card_says_nothing_but_the_code(writer, tmp_path):
    writer.page.evaluate("() => { window.print = () => { window.__printed = true; }; }")
    writer.button("Print een kaartje")
    assert writer.page.evaluate("() => window.__printed")
    writer.page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "card.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == writer.lines
    writer.page.emulate_media(media="print")
    box = writer.page.locator("#code").bounding_box()
    assert [round(box[side] / 96 * 25.4) for side in ("width", "height")] == [85, 54]
    margin = "[...document.styleSheets[0].cssRules].flatMap((r) => [...(r.cssRules || [])])"
    assert "margin: 0px" in writer.page.evaluate(f"{margin}.find((r) => r.cssText.startsWith('@page')).cssText")


def test_who_wants_no_code_sends_without_and_is_told_what_that_means(writer):
    expect(writer.page.locator("#step-code")).to_contain_text(
        "Dan kun je geen antwoord lezen en niet terugschrijven."
    )
    writer.button("Verstuur zonder code")
    writer.sent()
    assert len(writer.messages) == 1
    said = writer.page.locator("#step-sent")
    expect(said).to_contain_text("Je hebt geen code.")
    assert "met je code" not in said.inner_text() and "op papier" not in said.inner_text()
    writer.check_screen("sent without a code")
    writer.check_secret(writer.lines, STORY)
