"""What a returning reporter sees of messages and answers, and may decide; from logs on paper."""

import pytest
from house import ORGANISATIONS
from paper_house import DEPLOYMENT, PaperHouse, Party, days, signer
from paper_log import PaperLog, message, reply_leaf, withdrawn
from paper_site import PaperSite
from playwright.sync_api import expect
from reporter.codec import u32
from reporter.envelope import EnvelopeClass, open_envelope, seal_text
from reporter.frame import REPORTER, Frame
from reporter.keys import ThreadKeys, root_key
from reporter.leaf import Leaf
from reporter.note import framed
from reporter.primitives import sha256, unseal
from reporter.submission import Submission
from reporter.token import Token
from visitor import DESKTOP, NARROW, PHONE, SUBMISSION, visitor

SIZES = {"phone": PHONE, "narrow": NARROW, "desktop": DESKTOP}
TOKEN = Token.make()
LINES = ["-".join(TOKEN.text.replace("\n", "-").split("-")[at : at + 3]) for at in (0, 3, 6)]
ROOT = root_key(TOKEN, DEPLOYMENT)
HERE, THERE, LAST = (ThreadKeys(ROOT, name) for name in ORGANISATIONS)
WORDS = "Dank je wel.\n\nMogen we <b>even</b> bellen?"


def weekday(count):
    """A day as the page writes it."""
    day = days(count)
    names = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
    months = "januari februari maart april mei juni".split()
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"


@pytest.fixture
def site():
    parties = [
        Party(name, escalation, name=said) for name, (said, _, escalation) in ORGANISATIONS.items()
    ]
    made = PaperSite(PaperLog(PaperHouse(parties=parties)))
    made.log.add(3)
    yield made
    made.close()


@pytest.fixture
def visit(browser, site):
    """Opens windows on the paper page."""
    opened = []

    def make(**options):
        opened.append(visitor(browser, site.address, **options))
        return opened[-1].open()

    yield make
    for made in opened:
        made.page.context.close()


@pytest.fixture
def back(visit):
    """Opens a window and types the code; answers when the page says what it found."""

    def make(**options):
        someone = visit(**options)
        someone.come_back(LINES)
        expect(someone.page.locator("#step-replies")).to_be_visible(timeout=30000)
        return someone

    return make


def own(someone, at=0):
    return someone.page.locator("#replies .own").nth(at)


def answer(site, keys=HERE, number=0, kind=2, other="", ago=2, text=WORDS):
    """Puts an answer into drop and log."""
    party = site.log.house.party(keys.organisation)
    entry = party.reply(keys, number, text, day=days(-ago), kind=kind, other=other)
    site.log.add(ago - 1, reply_leaf(keys, entry))
    site.drop |= entry
    return entry


def posted(site, pair):
    """The one submission that was sent, opened."""
    [body] = site.posts
    assert len(body) == SUBMISSION and body[5] == 0
    sent = Submission(body[8:24].rstrip(b"\0").decode(), body[24:40], body[52:], flags=0,
                      hour=0, nonce=0)
    plain = open_envelope(sent.envelope, EnvelopeClass.TEXT, [pair])
    return sent, Frame.read(plain, REPORTER)


# States


def test_a_code_that_is_in_no_log_yet_is_told_to_wait(back):
    someone = back()
    someone.expect_heading("Er is nog geen antwoord")
    expect(someone.page.locator("#replies-lead")).to_contain_text("Dan staat het hier morgen")
    someone.check_quiet()


def test_a_recorded_message_says_what_comes_and_by_when(site, back):
    site.log.add(2, message(HERE))
    someone = back()
    expect(own(someone)).to_contain_text(f"Jouw bericht van {weekday(-2)}")
    expect(own(someone)).to_contain_text("Veilig bewaard")
    expect(own(someone)).to_contain_text(f"Ligt het er op {weekday(12)} nog?")
    expect(own(someone)).to_contain_text("doorgeven aan Helpdesk")
    expect(someone.page.get_by_role("button", name="Geef door")).to_have_count(0)


