"""What a returning reporter sees of messages and answers, from logs on paper."""

import pytest
from paper_house import days
from paper_ledger import acknowledged, message, reply_leaf, withdrawn
from playwright.sync_api import expect
from reporter.codec import u32
from reporter.note import framed
from reporter.primitives import sha256
from reporter.token import Token
from returning import HERE, LINES, THERE, WORDS, answer, back, own, site, visit, weekday  # noqa: F401
from schedule import check_requests
from visitor import DESKTOP, NARROW, PHONE, SUBMISSION

SIZES = {"phone": PHONE, "narrow": NARROW, "desktop": DESKTOP}


# States


def test_a_code_that_is_in_no_log_yet_is_told_to_wait(back):  # noqa: F811
    someone = back()
    someone.expect_heading("We vinden niets bij deze code")
    may = someone.page.locator("#replies li")
    for at, words in enumerate((
        "Dan staat het hier morgen", "misschien nooit weggegaan", "een andere code", "Vertel het opnieuw, of bel.",
    )):
        expect(may.nth(at)).to_contain_text(words)
    expect(someone.page.locator("main")).not_to_contain_text("Er is nog geen antwoord")
    expect(someone.page.get_by_role("button", name="Dit was de verkeerde plek")).to_be_hidden()
    someone.check_screen("nothing behind a code")
    expect(someone.page.locator("#older")).to_be_hidden()
    someone.check_quiet()
    # What never left is not written back to.
    expect(someone.page.get_by_role("button", name="Schrijf terug")).to_be_hidden()
    someone.button("Vertel het opnieuw")
    someone.expect_heading("Voel jij je niet veilig op school?")


def test_a_code_of_long_ago_is_told_where_to_look(site, back):  # noqa: F811
    site.log.add(80, message(HERE))
    someone = back()
    expect(someone.page.locator("#replies")).to_contain_text("Kijk dan onderaan verder terug")
    for month in ("januari 2026", "december 2025"):
        someone.button("Kijk verder terug")
        expect(someone.page.locator("#back-line")).to_contain_text(month)
        expect(someone.page.locator("#back-line")).to_contain_text("We keken nu ook in")
    expect(own(someone)).to_contain_text("Nog niet opgehaald")


def test_a_recorded_message_says_what_comes_and_by_when(site, back):  # noqa: F811
    site.log.add(2, message(HERE))
    someone = back()
    expect(own(someone)).to_contain_text(f"Jouw bericht van {weekday(-2)}")
    expect(own(someone)).to_contain_text("Veilig bewaard")
    expect(own(someone)).to_contain_text(f"Ligt het er op {weekday(12)} nog?")
    expect(own(someone)).to_contain_text("doorgeven aan Helpdesk")
    expect(someone.page.get_by_role("button", name="Geef door")).to_have_count(0)


def test_a_place_without_escalation_promises_no_day(site, back):  # noqa: F811
    site.log.add(30, message(THERE))
    someone = back()
    expect(own(someone)).to_contain_text("Ligt het er na 7 dagen nog? Bel dan.")


def test_a_message_at_the_organisation_says_so_and_what_comes(site, back):  # noqa: F811
    leaf = message(HERE)
    site.log.add(9, leaf).hand_over("nl-vi", leaf)
    someone = back()
    expect(own(someone)).to_contain_text("Ze hebben je bericht opgehaald.")
    expect(own(someone)).to_contain_text("Ze proberen binnen 7 dagen te antwoorden.")
    expect(someone.page.locator("#replies")).to_contain_text(f"opgehaald: {weekday(-1)}.")
    answer(site)
    again = back()
    expect(own(again)).to_contain_text("Opgehaald")
    expect(own(again)).not_to_contain_text("Ze proberen binnen 7 dagen te antwoorden.")
    again.expect_heading("Er is antwoord")


def test_messages_at_several_places_stand_under_their_names(site, back):  # noqa: F811
    site.log.add(9, message(HERE), message(THERE)).add(4, message(HERE, 8))
    someone = back()
    names = someone.page.locator("#replies h2").all_inner_texts()
    assert names == ["Vertrouwensinspecteurs", "Helpdesk"]
    first = someone.page.locator("#replies section").first.locator(".from").all_inner_texts()
    assert first == [f"Jouw bericht van {weekday(ago)}" for ago in (-4, -9)]


