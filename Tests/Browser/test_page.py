"""The page by itself: calm and accessible, asking no more than it must and losing nothing."""

import pytest
from playwright.sync_api import expect
from returning import LINES
from visitor import DESKTOP, ENDED, NARROW, PHONE, PUPIL, STORY
from walking import TEXTS

SCHEMES = ["light", "dark"]
SIZES = {"phone": PHONE, "narrow": NARROW, "desktop": DESKTOP}
#: What somebody of a school answers who heard that a colleague touched a pupil.
TEACHER = (
    "Nee", "Ik werk of help op een school", "Middelbare school",
    "Om een leerling, student of kind", "Seks, aanraken of naaktfoto's", "Aanraken",
    "Iemand die op school werkt of helpt", "17 of jonger",
)


# Looks


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_is_accessible_and_fits(visit, size, scheme, tmp_path):
    someone = visit(viewport=SIZES[size], color_scheme=scheme).open()
    page, shots = someone.page, iter(range(99))

    def screen(name):
        page.screenshot(path=tmp_path / f"{next(shots):02}-{name}.png", full_page=True)
        someone.check_screen(f"{name} {size} {scheme}")

    screen("start")
    someone.seek()
    someone.button("Verder")
    expect(page.locator(".q.now input").first).to_be_focused()
    screen("question-open")
    for answer in TEACHER[:4]:
        someone.choose(answer)
    screen("themes")
    for answer in TEACHER[4:]:
        someone.choose(answer)
    someone.expect_heading(TEXTS["outcome.o16.title"])
    screen("ending")
    someone.tell_here()
    someone.button("Verder")
    expect(page.locator("#story-error")).to_contain_text("Een paar woorden is genoeg")
    screen("text-empty")
    page.locator("#story").fill(STORY * 12)
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")
    screen("check")
    page.get_by_role("button", name="Verander: Wie het leest").click()
    someone.expect_heading("Wie mag het lezen?")
    screen("whom")
    someone.button("Verder")
    # Staff is "u" to us.
    someone.button("Verder naar uw code")
    lines = someone.read_code()
    someone.send(["", "", "baf-baf-baf"])
    expect(page.locator("#last-line")).to_be_focused()
    screen("code-open")
    page.route("**/v1/envelopes", lambda route: route.abort())
    someone.expected = ("ERR_FAILED",)
    someone.send(lines)
    someone.expect_heading("Het lukt nog niet")
    screen("stuck")
    page.unroute("**/v1/envelopes")
    someone.expect_heading("Uw verhaal is verstuurd")
    screen("sent")
    someone.button("Wis dit scherm")
    screen("wiped")
    someone.check_quiet()


def test_text_may_be_spaced_wider(visit):
    someone = visit(viewport=NARROW).open()
    someone.tell()
    someone.page.evaluate(
        """() => document.querySelectorAll('body *').forEach((e) => {
          e.style.letterSpacing = '.12em'; e.style.wordSpacing = '.16em';
          e.style.lineHeight = '1.5'; })"""
    )
    assert someone.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    for line in someone.page.locator("#code span").all():
        assert line.evaluate("(e) => e.getClientRects().length") == 1
        assert line.evaluate("(e) => e.scrollWidth <= e.clientWidth"), "the code stays whole"


