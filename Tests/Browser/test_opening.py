"""Opening, when the public files are not what they must be: telling is closed, asking is not."""

import re

import pytest
from house import asset
from playwright.sync_api import expect
from visitor import ENDED
from test_sending import lost


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
        ("**/v1/directory", flip, "lijst met plekken klopt niet"),
        ("**/v1/tree", flip, "niet het goede antwoord"),
        ("**/v1/log/checkpoint", flip, "logboek"),
        ("**/v1/log/20*", lambda body: flip(body) if len(body) > 13 else body + b"\0", "logboek"),
        ("**/v1/challenge", lambda body: body[:23], "niet het goede antwoord"),
        ("**/v1/challenge", lambda body: body[:22] + b"\xff" * 6, "niet het goede antwoord"),
        ("**/v1/challenge", lambda body: bytes(4) + body[4:], None),
    ],
    ids=["directory", "tree", "checkpoint", "months", "challenge", "work", "clock"],
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
    expect(someone.page.locator("#have-code")).to_be_hidden()
    expect(someone.page.locator('#help a[href="tel:112"]')).to_be_visible()
    someone.check_screen("closed")
    assert someone.messages == []


def test_the_questions_work_where_telling_is_closed(visit):
    someone = visit()
    someone.page.route("**/v1/directory", tamper(flip))
    someone.open()
    expect(someone.page.locator("#start-closed")).to_be_visible(timeout=20000)
    someone.seek()
    someone.answer_questions()
    someone.expect_heading(ENDED)
    assert_closed(someone)
    expect(someone.page.get_by_role("link", name="Bel 0800-0432").first).to_be_visible()
    someone.check_screen("ending, closed")
    assert someone.messages == []


def assert_closed(someone):
    """It says that nothing can be told here, and there is no button for it."""
    offer = someone.page.locator(".t [data-with=vi]:visible")
    expect(offer).to_contain_text("Hier schrijven kan nu niet.")
    expect(someone.page.locator("[data-tell]:visible")).to_have_count(0)
    assert someone.page.locator("textarea:visible").count() == 0


def test_the_end_closes_when_the_site_does_not_check_out_meanwhile(visit):
    someone = visit()
    gate = []
    someone.page.route("**/v1/directory", lambda route: gate.append(route))
    someone.open()
    someone.seek()
    someone.answer_questions()
    someone.expect_heading(ENDED)
    expect(someone.page.locator("button[data-tell=nl-vi]:visible")).to_have_count(1)
    tamper(flip)(gate[0])
    expect(someone.page.locator("[data-tell]:visible")).to_have_count(0, timeout=20000)
    assert_closed(someone)


@pytest.mark.parametrize(
    "path, times", [("**/v1/tree", 2), ("**/v1/challenge", 2), ("**/v1/directory", 1)]
)
def test_what_changes_between_two_requests_is_asked_for_once_more(visit, path, times):
    someone = visit()
    # A directory was published in between: another tree, another number of organisations.
    bent = [tamper(flip if "challenge" not in path else lambda body: body[:5] + b"\1" + body[6:24])]
    someone.page.route(path, lambda route: bent.pop()(route) if bent else route.continue_())
    someone.open()
    ready = "Briefje.visit.ready.then(() => 'open', (closed) => closed.reason)"
    assert someone.page.evaluate(ready) == ("open" if times == 2 else "1")
    assert someone.requests.count("GET /v1/tree") == times


@pytest.mark.parametrize("place", ["telling", "code"])
def test_who_already_waits_is_told_too(visit, place):
    someone = visit()
    gate = []
    someone.page.route("**/v1/directory", lambda route: gate.append(route))
    someone.open()
    if place == "code":
        someone.button("Ik heb een code")
    else:
        someone.seek()
        someone.answer_questions()
        someone.page.locator("button[data-tell=nl-vi]:visible").click()
    someone.expect_heading("Even geduld")
    tamper(flip)(gate[0])
    someone.expect_heading("Hier schrijven is nu niet veilig")
    someone.check_screen("closed")
    assert someone.page.locator("textarea:visible, input:visible").count() == 0


def test_a_slow_start_keeps_nobody_from_the_questions_and_goes_on_by_itself(visit):
    someone = visit()
    someone.expected = ("ERR_",)
    fails = [lost, lost]
    someone.page.route(
        "**/v1/log/checkpoint", lambda route: fails.pop()(route) if fails else route.continue_()
    )
    someone.open()
    expect(someone.page.locator("#start-line")).to_contain_text("steeds opnieuw")
    someone.seek()
    someone.answer_questions()
    someone.expect_heading(ENDED)
    someone.tell_here()


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
    assert f"GET {asset('intake.js')}" in someone.requests
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
