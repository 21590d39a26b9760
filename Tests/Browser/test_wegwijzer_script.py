"""The questions one a screen: nothing is lost going back, and nothing is kept or sent."""

import re

import pytest
from paper_ledger import message
from playwright.sync_api import expect
from returning import HERE, LINES, site  # noqa: F401
from visitor import ENDED, HEADING, OPEN_ALL, PUPIL, visitor
from walking import (
    FILE, QUESTIONS, TEXTS, check, in_page, leads_to_danger, native, plain_walks,
)


def asked(question):
    return TEXTS[f"question.{question}.text"]


def title(outcome):
    return TEXTS[f"outcome.{outcome}.title"]


def answer(someone, question, value):
    """Answers what is asked now, by ids."""
    someone.expect_heading(asked(question))
    someone.page.locator(f"input[name={question}][value={value}]").check()
    someone.button("Verder")


def walk(someone, checked):
    """A whole walk of one answer a question, from the first question on."""
    for one in checked:
        answer(someone, *one.split("="))


@pytest.fixture
def someone(visit):
    found = visit().open()
    found.seek()
    return found


# Back and changed minds


@pytest.mark.parametrize("checked", plain_walks(21, 4), ids=lambda walk: walk[-1])
def test_back_through_a_whole_walk_loses_nothing(someone, checked):
    walk(someone, checked)
    [seen] = in_page(someone, [None])
    for one in reversed(checked):
        someone.button("Terug")
        question, value = one.split("=")
        someone.expect_heading(asked(question))
        chosen = someone.page.locator(".q.now input:checked")
        assert [field.get_attribute("value") for field in chosen.all()] == [value]
    someone.button("Terug")
    someone.expect_heading("Voel jij je niet veilig op school?")
    someone.seek()
    for one in checked:
        someone.expect_heading(asked(one.split("=")[0]))
        someone.button("Verder")
    assert in_page(someone, [None]) == [seen]


def test_a_changed_answer_counts_and_what_it_left_behind_does_not(someone):
    someone.answer_questions()
    someone.expect_heading(ENDED)
    for _ in range(4):
        someone.button("Terug")
    someone.expect_heading("Wat is er gebeurd?")
    someone.choice("Schelden, dreigen, bang maken").uncheck()
    someone.choose("Seks, aanraken of naaktfoto's")
    changed = ["seks=woorden", "wie-seks=leerling"]
    walk(someone, changed)
    someone.expect_heading(title("o10"))
    first = ["gevaar=nee", "rol=leerling", "school=vo", "thema=seksueel"]
    [seen] = in_page(someone, [None])
    [said] = native([first + changed])
    assert seen["shown"] == {one: ids for one, ids in said["shown"].items() if one != "desk"}
    stale = someone.page.locator("input[name=wens]:checked")
    assert stale.count() == 1, "it is still there, and counts for nothing"
    answers = someone.page.evaluate("() => Briefje.tree.answers()")
    assert answers.split() == first + changed


def test_two_themes_are_asked_about_one_after_the_other_and_merged(someone):
    someone.expect_heading("Is er nu gevaar?")
    for name in PUPIL[:3]:
        someone.choose(name)
    someone.choose("Schelden, dreigen, bang maken", "Thuis gaat het niet goed")
    walk(someone, ["wie=leerling", "bekend=nee", "wens=melden"])
    someone.expect_heading(title("o04"))
    expect(someone.page.locator("h2.o:visible")).to_have_text([title("o04"), title("o42")])


def test_starting_again_forgets_the_answers(someone):
    someone.answer_questions()
    someone.page.get_by_text("Andere plekken", exact=True).locator("visible=true").click()
    someone.button("Doe de vragen opnieuw")
    someone.expect_heading("Is er nu gevaar?")
    assert someone.page.locator("#tree input:checked").count() == 0


