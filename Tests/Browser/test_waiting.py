"""Whoever goes away from a long wait: nothing is dead afterwards, and no two codes meet."""

import re

from paper_ledger import message
from playwright.sync_api import expect
from reporter.token import Token
from returning import HERE, LINES, WORDS, answer, site  # noqa: F401
from stage.waiting import until
from visitor import visitor

#: Keys are made only when the test says so: a phone without a compiler needs a quarter of a minute.
_HELD = """
  const post = Worker.prototype.postMessage;
  const held = [];
  let free = false;
  Worker.prototype.postMessage = function (message, handedOver) {
    const go = () => post.call(this, message, handedOver);
    if (message.operation === "intake_derive" && !free) held.push(go);
    else go();
  };
  window.__release = () => (free = true, held.forEach((go) => go()));
"""
_BUSY = "We zijn nog bezig met wat je eerst vroeg"


def test_a_second_code_waits_for_the_first_and_is_answered_alone(browser, site):  # noqa: F811
    site.log.add(9, message(HERE))
    answer(site)
    someone = visitor(browser, site.address)
    someone.page.add_init_script(_HELD)
    someone.open()
    page = someone.page
    someone.come_back(LINES)
    someone.expect_heading("Even geduld")
    page.go_back()
    someone.expect_heading("Typ je code")
    page.get_by_label("Typ je code").fill(Token.make().text)

    def is_told():
        # A second tap at once is no second wish: somebody presses until something happens.
        if page.locator("#look").is_visible():
            page.locator("#look").click()
        return page.locator("#wait-line", has_text=_BUSY).is_visible()

    until(is_told, "the page says that it is busy")
    page.evaluate("__release()")
    someone.expect_heading("We vinden niets bij deze code")
    expect(page.locator("main")).not_to_contain_text(re.compile(WORDS.split()[0]))
    page.context.close()


def test_whoever_leaves_the_second_wait_too_is_left_alone(browser, site):  # noqa: F811
    someone = visitor(browser, site.address)
    someone.page.add_init_script(_HELD)
    someone.open()
    page = someone.page
    someone.come_back(LINES)
    someone.expect_heading("Even geduld")
    page.go_back()
    until(
        lambda: page.locator("#look").is_visible() and page.locator("#look").click()
        or page.locator("#wait-line", has_text=_BUSY).is_visible(),
        "the page says that it is busy",
    )
    page.go_back()
    someone.expect_heading("Voel jij je niet veilig op school?")
    page.evaluate("__release()")
    page.wait_for_function("() => Briefje.visit.call('intake_check_text', ['Dag'])")
    someone.expect_heading("Voel jij je niet veilig op school?")
    # Nothing is busy any more: the code is read at once.
    someone.come_back(LINES)
    someone.expect_heading("We vinden niets bij deze code")
    page.context.close()
