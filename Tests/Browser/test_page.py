"""The page by itself: calm, accessible, leaving nothing, and honest when something is wrong."""

import re
import time

import pytest
from playwright.sync_api import expect

from house import EXIT
from stage.waiting import until
from visitor import DESKTOP, NARROW, PHONE, STORY, SUBMISSION

SCHEMES = ["light", "dark"]
SIZES = {"phone": PHONE, "narrow": NARROW, "desktop": DESKTOP}


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
    someone.button("Vertel het")
    someone.expect_heading("Wie ben je?")
    someone.button("Verder")
    expect(page.locator("#mend")).to_be_focused()
    screen("question-open")
    someone.choose("Ik werk of help op een school")
    screen("school")
    someone.choose("School op Bonaire")
    screen("theme")
    someone.choose("Iets met seks")
    someone.expect_heading("Dit helpt misschien nu al")
    screen("first-help")
    someone.button("Ik wil het hier vertellen")
    someone.expect_heading("Lees dit eerst")
    screen("duty")
    someone.button("Ik heb dit gelezen")
    screen("whom")
    someone.button("Verder")
    someone.button("Verder")
    expect(page.locator("#story-error")).to_contain_text("Een paar woorden is genoeg")
    screen("text-empty")
    page.locator("#story").fill(STORY * 12)
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")
    screen("check")
    someone.button("Verder naar je code")
    lines = someone.read_code()
    someone.send(["", "", "baf-baf-baf"])
    expect(page.locator("#mend")).to_be_focused()
    screen("code-open")
    page.route("**/v1/envelopes", lambda route: route.abort())
    someone.expected = ("ERR_FAILED",)
    someone.send(lines)
    someone.expect_heading("Het lukt nog niet")
    screen("stuck")
    page.unroute("**/v1/envelopes")
    someone.sent()
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
    for walk in (lambda: None, lambda: someone.button("Vertel het")):
        walk()
        small = someone.page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, label.choice')]
              .filter((e) => e.offsetParent && e.id !== 'skip')
              .map((e) => [e.textContent, e.getBoundingClientRect().height])
              .filter(([, height]) => height < 44)"""
        )
        assert small == []


def test_the_whole_way_by_keyboard(visit):
    someone = visit().open()
    page = someone.page

    def tab_to(text, presses=40):
        for _ in range(presses):
            page.keyboard.press("Tab")
            found = page.evaluate(
                """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
                const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
                return { text: (e.innerText || e.id || '').trim(),
                  ring: getComputedStyle(e).outlineStyle !== 'none',
                  covered: !e.closest('.bar') && r.top < bar && e.id !== 'skip',
                  inView: r.bottom > 0 && r.top < innerHeight && !!top }; }"""
            )
            if found["text"] == text:
                assert found["ring"] and found["inView"] and not found["covered"], found
                return
        raise AssertionError(f"{text} is not reached by Tab")

    tab_to("Vertel het")
    page.keyboard.press("Enter")
    for heading, *keys in (
        ("Wie ben je?", "Space"),
        ("Wat voor school is het?", "ArrowDown"),
        ("Waar gaat het over?", "ArrowDown", "ArrowDown"),
    ):
        someone.expect_heading(heading)
        expect(page.locator(".step:not([hidden]) h1")).to_be_focused()
        for key in ("Tab", *keys, "Enter"):
            page.keyboard.press(key)
    someone.expect_heading("Wie mag het lezen?")
    tab_to("Verder")
    page.keyboard.press("Space")
    someone.expect_heading("Wat gebeurt er?")
    tab_to("story")
    page.keyboard.type("Alles met het toetsenbord.")
    tab_to("Verder")
    page.keyboard.press("Enter")
    someone.expect_heading("Klopt het zo?")
    tab_to("Verder naar je code")
    page.keyboard.press("Enter")
    lines = someone.read_code()
    tab_to("last-line")
    page.keyboard.type(lines[2].replace("-", " ").upper())
    page.keyboard.press("Enter")
    someone.sent()
    tab_to("Wis dit scherm")
    page.keyboard.press("Enter")
    someone.expect_heading("Dit scherm is leeg")


def test_without_script_the_page_says_whom_to_call(visit):
    someone = visit(java_script_enabled=False).open()
    page = someone.page
    expect(page.get_by_role("heading", name="Hier kun je nu niets versturen")).to_be_visible()
    for number in ("112", "08000432", "113", "09001113111"):
        expect(page.locator(f'#help a[href="tel:{number}"]')).to_be_visible()
    expect(page.get_by_role("heading", name="Wat kunnen anderen zien?")).to_be_visible()
    assert page.locator("button:visible, textarea:visible, input:visible").count() == 0
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
    someone.button("Vertel het")
    someone.answer_questions(theme="Thuis gaat het niet goed")
    someone.expect_heading("Dit helpt misschien nu al")
    expect(someone.page.get_by_role("link", name="Bel 0800-2000")).to_be_visible()
    expect(someone.page.get_by_text("Bel 0800-0188")).to_be_hidden()


@pytest.mark.parametrize(
    "role, duty", [("Ik werk of help", "bestuur van je school"), ("Ik ben directeur", "aangifte")]
)
def test_staff_and_boards_read_their_duty_before_any_text_box(visit, role, duty):
    someone = visit().open()
    someone.button("Vertel het")
    someone.answer_questions(role=role)
    someone.expect_heading("Lees dit eerst")
    assert duty in someone.page.locator("#step-duty [data-role]:visible").inner_text()
    assert someone.page.locator("textarea:visible").count() == 0


def test_answers_can_be_changed_at_the_last_look(visit):
    someone = visit().open()
    someone.tell()
    someone.button("Terug")
    someone.page.get_by_role("button", name="Verander: Wie je bent").click()
    someone.expect_heading("Wie ben je?")
    expect(someone.page.get_by_role("radio", name="Ik zit op school")).to_be_checked()
    someone.choose("Ik werk of help")
    someone.expect_heading("Lees dit eerst")
    someone.button("Ik heb dit gelezen")
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("Ik werk of help op een school")
    someone.button("Verder naar je code")
    assert len(someone.read_code()) == 3


def test_going_back_loses_nothing_and_keeps_the_code(visit):
    someone = visit().open()
    lines = someone.tell()
    for heading in ("Klopt het zo?", "Wat gebeurt er?", "Wie mag het lezen?"):
        someone.button("Terug")
        someone.expect_heading(heading)
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("bij de fietsen")
    someone.button("Verder naar je code")
    assert someone.read_code() == lines, "it may be on paper already"


def test_room_left_is_said_only_when_it_becomes_little(visit):
    someone = visit().open()
    someone.button("Vertel het")
    someone.answer_questions()
    someone.button("Verder")
    story, left = someone.page.locator("#story"), someone.page.locator("#story-left")
    story.fill("a" * 8000)
    expect(left).to_be_empty()
    story.fill("a" * 9000)
    expect(left).to_have_text("Je kunt nog ongeveer 1000 letters schrijven.")
    story.fill("é" * 5100)
    expect(left).to_have_text("Je tekst is te lang. Haal ongeveer 200 letters weg.")
    someone.button("Verder")
    expect(someone.page.locator("#story-error")).to_contain_text("Haal ongeveer 200 letters weg")


def test_a_text_that_holds_the_code_is_not_sent(visit):
    someone = visit().open()
    lines = someone.tell()
    someone.button("Terug")
    someone.button("Terug")
    someone.page.locator("#story").fill("Mijn code is " + " ".join(lines).upper() + ". Help!")
    someone.button("Verder")
    expect(someone.page.locator("#mend")).to_contain_text("Je code staat in je tekst")
    someone.expect_heading("Wat gebeurt er?")


# The code


def test_the_last_line_must_be_typed_over_before_anything_is_sent(visit):
    someone = visit().open()
    lines = someone.tell()
    syllables = lines[2].split("-")
    wrong = "zuz" if syllables[1] != "zuz" else "baf"
    someone.send(["", "", f"{syllables[0]}{wrong}{syllables[2]}"])
    expect(someone.page.locator("#mend")).to_contain_text("stukje 2 van de laatste regel")
    someone.send(["", "", syllables[0]])
    expect(someone.page.locator("#mend")).to_contain_text("drie stukjes van drie letters")
    assert someone.posts == []
    someone.send(["", "", "  ".join(syllables).upper()])
    someone.sent()
    assert len(someone.posts) == 1


def test_a_mistyped_code_is_told_by_its_syllable(visit):
    writer = visit().open()
    lines = writer.tell()
    someone = visit().open()
    someone.button("Ik heb een code")
    field, place = someone.page.locator("#token"), someone.page.locator("#token-error")
    field.fill(lines[0])
    someone.button("Lees mijn antwoord")
    expect(place).to_contain_text("Wij tellen er 9.")
    syllables = "-".join(lines).split("-")
    field.fill(" ".join(syllables[:4] + ["qqq"] + syllables[5:]))
    someone.button("Lees mijn antwoord")
    expect(place).to_contain_text("stukje 2 op regel 2. Wij lezen daar “qqq”.")
    field.fill(" ".join([syllables[1], syllables[0]] + syllables[2:]))
    someone.button("Lees mijn antwoord")
    expect(place).to_contain_text("De stukjes passen niet bij elkaar")
    # What looks alike is read as meant: 0 for o, 1 for i, 5 for s.
    repaired = "".join(syllables)
    vowels = {"o": "0", "i": "1", "e": "3", "a": "4"}
    typed = "".join(vowels.get(c, c) if n % 3 == 1 else c.upper() for n, c in enumerate(repaired))
    field.fill(typed)
    someone.button("Lees mijn antwoord")
    someone.expect_heading("Er is nog geen antwoord")
    assert not any("/v1/drop" in path for path in someone.requests[:7])


# Sending, when the line or the server is in a bad mood


def prepare(visit):
    someone = visit().open()
    someone.expected = ("ERR_", "status of")
    lines = someone.tell()
    return someone, lines


def answer_first(page, *answers):
    """The first posts get these answers, the rest the real server's."""
    left = list(answers)

    def handle(route):
        if left:
            left.pop(0)(route)
        else:
            route.continue_()

    page.route("**/v1/envelopes", handle)