def test_nothing_chosen_is_told_at_the_question(someone):
    someone.button("Verder")
    said, field = someone.page.locator(".q.now .fielderror"), someone.page.locator(".q.now input").first
    expect(said).to_contain_text("Kies een antwoord.")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("Kies een antwoord."))
    expect(said).to_be_in_viewport()
    for name in PUPIL[:3]:
        someone.choose(name)
    expect(said).to_be_hidden()
    someone.button("Verder")
    expect(said).to_contain_text("Kies een of meer antwoorden.")
    someone.choice("Pesten of buitensluiten").check()
    expect(said).to_be_hidden()


def test_enter_goes_on(someone):
    for name in PUPIL:
        someone.choice(name).check()
        someone.page.keyboard.press("Enter")
    someone.expect_heading(ENDED)


# Stuck


def test_whoever_is_stuck_at_school_is_not_asked_what_happened(visit):
    someone = visit().open()
    someone.button("Ik kom niet verder")
    walk(someone, ["gevaar=nee", "rol=ouder", "school=so", "gevraagd=bestuur"])
    someone.expect_heading(title("o34"))
    [seen] = in_page(someone, [None])
    walked = ["gevaar=nee", "rol=ouder", "school=so", "thema=vastgelopen", "gevraagd=bestuur"]
    check([walked], [seen | {"questions": [one.split("=")[0] for one in walked]}])
    someone.page.evaluate(OPEN_ALL)
    expect(someone.page.locator("[data-restart]:visible")).to_have_count(1)
    expect(someone.page.locator("[data-stuck]:visible")).to_have_count(0)


def test_whoever_was_stuck_and_goes_back_is_asked_what_happened(visit):
    someone = visit().open()
    someone.button("Ik kom niet verder")
    someone.expect_heading("Is er nu gevaar?")
    someone.button("Terug")
    someone.seek()
    for name in PUPIL[:3]:
        someone.choose(name)
    someone.expect_heading("Wat is er gebeurd?")
    expect(someone.choice(TEXTS["answer.thema.vastgelopen"])).to_be_checked()


def test_whoever_is_stuck_at_the_end_is_asked_one_more_question(someone):
    someone.answer_questions()
    someone.expect_heading(ENDED)
    someone.page.get_by_text("Helpt dit niet?", exact=True).locator("visible=true").click()
    someone.button("Ik kom niet verder")
    answer(someone, "gevraagd", "iedereen")
    someone.expect_heading(title("o37"))
    someone.page.evaluate(OPEN_ALL)
    expect(someone.page.locator(".b1 .e:visible h3", has_text="Ministerie van Onderwijs")).to_have_count(1)
    someone.tell_here("nl-ocw")
    someone.page.locator("#story").fill("Niemand helpt.")
    someone.button("Verder")
    told = someone.page.locator("#check-list")
    expect(told).to_contain_text("Ministerie van Onderwijs")
    expect(told).to_contain_text("Iedereen, en niemand helpt")


# Danger

DANGERS = [
    (node.id, answer)
    for node in QUESTIONS.values() for answer in node.answers if leads_to_danger(node, answer)
]


def way_to(question):
    """A walk up to a question, without danger."""
    for one in plain_walks(31, 300):
        ids = [answer.split("=")[0] for answer in one]
        if question in ids:
            return one[: ids.index(question)]
    raise AssertionError(f"no walk of one theme asks {question}")


@pytest.mark.parametrize("question, value", DANGERS, ids=[one for _, one in DANGERS])
def test_danger_is_answered_with_a_number_at_once(someone, question, value):
    before = way_to(question)
    walk(someone, before)
    answer(someone, question, value)
    someone.expect_heading(title(FILE.node(question).answers[value][0]))
    expect(someone.page.locator(HEADING).first).to_be_focused()
    call = someone.page.locator(".end .w a:visible").first
    expect(call).to_be_in_viewport()
    in_sight = "textarea:visible, input:visible, [data-tell]:visible, form, #tree-next:visible"
    assert someone.page.locator(in_sight).count() == 0
    assert someone.page.locator("[data-restart]:visible").count() == 0
    someone.check_quiet()
    someone.button("Terug")
    someone.expect_heading(asked(question))


