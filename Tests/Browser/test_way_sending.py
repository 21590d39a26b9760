"""Back, double taps and a second tab in the moment of sending: one report, and none is lost."""

import pytest
from playwright.sync_api import expect
from test_sending import answer_first, lost, prepare
from visitor import visitor

BACK = "() => history.back()"


def test_back_while_it_waits_is_not_sent_and_says_so(visit):
    someone, lines = prepare(visit)
    answer_first(someone.page, lost)
    someone.send(lines)
    expect(someone.page.locator("#sending-call")).to_be_visible()
    someone.page.evaluate(BACK)
    someone.expect_heading("Schrijf dit over")
    expect(someone.page.locator("#step-code")).to_contain_text("Nog niet verstuurd.")
    assert someone.read_code() == lines
    # Forward does not send it.
    someone.page.evaluate("() => history.forward()")
    someone.page.wait_for_timeout(2500)
    someone.expect_heading("Schrijf dit over")
    assert len(someone.messages) == 1
    someone.button("Verstuur")
    someone.sent()
    assert len(set(someone.messages)) == 1, "one report"


def test_back_while_it_leaves_changes_nothing(visit):
    someone, lines = prepare(visit)
    held = []
    answer_first(someone.page, held.append)
    someone.send(lines)
    expect(someone.page.locator("#sending-line")).to_contain_text("Het gaat weg.")
    for _ in range(3):
        someone.page.evaluate(BACK)
        someone.page.wait_for_timeout(100)
    someone.expect_heading("We zijn bezig")
    held[0].continue_()
    someone.sent()
    assert len(someone.messages) == 1
    someone.page.evaluate(BACK)
    someone.expect_heading("Voel jij je niet veilig op school?")
    someone.page.evaluate("() => history.forward()")
    someone.sent()
    assert len(someone.messages) == 1
    someone.check_secret(lines)


@pytest.mark.parametrize("slower", [1, 100])
def test_back_while_the_page_still_opens_does_not_jump_on_later(visit, slower):
    someone = visit()
    # What looks around now and then may come too late: on a slow phone, in a tab that rests.
    someone.page.add_init_script(f"""{{
      const every = setInterval;
      window.setInterval = (action, after) => every(action, {slower} * after);
    }}""")
    held = []
    someone.page.route("**/v1/tree", lambda route: held.append(route))
    someone.open()
    someone.button("Ik heb een code")
    someone.expect_heading("Even geduld")
    someone.page.evaluate(BACK)
    someone.expect_heading("Voel jij je niet veilig op school?")
    held[0].continue_()
    expect(someone.page.locator("#fetched li").first).to_be_attached(timeout=60000)
    someone.expect_heading("Voel jij je niet veilig op school?")
    someone.button("Ik heb een code")
    someone.expect_heading("Typ je code")


def test_a_double_tap_sends_once(visit):
    someone, lines = prepare(visit)
    someone.page.get_by_label("Typ de laatste regel over").fill(lines[2])
    someone.page.locator("#send").dblclick()
    someone.sent()
    assert len(someone.messages) == 1


def test_double_taps_on_the_way_skip_nothing(visit):
    someone = visit().open()
    someone.page.locator("#tell").dblclick()
    someone.expect_heading("Is er nu gevaar?")
    someone.choice("Nee").check()
    someone.page.locator("#tree-next").dblclick()
    someone.expect_heading("Wie ben je?")
    someone.page.evaluate(BACK)
    someone.expect_heading("Is er nu gevaar?")
    someone.page.evaluate(BACK)
    someone.expect_heading("Voel jij je niet veilig op school?")


def test_two_tabs_are_two_visits(browser, address):
    context = browser.new_context()
    one, two = (visitor(browser, address, context=context).open() for _ in range(2))
    first, second = one.tell("Een."), two.tell("Twee.")
    assert first != second
    one.send(first)
    two.send(second)
    one.sent()
    two.sent()
    assert len(one.messages) == len(two.messages) == 1
    context.close()


def test_an_answer_that_changed_the_way_closes_the_way_on(visit):
    someone = visit().open()
    someone.seek()
    for answer in ("Nee", "Ik zit op school", "Middelbare school", "Pesten of buitensluiten"):
        someone.choose(answer)
    someone.expect_heading("Waar gaat het om?")
    someone.page.evaluate(BACK)
    someone.expect_heading("Wat is er gebeurd?")
    someone.choice("Pesten of buitensluiten").uncheck()
    someone.page.evaluate("() => history.forward()")
    someone.page.wait_for_timeout(300)
    someone.expect_heading("Wat is er gebeurd?")
    someone.button("Verder")
    expect(someone.page.locator(".q.now .fielderror")).to_contain_text("Kies een of meer antwoorden.")
