"""The helpdesk's page lets nothing out, keeps nothing, works without, and can be seen by all."""

import pytest
from caller import PUPIL, QUESTIONS, SETTLED, STAFF, WEAPON, Caller, heading, keys, titles
from house import PROJECT
from playwright.sync_api import expect
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_back import driver  # noqa: F401
from visitor import DESKTOP, NARROW, PHONE


# Nothing leaves it


def test_the_policy_has_no_line_out(desk):
    caller = desk().say(PUPIL)
    policy = caller.answer.headers["content-security-policy"]
    assert "connect-src 'none'" in policy and "unsafe" not in policy and "'self'" not in policy
    assert "form-action 'none'" in policy and "default-src 'none'" in policy
    assert caller.answer.headers["cache-control"] == "no-store"
    assert caller.page.locator("form, iframe, [action], [style]").count() == 0
    links = caller.page.evaluate(
        "() => [...document.links].map((one) => [one.origin, one.pathname, one.target, one.rel])"
    )
    address = caller.someone.address
    others = [[address, path, "", ""] for path in ("/simpel/helpdesk", "/en/helpdesk")]
    about = [address, "/over", "_blank", "noreferrer"]
    assert links == [*others, about], "other languages, and beside it what the site is"
    caller.check_nothing_left()
    caller.someone.faults.clear()
    refused = "() => fetch('/v1/tree').then(() => 'sent', () => 'refused')"
    assert caller.page.evaluate(refused) == "refused"
    assert any("connect-src" in fault for fault in caller.someone.faults)


def test_the_scripts_keep_send_and_copy_nothing():
    folder = PROJECT / "Sources" / "IntakePage" / "Web" / "helpdesk"
    scripts = "".join(path.read_text() for path in sorted(folder.glob("*.js")))
    assert len(scripts) > 5000
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch",
                 "XMLHttp", "sendBeacon", "WebSocket", "Storage", "indexedDB", "cookie",
                 "serviceWorker", "pushState", "replaceState", "console.", "clipboard", "copy",
                 "setTimeout", "setInterval"):
        assert word not in scripts, word


def test_going_away_forgets_the_conversation(desk):
    caller = desk().say(PUPIL)
    caller.page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert caller.checked() == [] and caller.page.locator(".end:visible").count() == 0


def test_a_reload_begins_anew(desk):
    caller = desk().say(PUPIL)
    caller.page.reload()
    assert (caller.checked(), caller.now()) == ([], "gevaar")


def test_back_from_elsewhere_brings_nothing_back(driver, address):  # noqa: F811
    def checked():
        return driver.execute_script("return document.querySelectorAll('input:checked').length")

    driver.get(address + "/helpdesk")
    driver.find_element(By.CSS_SELECTOR, "body").send_keys(
        *(key for question, answer in PUPIL[:3] for key in keys(question, [answer]))
    )
    assert checked() == 3
    driver.get(address + "/v1/openapi.json")
    driver.back()
    WebDriverWait(driver, 20).until(lambda it: it.current_url == address + "/helpdesk")
    WebDriverWait(driver, 20).until(
        lambda it: it.execute_script("return document.activeElement.textContent.trim()")
        == heading("gevaar")
    )
    assert checked() == 0


# Without


def test_it_works_without_a_script(desk):
    caller = desk(java_script_enabled=False)
    page = caller.page
    expect(page.locator("button:visible")).to_have_count(0)
    for question, answer in PUPIL:
        page.locator(f'[data-q="{question}"] input[value="{answer}"]').check()
    expect(page.locator(".q:visible")).to_have_count(len(PUPIL))
    ends = page.locator(".end h2:visible")
    assert ends.all_inner_texts() == titles(PUPIL)
    page.locator('[data-q="gevaar"] input[value="nu"]').check()
    assert ends.all_inner_texts() == titles([("gevaar", "nu")])
    assert caller.someone.requests == []


def test_a_browser_that_cannot_hide_shows_all_numbers(desk, visit):
    someone = visit(viewport=DESKTOP, bypass_csp=True)
    someone.page.route("**/helpdesk", lambda route: without_has(route))
    caller = Caller(someone)
    expect(caller.page.locator(".q:visible")).to_have_count(len(QUESTIONS))
    expect(caller.page.get_by_text("Deze browser laat alles zien.")).to_be_visible()
    expect(caller.page.locator("button:visible")).to_have_count(0)


def without_has(route):
    real = route.fetch()
    route.fulfill(status=200, headers=real.headers, body=real.text().replace(":has(", ":hat("))


# Looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, NARROW, DESKTOP], ids=["phone", "narrow", "desktop"])
def test_every_screen_is_accessible_and_fits(desk, size, scheme, tmp_path):
    caller = desk(viewport=size, color_scheme=scheme)

    def screen(name):
        caller.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        caller.someone.check_screen(f"{name} {size} {scheme}")

    screen("start")
    caller.say([("gevaar", "nee"), ("rol", "ouder"), ("school", "vo")])
    screen("many")
    caller.press(*keys("thema", ["pesten"])[:-1])
    screen("chosen")
    caller.press("Enter", "Enter")
    screen("unanswered")
    caller.press("Backspace", "Enter")
    screen("open")
    caller.wipe().say(STAFF)
    screen("summary")
    caller.press("?")
    screen("keys")
    caller.press("n")
    screen("asking")
    caller.press("Tab", "Enter").say([("gevaar", "huis")])
    screen("danger")
    caller.wipe().say(WEAPON)
    screen("alarm")
    caller.wipe().say(SETTLED)
    screen("settled")


def test_the_focus_is_seen(desk):
    caller = desk().say(PUPIL[:1])
    for _ in range(4):
        outline = caller.page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement);"
            " return [style.outlineStyle, parseFloat(style.outlineWidth)]; }"
        )
        assert outline[0] == "solid" and outline[1] >= 3
        caller.press("Tab")


def test_print_is_black_on_white_and_the_summary_alone(desk, tmp_path):
    caller = desk(color_scheme="dark").say(STAFF)
    caller.page.emulate_media(media="print")
    caller.page.screenshot(path=tmp_path / "print.png", full_page=True)
    for hidden in ("#questions .hint", "#keys", ".bar", "#status", "button"):
        expect(caller.page.locator(hidden).first).to_be_hidden()
    colours = caller.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("#summary, #summary *")]
          .filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one))
          .flatMap((style) => [style.color, style.backgroundColor]))]"""
    )
    assert set(colours) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert "rgb(0, 0, 0)" in colours
    expect(caller.page.locator("#heard")).to_be_visible()
    assert caller.page.locator(".end.helped .dictate:visible").count() > 1


def test_danger_is_printed_first(desk):
    caller = desk().say(WEAPON)
    caller.page.emulate_media(media="print")
    top, heard = (caller.page.locator(one).bounding_box() for one in (".end.danger", "#heard"))
    assert top["y"] + top["height"] <= heard["y"]