def test_danger_comes_before_what_another_theme_still_asks(someone):
    for name in PUPIL[:3]:
        someone.choose(name)
    someone.choose("Slaan, pijn doen of een wapen", "Schelden, dreigen, bang maken")
    answer(someone, "geweld", "wapen")
    answer(someone, "wapen", "ja")
    someone.expect_heading(title("o01"))
    assert "wie" in someone.page.evaluate("() => Briefje.walk.asked().map((one) => one.dataset.q)")
    someone.button("Ik wil toch verder")
    someone.expect_heading(asked("wie"))


def test_whoever_wants_to_go_on_after_danger_keeps_the_numbers(someone):
    answer(someone, "gevaar", "nu")
    someone.expect_heading(title("o01"))
    someone.button("Ik wil toch verder")
    walk(someone, ["rol=leerling", "school=vo", "thema=dreigen", "wie=leerling", "bekend=nee",
                   "wens=praten"])
    someone.expect_heading(title("o40"))
    [seen] = in_page(someone, [None])
    assert "kt" in seen["shown"]["first"], "what fits stays in sight"
    assert {"alarm", "lijn113"} <= set(seen["shown"]["also"])
    assert "m12--nu" in seen["shown"]["note"]
    answers = someone.page.evaluate("() => Briefje.tree.answers()").split()
    assert answers[0] == "gevaar=onbekend"


def test_a_weapon_that_may_be_there_keeps_the_alarm_number(someone):
    walk(someone, [*way_to("wapen")])
    answer(someone, "wapen", "ja")
    someone.button("Ik wil toch verder")
    someone.expect_heading(title("o20"))
    [seen] = in_page(someone, [None])
    assert seen["shown"]["first"][0] == "alarm"


# Nothing is kept, nothing is sent


def test_the_questions_leave_nothing_anywhere(visit):
    someone = visit().open()
    page = someone.page
    someone.seek()
    page.wait_for_function("() => Briefje.visit.organisations.length > 0", timeout=60000)
    beats = ("GET /v1/challenge", "GET /v1/drop/", "POST /v1/envelopes")
    before = len([one for one in someone.requests if not one.startswith(beats)])
    someone.answer_questions()
    someone.expect_heading(ENDED)
    someone.page.get_by_text("Helpt dit niet?", exact=True).locator("visible=true").click()
    someone.button("Ik kom niet verder")
    answer(someone, "gevraagd", "vp")
    someone.expect_heading(title("o32"))
    after = [one for one in someone.requests if not one.startswith(beats)]
    assert len(after) == before and someone.messages == []
    assert page.evaluate("() => [typeof history.state, location.href]") == ["number", someone.address + "/"]
    someone.check_quiet()
    words = [f"{node.id}={one}" for node in QUESTIONS.values() for one in node.answers]
    for request in someone.seen:
        sent = (request.url + str(request.headers)).encode() + (request.post_data_buffer or b"")
        assert not any(word.encode() in sent for word in words)
    assert page.evaluate("() => document.querySelectorAll('#tree form').length") == 0


def test_the_answers_that_go_along_are_those_of_the_questions_asked(visit, house, wire):
    someone = visit().open()
    house.to_desk("nl-vi")
    lines = someone.tell()
    someone.send(lines)
    someone.sent()
    desk = house.desks["nl-vi"]
    before = {row["thread"] for row in desk.list()}
    house.to_desk("nl-vi")
    [thread] = [row["thread"] for row in desk.list() if row["thread"] not in before]
    shown = desk.show(thread)
    assert [line in shown for line in PUPIL] == [True] * len(PUPIL)


def test_the_wrong_place_is_mended_with_the_code(browser, site):  # noqa: F811
    site.log.add(2, message(HERE))
    someone = visitor(browser, site.address)
    someone.page.clock.set_fixed_time(site.now)
    someone.open().come_back(LINES)
    someone.expect_heading("Er is nog geen antwoord")
    expect(someone.page.locator("#asked-again")).to_contain_text("vragen we weer of er gevaar is")
    someone.button("Ik kom niet verder")
    walk(someone, ["gevaar=nee", "rol=leerling", "school=vo"])
    someone.expect_heading(title("o36"))
    [seen] = in_page(someone, [None])
    assert seen["shown"]["place"] == ["helpdesk"]
    someone.page.context.close()