def test_an_answer_is_text_and_says_how_long_it_stays(site, back):  # noqa: F811
    answer(site)
    someone = back()
    reply = someone.page.locator(".reply")
    assert reply.locator(".words").inner_text() == WORDS
    expect(reply).to_contain_text(f"Je kunt dit lezen tot {weekday(89)}.")


def test_a_withheld_answer_is_said_with_whom_to_call(site, back):  # noqa: F811
    answer(site)
    site.drop.clear()
    someone = back()
    someone.expect_heading("Hier mist een antwoord")
    reply = someone.page.locator(".reply")
    expect(reply).to_contain_text("Hier mist een antwoord")
    expect(reply).to_contain_text(f"Vertrouwensinspecteurs, {weekday(-1)}")
    link = reply.get_by_role("link", name="Bel 0900 111 3 111")
    assert link.get_attribute("href") == "tel:09001113111"


def test_another_reply_than_the_logged_one_is_withheld_too(site, back):  # noqa: F811
    answer(site)
    site.drop = site.log.house.party("nl-vi").reply(HERE, 0, "Niet gelogd.")
    someone = back()
    expect(someone.page.locator(".reply")).to_contain_text("Hier mist een antwoord")
    assert "Niet gelogd" not in someone.page.content()


def test_a_reply_without_its_leaf_is_not_shown(site, back):  # noqa: F811
    site.drop = site.log.house.party("nl-vi").reply(HERE, 0, "Niet gelogd.")
    someone = back()
    someone.expect_heading("We vinden niets bij deze code")
    assert "Niet gelogd" not in someone.page.content()


def test_a_reply_that_was_taken_back_is_said(site, back):  # noqa: F811
    entry = answer(site)
    site.log.add(0, withdrawn(reply_leaf(HERE, entry)))
    someone = back()
    expect(someone.page.locator(".reply")).to_contain_text("Dit antwoord is teruggenomen")
    assert "Dank je wel" not in someone.page.content()


@pytest.mark.parametrize("lie", ["another root", "another size"])
def test_a_cosignature_that_does_not_fit_closes_the_page(site, visit, lie):  # noqa: F811
    site.log.add(9, message(HERE))
    desk = site.log.house.party("nl-vi").desk
    if lie == "another root":
        forged = site.log.checkpoint(3, desk, root=sha256(b"another"))
    else:
        line = site.log.checkpoint(3, desk).split(b"\n\n", 1)[1]
        forged = site.log.checkpoint().split(b"\n\n", 1)[0] + b"\n\n" + line
    notes = framed(site.log.checkpoint()) + framed(forged) + u32(0) + u32(0)
    site.instead["/v1/log/checkpoint"] = notes
    someone = visit()
    expect(someone.page.locator("#start-closed")).to_contain_text("logboek", timeout=20000)


def test_the_days_of_the_last_post_stand_on_the_first_screen(site, visit):  # noqa: F811
    leaf = message(HERE)
    site.log.add(9, leaf).hand_over("nl-vi", leaf)
    someone = visit()
    expect(someone.page.locator("#fetched li")).to_have_text([
        f"Vertrouwensinspecteurs. Post laatst opgehaald: {weekday(-1)}.",
        "Helpdesk. Hier is nog geen post opgehaald.",
        "Ministerie van Onderwijs. Hier is nog geen post opgehaald.",
        f"Het logboek loopt tot en met {weekday(-3)}.",
    ])


# Further back