def status(code, **headers):
    return lambda route: route.fulfill(status=code, headers=headers, body="{}")


def lost(route):
    route.abort("connectionfailed")


def test_a_lost_connection_keeps_everything_and_sends_the_same_again(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, lost, lost)
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("We proberen het zelf opnieuw")
    expect(someone.page.locator("#sending-kept")).to_be_visible()
    someone.sent()
    assert len(someone.posts) == 3 and len(set(someone.posts)) == 1, "the same twice is one report"


def test_an_answer_that_never_came_is_one_report(visit):
    someone, lines = prepare(visit)

    def arrive_and_lose(route):
        assert route.fetch().status == 201
        lost(route)

    answer_first(someone.page, arrive_and_lose)
    someone.send(lines)
    someone.sent()
    assert len(set(someone.posts)) == 1


def test_a_taken_slot_is_sealed_anew_at_once(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(409))
    someone.send(lines)
    someone.sent(10000)
    first, second = someone.posts
    assert first[24:40] != second[24:40], "another tag"
    assert first[52:] != second[52:]


def test_more_work_is_done_with_a_newer_challenge(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(428))
    someone.send(lines)
    someone.sent(10000)
    assert someone.requests[-3:] == [
        "POST /v1/envelopes", "GET /v1/challenge", "POST /v1/envelopes",
    ]


