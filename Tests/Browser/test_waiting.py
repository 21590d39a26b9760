"""Whoever goes away from a long wait: nothing is dead afterwards, and no two codes meet."""

import pytest
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


@pytest.fixture
def gone(browser, site):  # noqa: F811
    """Somebody who went away from the wait for the answers of a code, which goes on."""
    site.log.add(9, message(HERE))
    answer(site)
    someone = visitor(browser, site.address)
    someone.page.add_init_script(_HELD)
    someone.open()
    someone.come_back(LINES)
    someone.expect_heading("Even geduld")
    someone.page.go_back()
    someone.expect_heading("Typ je code")
    yield someone
    someone.page.context.close()


def ask_again(page):
    """A second tap at once is no second wish: somebody presses until something happens."""

    def is_told():
        if page.locator("#look").is_visible():
            page.locator("#look").click()
        return page.locator("#wait-line", has_text=_BUSY).is_visible()

    until(is_told, "the page says that it is busy")


def test_a_second_code_waits_for_the_first_and_is_answered_alone(gone):
    page = gone.page
    page.get_by_label("Typ je code").fill(Token.make().text)
    ask_again(page)
    page.evaluate("__release()")
    gone.expect_heading("We vinden niets bij deze code")
    expect(page.locator("main")).not_to_contain_text(WORDS.split()[0])


def test_whoever_leaves_the_second_wait_too_is_left_alone(gone):
    page = gone.page
    ask_again(page)
    page.go_back()
    gone.expect_heading("Voel jij je niet veilig op school?")
    page.evaluate("__release()")
    page.wait_for_function("() => Briefje.visit.call('intake_check_text', ['Dag'])")
    gone.expect_heading("Voel jij je niet veilig op school?")
    # Nothing is busy any more: the code is read at once.
    gone.come_back(LINES)
    gone.expect_heading("Er is antwoord")