def test_a_place_without_escalation_promises_no_day(site, back):
    site.log.add(30, message(THERE))
    someone = back()
    expect(own(someone)).to_contain_text("Ligt het er na een week nog? Bel dan.")


def test_a_message_at_the_organisation_says_so_and_what_comes(site, back):
    leaf = message(HERE)
    site.log.add(9, leaf).hand_over("nl-vi", leaf)
    someone = back()
    expect(own(someone)).to_contain_text("Je bericht is opgehaald.")
    expect(own(someone)).to_contain_text("Nu gaan zij het lezen.")
    expect(someone.page.locator("#replies")).to_contain_text(f"opgehaald: {weekday(-1)}.")
    answer(site)
    again = back()
    expect(own(again)).to_contain_text("Opgehaald")
    expect(own(again)).not_to_contain_text("Nu gaan zij het lezen.")
    again.expect_heading("Er is antwoord")


def test_messages_at_several_places_stand_under_their_names(site, back):
    site.log.add(9, message(HERE), message(THERE)).add(4, message(HERE, 8))
    someone = back()
    names = someone.page.locator("#replies h2").all_inner_texts()
    assert names == ["Vertrouwensinspecteurs", "Helpdesk"]
    first = someone.page.locator("#replies section").first.locator(".from").all_inner_texts()
    assert first == [f"Jouw bericht van {weekday(ago)}" for ago in (-4, -9)]


def test_an_answer_is_text_and_says_how_long_it_stays(site, back):
    answer(site)
    someone = back()
    reply = someone.page.locator(".reply")
    assert reply.locator(".words").inner_text() == WORDS
    expect(reply).to_contain_text(f"Je kunt dit lezen tot {weekday(89)}.")


def test_a_withheld_answer_is_said_with_whom_to_call(site, back):
    answer(site)
    site.drop.clear()
    someone = back()
    someone.expect_heading("Hier mist een antwoord")
    reply = someone.page.locator(".reply")
    expect(reply).to_contain_text("Hier mist een antwoord")
    expect(reply).to_contain_text(f"Vertrouwensinspecteurs, {weekday(-1)}")
    link = reply.get_by_role("link", name="Bel 0900 111 3 111")
    assert link.get_attribute("href") == "tel:09001113111"


def test_another_reply_than_the_logged_one_is_withheld_too(site, back):
    answer(site)
    site.drop = site.log.house.party("nl-vi").reply(HERE, 0, "Niet gelogd.")
    someone = back()
    expect(someone.page.locator(".reply")).to_contain_text("Hier mist een antwoord")
    assert "Niet gelogd" not in someone.page.content()


def test_a_reply_without_its_leaf_is_not_shown(site, back):
    site.drop = site.log.house.party("nl-vi").reply(HERE, 0, "Niet gelogd.")
    someone = back()
    someone.expect_heading("Er is nog geen antwoord")
    assert "Niet gelogd" not in someone.page.content()


def test_a_reply_that_was_taken_back_is_said(site, back):
    entry = answer(site)
    site.log.add(0, withdrawn(reply_leaf(HERE, entry)))
    someone = back()
    expect(someone.page.locator(".reply")).to_contain_text("Dit antwoord is teruggenomen")
    assert "Dank je wel" not in someone.page.content()


@pytest.mark.parametrize("lie", ["another root", "another size"])
def test_a_cosignature_that_does_not_fit_closes_the_page(site, visit, lie):
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


def test_the_days_of_the_last_post_stand_on_the_first_screen(site, visit):
    leaf = message(HERE)
    site.log.add(9, leaf).hand_over("nl-vi", leaf)
    someone = visit()
    expect(someone.page.locator("#fetched li")).to_have_text([
        f"Vertrouwensinspecteurs: post laatst opgehaald op {weekday(-1)}.",
        "Helpdesk: nog geen post opgehaald.",
        "Ministerie van Onderwijs: nog geen post opgehaald.",
    ])