def test_a_full_server_says_when_to_come_back(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(503, **{"retry-after": "7200"}))
    someone.send(lines)
    line = someone.page.locator("#sending-line")
    expect(line).to_contain_text("Kom terug over ongeveer 2 uur,")
    someone.button("Probeer het nu")
    someone.sent()


def test_a_refusal_is_told_honestly_and_nothing_is_lost(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(422))
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("Dat ligt niet aan jou")
    expect(someone.page.locator("#sending-kept")).to_be_hidden()
    someone.button("Terug naar mijn tekst")
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("bij de fietsen")
    someone.button("Verder naar je code")
    assert someone.read_code() == lines
    someone.button("Verstuur")
    someone.sent()


def test_a_forged_promise_is_not_believed(visit):
    someone, lines = prepare(visit)

    def forge(route):
        real = route.fetch()
        route.fulfill(status=201, body=real.body().replace(b"briefje.example", b"briefjf.example"))

    answer_first(someone.page, forge)
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("een bewijs dat niet klopt")
    someone.button("Probeer het nu")
    someone.sent()


# Opening, when the public files are not what they must be


def tamper(change):
    def handle(route):
        real = route.fetch()
        route.fulfill(status=real.status, headers=real.headers, body=change(real.body()))

    return handle


def flip(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1:]


@pytest.mark.parametrize(
    "path, change, reason",
    [
        ("**/v1/directory", flip, "niet de goede handtekening"),
        ("**/v1/tree", flip, "niet het goede antwoord"),
        ("**/v1/log/checkpoint", flip, "logboek"),
        ("**/v1/log/20*", lambda body: flip(body) if len(body) > 13 else body + b"\0", "logboek"),
        ("**/v1/challenge", lambda body: body[:23], "niet het goede antwoord"),
        ("**/v1/challenge", lambda body: bytes(4) + body[4:], None),
    ],
    ids=["directory", "tree", "checkpoint", "months", "challenge", "clock"],
)
def test_a_site_that_does_not_check_out_stays_closed(visit, path, change, reason):
    someone = visit()
    someone.page.route(path, tamper(change))
    someone.expected = ("404",)
    someone.open()
    closed = someone.page.locator("#start-closed")
    expect(closed).to_be_visible(timeout=20000)
    if reason:
        expect(closed).to_contain_text(reason)
    expect(someone.page.locator("#tell")).to_be_hidden()
    expect(someone.page.locator('#help a[href="tel:112"]')).to_be_visible()
    someone.check_screen("closed")
    assert someone.posts == []