def test_everything_is_large_enough_to_touch(visit):
    someone = visit().open()
    walks = (
        lambda: None, someone.seek, someone.answer_questions,
        lambda: [one.click() for one in someone.page.locator("details:visible > summary").all()],
    )
    for walk in walks:
        walk()
        small = someone.page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, label.choice')]
              .filter((e) => e.offsetParent && e.id !== 'skip')
              .map((e) => [e.textContent, e.getBoundingClientRect().height])
              .filter(([, height]) => height < 44)"""
        )
        assert small == []


def test_without_script_the_page_says_whom_to_call_and_still_asks(visit):
    someone = visit(java_script_enabled=False).open()
    page = someone.page
    expect(page.get_by_role("heading", name="Hier kun je nu niets versturen")).to_be_visible()
    for number in ("112", "08000432", "113", "09001113111"):
        expect(page.locator(f'#help a[href="tel:{number}"]')).to_be_visible()
    expect(page.get_by_role("heading", name="Goed om te weten")).to_be_visible()
    page.get_by_role("link", name="Naar de vragen").click()
    expect(page.get_by_role("group", name="Is er nu gevaar?")).to_be_in_viewport()
    assert page.locator("button:visible, textarea:visible, input[type=text]:visible").count() == 0
    assert page.locator("form").count() == 0
    assert someone.requests == []
    assert page.locator("#exit").get_attribute("href").startswith("http")


# Asking


def test_the_answer_headers_keep_nothing(visit):
    someone = visit().open()
    headers = someone.answer.headers
    assert headers["cache-control"] == "no-store" and "set-cookie" not in headers
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert "require-trusted-types-for 'script'" in policy and "form-action 'none'" in policy


def test_a_pupil_of_a_home_in_trouble_sees_help_before_anything_else(visit):
    someone = visit().open()
    someone.seek()
    someone.answer_questions(*PUPIL[:3], "Thuis gaat het niet goed")
    someone.expect_heading("Thuis moet het veilig zijn. Er is hulp.")
    # Who listens to children comes first; who knows about home is one look away.
    shown = someone.page.locator(".end:visible").locator("a:visible, button:visible")
    expect(shown.first).to_have_text("Chat op kindertelefoon.nl")
    expect(shown.filter(has_text="0800-2000")).to_be_in_viewport()
    expect(someone.page.locator("#tree").get_by_text("0800-0188").locator("visible=true")).to_have_count(0)


@pytest.mark.parametrize("role, duty", [(1, "bestuur vertellen"), (2, "vertrouwensinspecteur")])
def test_staff_and_boards_read_their_duty_before_any_text_box(visit, role, duty):
    someone = visit().open()
    someone.seek()
    roles = "Ik zit op school", TEACHER[1], "Ik zit in het bestuur"
    someone.answer_questions(TEACHER[0], roles[role], *TEACHER[2:])
    law = someone.page.locator(".end:visible .must")
    assert duty in law.inner_text()
    assert someone.page.locator("textarea:visible").count() == 0
    below = "(law) => law.getBoundingClientRect().bottom"
    tell = someone.page.locator("[data-tell]:visible").first
    assert law.evaluate(below) < tell.evaluate("(button) => button.getBoundingClientRect().top")


def test_answers_can_be_changed_at_the_last_look(visit):
    someone = visit().open()
    someone.tell()
    someone.button("Terug")
    someone.page.get_by_role("button", name="Verander: Wie ben je?").click()
    someone.expect_heading("Wie ben je?")
    expect(someone.choice("Ik zit op school")).to_be_checked()
    someone.choose("Ik ben ouder of verzorger")
    someone.expect_heading(ENDED)
    someone.page.locator("button[data-tell=nl-vi]:visible").first.click()
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("Ik ben ouder of verzorger")
    someone.button("Verder naar je code")
    assert len(someone.read_code()) == 3


def test_a_changed_answer_that_leads_elsewhere_is_asked_on(visit):
    someone = visit().open()
    someone.tell()
    someone.button("Terug")
    someone.page.get_by_role("button", name="Verander: Wat is er gebeurd?").click()
    someone.expect_heading("Wat is er gebeurd?")
    someone.choose("Seks, aanraken of naaktfoto's")
    someone.expect_heading("Wat past er het best bij?")
    for answer in ("Zeg ik liever niet", "Weet ik niet of zeg ik niet"):
        someone.choose(answer)
    someone.page.locator("button[data-tell=nl-vi]:visible").first.click()
    someone.expect_heading("Klopt het zo?")
    told = someone.page.locator("#check-list")
    expect(told).to_contain_text("Schelden, dreigen, bang maken · Seks, aanraken of naaktfoto's")
    expect(told).to_contain_text("Wat past er het best bij?")
    expect(told).to_contain_text("bij de fietsen")


def test_another_reader_can_be_chosen_at_the_last_look(visit):
    someone = visit().open()
    someone.seek()
    someone.answer_questions(*PUPIL[:-1], "Advies krijgen")
    someone.expect_heading("Vraag advies. Beslissen kan daarna.")
    someone.tell_here("helpdesk")
    someone.page.locator("#story").fill(STORY)
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")
    told = someone.page.locator("#check-list")
    expect(told.locator("dd").nth(1)).to_have_text("Helpdesk")
    someone.page.get_by_role("button", name="Verander: Wie het leest").click()
    someone.expect_heading("Wie mag het lezen?")
    expect(someone.choice("Helpdesk")).to_be_checked()
    expect(someone.page.locator("#whom-choices")).not_to_contain_text("Ministerie")
    someone.choose("Vertrouwensinspecteurs")
    someone.expect_heading("Klopt het zo?")
    expect(told.locator("dd").nth(1)).to_have_text("Vertrouwensinspecteurs")


def test_going_back_loses_nothing_and_keeps_the_code(visit):
    someone = visit().open()
    lines = someone.tell()
    for heading in ("Klopt het zo?", "Wat gebeurt er?", ENDED, "Wat is nu het belangrijkst?"):
        someone.button("Terug")
        someone.expect_heading(heading)
    someone.button("Verder")
    someone.expect_heading(ENDED)
    someone.page.locator("button[data-tell=nl-vi]:visible").first.click()
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("bij de fietsen")
    someone.button("Verder naar je code")
    assert someone.read_code() == lines, "it may be on paper already"


def test_room_left_is_said_only_when_it_becomes_little(visit):
    someone = visit().open()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    story, left = someone.page.locator("#story"), someone.page.locator("#story-left")
    story.fill("a" * 8000)
    expect(left).to_be_empty()
    story.fill("a" * 9000)
    expect(left).to_have_text("Je kunt nog ongeveer 1000 letters schrijven.")
    story.fill("é" * 5100)
    expect(left).to_have_text("Je tekst is te lang. Haal aan het eind ongeveer 100 letters weg.")
    someone.button("Verder")
    expect(someone.page.locator("#story-error")).to_contain_text("aan het eind ongeveer 100 letters weg")


def test_a_text_that_holds_the_code_is_not_sent(visit):
    someone = visit().open()
    lines = someone.tell()
    someone.button("Terug")
    someone.button("Terug")
    def refuses(text):
        someone.page.locator("#story").fill(text)
        someone.button("Verder")
        expect(someone.page.locator("#story-error")).to_contain_text("Er staat een code in je tekst")

    refuses("Mijn code is " + " ".join(lines).upper() + ". Help!")
    # A code of another visit says as much: who reads it can speak as that child.
    earlier = [line.split("-") for line in LINES]
    refuses("De vorige keer was het\n" + "\n".join(" ".join(line) for line in earlier))
    refuses("Weet je nog? " + "".join(sum(earlier, [])).upper())
    refuses("\n".join(f"{at}. {'-'.join(line)}" for at, line in enumerate(earlier, 1)))
    someone.expect_heading("Wat gebeurt er?")


# What is written stays here


def test_no_helper_of_the_browser_reads_what_is_written(visit):
    """Spelling, text prediction, translation and writing helpers all send a text to their makers."""
    someone = visit().open()
    kept = {
        "autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false",
        "data-gramm": "false", "data-enable-grammarly": "false", "data-lt-active": "false",
    }
    fields = someone.page.locator("textarea, input[type=text]")
    assert fields.count() == 3
    for field in fields.all():
        found = {name: field.get_attribute(name) for name in kept}
        assert found == kept
        assert field.evaluate("(e) => e.translate") is False
        assert field.evaluate("(e) => e.writingSuggestions") == "false"


def test_no_tap_on_what_is_secret_is_looked_up(visit):
    """Chrome on Android sends a tapped word and its surroundings, but not of what can be focused."""
    someone = visit().open()
    for place in ("check-list", "code", "replies", "closed-text"):
        assert someone.page.locator(f"#{place}").evaluate("(e) => e.tabIndex === -1 && e.matches('[tabindex]')")