# Further back


def test_looking_further_back_finds_what_is_older(site, back):
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


def test_an_erased_month_is_said(site, back):
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


def test_a_month_that_does_not_fit_is_said(site, back):
    site.log.add(60).add(50)
    site.instead["/v1/log/2026-01"] = site.log.month("2026-01")[:-65]
    someone = back()
    someone.button("Kijk verder terug")
    expect(someone.page.locator("#back-line")).to_contain_text("past niet bij de rest")
    expect(someone.page.locator("#look-back")).to_be_hidden()


# Passing on


def test_an_overdue_message_is_passed_on_and_opened_there(site, back):
    house = site.log.house
    helpdesk = house.party("helpdesk")
    story = seal_text(b"SIR1", house.party("nl-vi").pair[0], helpdesk.pair[0], HERE.release(9))
    leaf = Leaf.text("nl-vi", HERE.tag_in(9), sha256(story.envelope))
    site.log.add(20, leaf)
    someone = back()
    expect(own(someone)).to_contain_text("Nog niet opgehaald")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.expect_heading("Geef je bericht door")
    explained = someone.page.locator("#step-pass")
    for words in ("Dit bericht gaat dan open voor Helpdesk", "niets opnieuw te vertellen",
                  "blijft ook klaarliggen voor Vertrouwensinspecteurs", "dezelfde code"):
        expect(explained).to_contain_text(words)
    assert site.posts == []
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")
    expect(someone.page.locator("#sent-to")).to_contain_text("klaar voor Helpdesk.")
    someone.check_quiet()
    someone.button("Wis dit scherm")
    sent, frame = posted(site, helpdesk.pair)
    assert (sent.organisation, frame.kind, frame.fields[21]) == ("helpdesk", 6, b"nl-vi")
    assert frame.verifies("thread-sign", THERE.thread[0])
    assert frame.fields[8] == leaf.digest
    opened = open_envelope(story.envelope, EnvelopeClass.TEXT, [helpdesk.pair], frame.fields[15])
    assert opened.startswith(b"SIR1")

    # Its state, and later its answer, are found with the same code.
    site.log.add(1, Leaf.text("helpdesk", sent.tag, sha256(sent.envelope)))
    again = back()
    expect(again.page.locator("#replies h2")).to_have_count(2)
    expect(own(again)).to_contain_text("Je schreef daarna al aan Helpdesk.")
    answer(site, THERE, ago=1)
    later = back()
    expect(later.page.locator(".reply")).to_contain_text("Helpdesk")


def test_who_does_not_pass_it_on_goes_back(site, back):
    site.log.add(20, message(HERE))
    someone = back()
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Nee, ik wacht nog")
    expect(own(someone)).to_contain_text("Nog niet opgehaald")
    someone.button("Wis dit scherm")
    someone.page.wait_for_timeout(300)
    assert [body[5] for body in site.posts] == [1], "a cover alone"


def test_a_program_that_stopped_still_knows_what_to_pass_on(site, back):
    site.log.add(75, message(HERE)).add(50)
    someone = back()
    for _ in range(2):
        someone.button("Kijk verder terug")
        expect(someone.page.locator("#back-line")).to_contain_text("We keken nu ook in")
    for _ in range(2):
        someone.page.evaluate("() => Briefje.visit.call('no_such_operation', []).catch(() => {})")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")


def test_a_line_that_breaks_while_passing_on_loses_nothing(site, back):
    site.log.add(20, message(HERE))
    someone = back()
    someone.expected = ("ERR_",)
    someone.page.route("**/v1/envelopes", lambda route: route.abort())
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading("Het lukt nog niet")
    someone.button("Ga terug")
    someone.expect_heading("Geef je bericht door")
    someone.page.unroute("**/v1/envelopes")
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")


# Transfer


def asked(site, back, other="nl-ocw", **options):
    answer(site, kind=5, other=other, text="Zij kunnen je hier beter mee helpen.")
    return back(**options)


