"""The code, and sending when the line or the server is in a bad mood."""

import pytest
from playwright.sync_api import expect


# The code


def test_the_last_line_must_be_typed_over_before_anything_is_sent(visit):
    someone = visit().open()
    lines = someone.tell()
    syllables = lines[2].split("-")
    wrong = "zuz" if syllables[1] != "zuz" else "baf"
    someone.send(["", "", f"{syllables[0]}{wrong}{syllables[2]}"])
    expect(someone.page.locator("#last-line-error")).to_contain_text("stukje 2 van de laatste regel")
    someone.send(["", "", syllables[0]])
    expect(someone.page.locator("#last-line-error")).to_contain_text("drie stukjes van drie letters")
    assert someone.messages == []
    someone.send(["", "", "  ".join(syllables).upper()])
    someone.sent()
    assert len(someone.messages) == 1


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
    someone.expect_heading("We vinden niets bij deze code")


# Sending, when the line or the server is in a bad mood


def prepare(visit):
    someone = visit().open()
    someone.expected = ("ERR_", "status of")
    lines = someone.tell()
    return someone, lines


def answer_first(page, *answers):
    """The first messages get these answers; covers and the rest the real server's."""
    left = list(answers)

    def handle(route):
        if left and not route.request.post_data_buffer[5]:
            left.pop(0)(route)
        else:
            route.continue_()

    page.route("**/v1/envelopes", handle)


def status(code, **headers):
    """A refusal of the server's own."""
    own = {"content-type": "application/problem+json"} | headers
    return lambda route: route.fulfill(status=code, headers=own, body="{}")


def lost(route):
    route.abort("connectionfailed")


def test_a_lost_connection_keeps_everything_and_sends_the_same_again(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, lost, lost)
    someone.send(lines)
    line, note = someone.page.locator("#sending-line"), someone.page.locator("#sending-note")
    expect(line).to_contain_text("We proberen het steeds opnieuw")
    expect(note).to_contain_text("Je bent niets kwijt")
    someone.sent()
    assert len(someone.messages) == 3 and len(set(someone.messages)) == 1, "one report"


def test_an_answer_that_never_came_is_one_report(visit):
    someone, lines = prepare(visit)

    def arrive_and_lose(route):
        assert route.fetch().status == 201
        lost(route)

    answer_first(someone.page, arrive_and_lose)
    someone.send(lines)
    someone.sent()
    assert len(set(someone.messages)) == 1


def test_who_goes_back_and_sends_the_same_again_sends_one_report(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, lost)
    someone.send(lines)
    expect(someone.page.locator("#sending-call")).to_be_visible()
    someone.button("Terug naar mijn tekst")
    someone.button("Verder naar je code")
    someone.send(lines)
    someone.sent()
    assert len(set(someone.messages)) == 1


def test_more_work_is_done_for_the_same_message_with_a_newer_challenge(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(428))
    someone.send(lines)
    someone.sent()
    first, second = someone.messages
    assert first[:40] == second[:40] and first[92:] == second[92:], "tag and envelope stay"
    assert first[44:60] != second[44:60], "another ticket"
    posts = [place for place, path in enumerate(someone.requests) if path.startswith("POST")]
    sent = [post for post, body in zip(posts, someone.posts, strict=True) if not body[5]]
    assert sent[0] < someone.requests.index("GET /v1/challenge", sent[0]) < sent[1]
    assert posts.index(sent[1]) > posts.index(sent[0]) + 1, "a beat later, as its stamp came with one"


def test_a_full_server_shows_the_numbers_first_and_goes_on_by_itself(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(503, **{"retry-after": "0"}))
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("Er kan nu geen post bij.")
    call = someone.page.locator("#sending-call")
    expect(call.get_by_role("link", name="0800-0432")).to_be_visible()
    someone.sent()
    assert len(set(someone.messages)) == 1
    expect(call).to_be_hidden()


@pytest.mark.parametrize("said, least", [("300", 20), ("72000", 0)])
def test_nobody_waits_as_long_as_a_server_says(visit, said, least):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(503, **{"retry-after": said}))
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("steeds opnieuw")
    shown = someone.page.locator("#sending-count").inner_text()
    assert least <= int(shown.removeprefix("Seconden: ")) <= 61
    assert "morgen" not in someone.page.locator("#step-sending").inner_text()


def test_a_refusal_is_told_honestly_and_nothing_is_lost(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, status(422))
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("Dat ligt niet aan jou")
    expect(someone.page.locator("#sending-note")).to_be_empty()
    someone.button("Terug naar mijn tekst")
    someone.expect_heading("Klopt het zo?")
    expect(someone.page.locator("#check-list")).to_contain_text("bij de fietsen")
    someone.button("Verder naar je code")
    assert someone.read_code() == lines
    someone.button("Verstuur")
    someone.sent()


def test_a_forged_promise_is_not_believed_and_the_same_message_goes_again(visit):
    someone, lines = prepare(visit)

    def forge(route):
        real = route.fetch()
        route.fulfill(status=201, body=real.body().replace(b"briefje.example", b"briefjf.example"))

    answer_first(someone.page, forge)
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("een bewijs dat niet klopt")
    someone.button("Probeer het nog een keer")
    someone.sent()
    assert len(someone.messages) == 2 and len(set(someone.messages)) == 1