def test_who_already_waits_is_told_too(visit):
    someone = visit()

    def late(route):
        time.sleep(1)
        tamper(flip)(route)

    someone.page.route("**/v1/directory", late)
    someone.open()
    someone.button("Vertel het")
    someone.expect_heading("Even geduld")
    someone.expect_heading("Hier schrijven is nu niet veilig")
    someone.check_screen("closed")
    assert someone.page.locator("textarea:visible, input:visible").count() == 0


def test_a_slow_start_goes_on_by_itself(visit):
    someone = visit()
    someone.expected = ("ERR_",)
    fails = [lost, lost]
    someone.page.route(
        "**/v1/log/checkpoint", lambda route: fails.pop()(route) if fails else route.continue_()
    )
    someone.open()
    expect(someone.page.locator("#start-line")).to_contain_text("steeds opnieuw")
    someone.button("Vertel het")
    someone.expect_heading("Wie ben je?")


def test_webassembly_that_is_refused_gives_way_to_the_translation(visit):
    someone = visit()

    def forbid(route):
        real = route.fetch()
        headers = dict(real.headers)
        policy = headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "")
        route.fulfill(status=200, headers={**headers, "content-security-policy": policy},
                      body=real.body())

    someone.page.route(re.compile(r"/$"), forbid)
    someone.open()
    lines = someone.tell()
    assert "GET /assets/intake.js" in someone.requests
    someone.send(lines)
    someone.sent()


def test_a_program_that_stopped_is_begun_again_and_still_knows_the_code(visit):
    someone = visit().open()
    lines = someone.tell()
    for _ in range(2):
        reason = someone.page.evaluate(
            "() => Briefje.visit.call('no_such_operation', []).catch((end) => end.reason)"
        )
        assert reason == "browser"
    someone.send(lines)
    someone.sent()
    someone.check_quiet()


# Leaving


def leave_and_look(someone, wire):
    """Goes elsewhere; the submission that left meanwhile."""
    before = len(wire.posts)
    someone.page.goto("about:blank")
    until(lambda: len(wire.posts) > before, "a submission leaves with the page")
    [last] = wire.posts[before:]
    return last


def test_an_ended_visit_without_a_report_sends_a_cover(visit, wire):
    someone = visit().open()
    someone.button("Vertel het")
    someone.expect_heading("Wie ben je?")
    cover = leave_and_look(someone, wire)
    assert len(cover) == SUBMISSION and cover[:4] == b"SIF1" and cover[5] == 1


def test_a_report_on_its_way_goes_out_with_the_page(visit, wire):
    someone, lines = prepare(visit)
    someone.page.route("**/v1/envelopes", lost)
    someone.send(lines)
    someone.expect_heading("Het lukt nog niet")
    someone.page.unroute("**/v1/envelopes")
    assert leave_and_look(someone, wire) == someone.posts[0]


@pytest.mark.parametrize("way", ["click", "enter", "shift"])
def test_the_exit_blanks_the_page_and_leaves_it_out_of_the_way_back(visit, way):
    someone = visit()
    page = someone.page
    page.route(EXIT + "**", lambda route: route.fulfill(body="Het weer"))
    page.goto(someone.address + "/v1/openapi.json")
    someone.open()
    someone.tell()
    length = page.evaluate("() => history.length")
    if way == "click":
        page.get_by_role("link", name="Snel weg").click()
    elif way == "enter":
        page.get_by_role("link", name="Snel weg").focus()
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Shift")
        expect(page.locator("#exit-dots")).to_be_visible()
        expect(page.locator("#exit-spoken")).to_have_text("Druk nog 2 keer op Shift om weg te gaan.")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    assert page.evaluate("() => history.length") == length, "replaced, not left behind"


def test_shift_with_another_key_is_a_capital(visit):
    someone = visit().open()
    someone.button("Vertel het")
    someone.answer_questions()
    someone.button("Verder")
    someone.page.locator("#story").focus()
    for _ in range(4):
        someone.page.keyboard.press("Shift+A")
    expect(someone.page.locator("#story")).to_have_value("AAAA")
    expect(someone.page.locator("#exit-dots")).to_be_hidden()


def test_what_was_typed_is_gone_after_wiping(visit):
    someone = visit().open()
    lines = someone.tell()
    someone.send(lines)
    someone.sent()
    left = someone.page.evaluate(
        """() => document.documentElement.innerHTML
          + [...document.querySelectorAll('textarea, input')].map((e) => e.value).join('|')"""
    )
    assert "fietsen" not in left and all(line not in left for line in lines)
    someone.button("Wis dit scherm")
    assert someone.page.workers == []


def test_another_tab_in_front_covers_the_code(visit):
    someone = visit().open()
    someone.tell()
    someone.page.evaluate(
        """() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange')); }"""
    )
    assert someone.page.locator("#code").evaluate("(e) => getComputedStyle(e).opacity") == "0"