def test_a_yes_lets_the_other_place_answer(site, back):
    someone = asked(site, back)
    reply = someone.page.locator(".reply")
    expect(reply).to_contain_text("Zij kunnen je hier beter mee helpen.")
    expect(reply).to_contain_text("Mag je verhaal door naar Ministerie van Onderwijs?")
    someone.page.get_by_role("button", name="Kies ja of nee").click()
    someone.expect_heading("Mag je verhaal door naar Ministerie van Onderwijs?")
    someone.button("Ja, dat mag")
    someone.expect_heading("Je hebt ja gezegd")
    expect(someone.page.locator("#sent-to")).to_contain_text("aan Ministerie van Onderwijs")
    someone.check_quiet()
    sent, frame = posted(site, site.log.house.party("nl-vi").pair)
    assert (sent.organisation, frame.kind) == ("nl-vi", 3)
    assert frame.verifies("thread-sign", HERE.thread[0])
    keys = frame.fields[14]
    assert keys[:7] == b"\x06nl-ocw"
    opened = unseal(keys[7:], site.log.house.party("nl-ocw").pair)
    assert opened == LAST.thread[0] + LAST.reply[0] + LAST.tag_key

    # The other place answers.
    site.log.add(1, Leaf.text("nl-vi", sent.tag, sha256(sent.envelope)))
    answer(site, LAST, ago=1, text="Wij hebben het gelezen.")
    again = back()
    expect(again.page.locator(".reply").nth(0)).to_contain_text("Heb je al ja gezegd?")
    expect(again.page.locator(".reply").nth(1)).to_contain_text("Wij hebben het gelezen.")


def test_a_no_sends_nothing_by_itself(site, back):
    someone = asked(site, back)
    someone.page.get_by_role("button", name="Kies ja of nee").click()
    someone.button("Nee, liever niet")
    someone.expect_heading("Goed, dan gebeurt er niets")
    expect(someone.page.locator("#step-no")).to_contain_text("Je hoeft niets te doen.")
    assert site.posts == []
    someone.button("Schrijf waarom")
    someone.expect_heading("Wat wil je nog vertellen?")
    someone.page.get_by_label("Wat wil je nog vertellen?").fill("Daar werkt mijn tante.")
    someone.button("Verder")
    someone.button("Verstuur")
    someone.sent()
    sent, frame = posted(site, site.log.house.party("nl-vi").pair)
    assert (frame.kind, frame.fields[10]) == (2, b"Daar werkt mijn tante.")


@pytest.mark.parametrize("other", ["nobody", "nl-vi"])
def test_a_question_about_an_unknown_place_has_no_yes(site, back, other):
    someone = asked(site, back, other)
    expect(someone.page.locator(".reply")).to_contain_text("Daarom kun je hier geen ja zeggen.")
    expect(someone.page.get_by_role("button", name="Kies ja of nee")).to_have_count(0)


# Always


@pytest.mark.parametrize("webassembly", [True, False], ids=["webassembly", "translation"])
def test_with_and_without_a_code_the_requests_are_the_same(site, visit, back, webassembly):
    leaf = message(HERE)
    site.log.add(20, message(HERE, 1)).add(9, leaf).hand_over("nl-vi", leaf)
    answer(site)
    site.drop.clear()
    reader = back(webassembly=webassembly)
    stranger = visit(webassembly=webassembly)
    stranger.come_back(Token.make().text.split("\n"))
    expect(stranger.page.locator("#step-replies")).to_be_visible(timeout=30000)
    writer = visit(webassembly=webassembly)
    writer.button("Vertel het")
    writer.expect_heading("Wie ben je?")
    for someone in (reader, stranger, writer):
        someone.page.wait_for_timeout(300)
        someone.shape = [path.split("/drop/")[0] for path in someone.requests]
    assert reader.shape == stranger.shape == writer.shape
    assert [len(body) for body in site.posts] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_of_coming_back_is_accessible_and_fits(site, back, size, scheme, tmp_path):
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