def test_looking_further_back_finds_what_is_older(site, back):  # noqa: F811
    site.log.add(100, message(HERE)).add(70, reply_leaf(HERE, answer(site, number=1, ago=75)))
    someone = back()
    expect(someone.page.locator(".reply")).to_have_count(1)
    expect(someone.page.locator(".reply")).to_contain_text("Een ouder antwoord")
    line = someone.page.locator("#back-line")
    for month in ("januari 2026", "december 2025"):
        someone.button("Kijk verder terug")
        expect(line).to_have_text(f"We keken nu ook in {month}.")
        expect(someone.page.locator("#look-back")).to_be_focused()
    someone.expect_heading("Er is antwoord")
    someone.button("Kijk verder terug")
    expect(line).to_have_text("We keken nu ook in november 2025. Verder terug is er niets.")
    expect(someone.page.locator("#look-back")).to_be_hidden()
    expect(own(someone)).to_contain_text("Jouw bericht van zondag 30 november")
    months = [path for path in someone.requests if "/v1/log/20" in path]
    assert months == [f"GET /v1/log/{name}" for name in (
        "2026-02", "2026-03", "2026-01", "2025-12", "2025-11")]
    someone.check_screen("further back")
    someone.check_quiet()


def test_an_erased_month_is_said(site, back):  # noqa: F811
    site.log.add(470).add(420).erased.update({"2024-11", "2025-01"})
    someone = back()
    line = someone.page.locator("#back-line")
    for _ in range(12):
        before = line.inner_text()
        someone.button("Kijk verder terug")
        expect(line).not_to_have_text(before)
        expect(line).not_to_contain_text("We kijken in")
    someone.button("Kijk verder terug")
    expect(line).to_contain_text("De post van januari 2025 en daarvoor is gewist.")
    expect(someone.page.locator("#look-back")).to_be_hidden()


def test_a_month_that_does_not_fit_is_said(site, back):  # noqa: F811
    site.log.add(60).add(50)
    site.instead["/v1/log/2026-01"] = site.log.month("2026-01")[:-65]
    someone = back()
    someone.button("Kijk verder terug")
    expect(someone.page.locator("#back-line")).to_contain_text("past niet bij de rest")
    expect(someone.page.locator("#look-back")).to_be_hidden()


# Always


@pytest.mark.parametrize("webassembly", [True, False], ids=["webassembly", "translation"])
def test_with_and_without_a_code_the_requests_are_the_same(site, visit, back, webassembly):  # noqa: F811
    leaf = message(HERE)
    site.log.add(25, leaf).add(20, message(HERE, 1)).hand_over("nl-vi", leaf)
    there = answer(site)
    visits = [back(webassembly=webassembly)]
    site.drop.clear()
    visits.append(back(webassembly=webassembly))
    stranger = visit(webassembly=webassembly)
    stranger.come_back(Token.make().text.split("\n"))
    expect(stranger.page.locator("#step-replies")).to_be_visible(timeout=30000)
    # While the answer is withheld nothing can be passed on: it may answer that message.
    site.drop = there
    passing = back(webassembly=webassembly)
    passing.page.get_by_role("button", name="Geef door").click()
    passing.button("Ja, geef het door")
    passing.expect_heading("Je hebt het doorgegeven")
    writer = visit(webassembly=webassembly)
    lines = writer.tell()
    writer.send(lines)
    writer.sent()
    for someone in [*visits, stranger, passing, writer]:
        check_requests(someone.requests)
    assert [len(one.messages) for one in [*visits, stranger, passing, writer]] == [0, 0, 0, 1, 1]
    assert {len(body) for body in site.posts} == {SUBMISSION}


def test_what_the_log_says_is_told_before_the_words_come(site, visit):  # noqa: F811
    site.log.add(9, message(HERE))
    answer(site)
    someone = visit()
    someone.page.evaluate("() => Briefje.visit.ready")
    gate, is_open = [], []
    someone.page.route(
        "**/v1/drop/*", lambda route: route.continue_() if is_open else gate.append(route)
    )
    someone.come_back(LINES)
    someone.expect_heading("Er is antwoord")
    coming = someone.page.locator(".reply")
    expect(coming).to_contain_text("Het komt vanzelf")
    expect(own(someone)).to_contain_text("Veilig bewaard")
    someone.check_screen("an answer that comes")
    is_open.append(True)
    for route in gate:
        route.continue_()
    expect(coming.locator(".words")).to_contain_text("Dank je wel.", timeout=30000)
    assert someone.heading() == "Er is antwoord"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_of_coming_back_is_accessible_and_fits(site, back, size, scheme, tmp_path):  # noqa: F811
    there = message(HERE, 2)
    site.log.add(30, there).hand_over("nl-vi", there)
    site.log.add(20, message(HERE, 1)).add(5, message(HERE)).add(4, message(THERE))
    answer(site, number=0, ago=20, text="We hebben je bericht gelezen. Wat is er daarna gebeurd?")
    answer(site, number=1, kind=5, other="nl-ocw", ago=8, text="Zij weten hier meer van.")
    answer(site, number=2, kind=5, other="onbekend", ago=7, text="Of zij misschien.")
    answer(site, THERE, number=0, ago=6)
    site.drop = {tag: one for tag, one in site.drop.items() if tag != THERE.tag_out(0)}
    someone = back(viewport=SIZES[size], color_scheme=scheme)
    shots = iter(range(9))

    def screen(name):
        someone.page.evaluate("() => window.scrollTo(0, 0)")
        path = tmp_path / f"{next(shots)}-{name}-{size}-{scheme}.png"
        someone.page.screenshot(path=path, full_page=True)
        someone.check_screen(f"{name} {size} {scheme}")

    screen("overview")
    someone.page.get_by_role("button", name="Geef door").click()
    screen("pass")
    someone.button("Nee, ik wacht nog")
    someone.page.get_by_role("button", name="Kies ja of nee").click()
    screen("transfer")
    someone.button("Nee, liever niet")
    screen("no")
    someone.button("Terug naar het antwoord")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")
    screen("passed")
    someone.check_quiet()


def test_what_the_log_has_and_the_site_hides_is_not_overdue(site, back):  # noqa: F811
    mine = message(HERE)
    site.log.add(20, mine)
    site.log.add(10, acknowledged(HERE, site.log.index(mine) + 1)).add(1)
    someone = back()
    expect(own(someone)).to_contain_text("Hier klopt iets niet")
    expect(own(someone)).to_contain_text("Het ligt niet aan jou.")
    link = own(someone).get_by_role("link", name="Bel 0900 111 3 111")
    assert link.get_attribute("href") == "tel:09001113111"
    expect(someone.page.get_by_role("button", name="Geef door")).to_have_count(0)
    hidden = "Wanneer de post is opgehaald, laat de site nu niet zien."
    expect(someone.page.locator("#replies section").first).to_contain_text(hidden)
    someone.check_screen("shown less")
    site.log.hand_over("nl-vi", mine)
    expect(own(back())).to_contain_text("Ze hebben je bericht opgehaald.")


# What they asked, and what was said to it


def test_what_they_asked_stands_above_the_field_where_it_is_answered(site, back):  # noqa: F811
    site.log.add(9, message(HERE))
    answer(site, kind=3, text="Wanneer was het?\nEn <i>waar</i>?")
    someone = back()
    expect(someone.page.locator(".reply")).not_to_contain_text("Beantwoord")
    expect(someone.page.get_by_role("button", name="Vertel het opnieuw")).to_be_hidden()
    someone.button("Schrijf terug")
    asked, field = someone.page.locator("#asked"), someone.page.locator("#story")
    expect(asked).to_contain_text("Wanneer was het?\nEn <i>waar</i>?")
    expect(asked).to_contain_text("Vertrouwensinspecteurs")
    assert asked.bounding_box()["y"] < field.bounding_box()["y"]
    someone.check_screen("asked")
    field.fill("Na gym.")
    someone.button("Verder")
    someone.button("Verstuur")
    someone.expect_heading("Je bericht is verstuurd")
    expect(someone.page.locator("#sent-lead")).to_have_text("Goed dat je terugschreef.")
    expect(someone.page.locator("#step-sent")).not_to_contain_text("hebt verteld")
    expect(someone.page.locator("#step-sent")).not_to_contain_text("Je verhaal is verstuurd")


def test_a_question_that_was_answered_says_so(site, back):  # noqa: F811
    answer(site, kind=3, text="Wanneer was het?", ago=5)
    site.log.add(2, message(HERE))
    expect(back().page.locator(".reply .stand")).to_have_text("Beantwoord")


def test_who_tells_anew_sees_no_question_above_the_field(visit):  # noqa: F811
    someone = visit()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    expect(someone.page.locator("#asked")).to_be_hidden()
