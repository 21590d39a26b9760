"""Each ending says one thing first, on the first screen, for everybody and without a script."""

import pytest
from endings import MEASURE, all_endings, in_sight
from playwright.sync_api import expect
from test_firefox import UNSET, firefox  # noqa: F401
from test_wegwijzer import without_script
from visitor import OPEN_ALL, PHONE, visitor
from walking import FILE, TODAY, whole_walks

#: Of a closed ending, with all that stands above it: pixels at 390 x 844, and words.
TALLEST, WORDIEST = 1200, 120
#: The same where the law asks something of who reads it: that stands whole, in a box.
TALLEST_LAW, WORDIEST_LAW = 1850, 190
#: Of the help at the foot of every screen.
TALLEST_FOOT = 350
STAFF = ("personeel", "directeur", "bestuur")
PUPIL = ["gevaar=nee", "rol=leerling", "school=vo", "thema=pesten", "grond=onbekend",
         "wie=leerling", "bekend=nee", "wens=melden"]


def show_ending(someone, walk):
    """An ending with a script, without the way there."""
    someone.page.evaluate(
        """(walk) => { document.querySelectorAll('#tree input').forEach((i) => {
          i.checked = walk.includes(i.name + '=' + i.value); }); Briefje.steps.go('ending'); }""",
        walk,
    )


def measured(page, above, walks):
    """Each walk's ending in pixels of the whole screen; `above` stands over it with a script."""
    for one in page.evaluate(MEASURE, walks):
        act = None if one["act"] is None else one["act"] + above
        # The card's own margin is below the ending.
        yield one | {"act": act, "height": one["height"] + above + 72}


def test_no_walk_ends_otherwise_than_those_that_are_measured():
    walks = [[tuple(answer.split("=")) for answer in walk] for walk in whole_walks(17, 3000)]
    single = [walk for walk in walks if len(dict(walk)) == len(walk)]
    assert len(single) > 1000
    known = all_endings()
    assert all(in_sight(walk, FILE.walk(walk, TODAY)) in known for walk in single)


@pytest.mark.slow
@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_every_closed_ending_is_short_and_its_action_on_the_first_screen(
    browser, address, visit, scripted
):
    endings = all_endings()
    walks = list(endings.values())
    first = visit().open()
    show_ending(first, PUPIL)
    above = first.page.evaluate(
        "() => document.querySelector('.end.helped').getBoundingClientRect().top"
    )
    someone = first if scripted else without_script(browser, address)
    rows = list(zip(endings, measured(someone.page, above, walks), strict=True))
    wrong = {}
    # On the islands some places have no number; without a script the help below has to do there.
    far = [not scripted and "school=bes" in walk for walk in walks]
    for ((role, outcomes, _), one), is_far in zip(rows, far, strict=True):
        tallest, wordiest = (TALLEST_LAW, WORDIEST_LAW) if one["boxes"] else (TALLEST, WORDIEST)
        faults = [
            one["height"] > tallest and f"{one['height']} px",
            one["words"] > wordiest and f"{one['words']} words",
            FILE.outcomes[outcomes[0]] != "settled" and one["act"] is None and not is_far and "no action",
            (one["act"] or 0) > PHONE["height"] and f"{one['name']} at {one['act']} px",
            role in STAFF and one["telling"] and "telling without a name for staff",
        ]
        if found := [str(fault) for fault in faults if fault]:
            wrong.setdefault(f"{'+'.join(outcomes)} {role}", set()).update(found)
    for name in ("height", "words", "act", "boxes"):
        values = sorted(one[name] or 0 for _, one in rows)
        print(f"{name:8} median {values[len(values) // 2]:5}  most {values[-1]:5}")
    print(f"{len(rows)} endings, {len(wrong)} outcomes and roles beyond limits")
    for name, faults in sorted(wrong.items()):
        print(f"  {name}: {', '.join(sorted(faults))}")
    assert wrong == {}


def test_the_help_below_every_screen_is_short(visit):
    someone = visit().open()
    foot = someone.page.locator(".help").bounding_box()
    assert foot["height"] <= TALLEST_FOOT
    names = [link.inner_text() for link in someone.page.locator(".help a").all()]
    assert names == ["Bel 112", "Bel 0800-0432", "Bel 113", "Bel 0900 111 3 111"]
    heights = someone.page.locator(".help a").evaluate_all("(all) => all.map((a) => a.offsetHeight)")
    assert min(heights) >= 44


def test_a_pupil_has_two_things_to_do_and_rows_that_open(visit):
    someone = visit().open()
    someone.seek()
    someone.answer_questions()
    end = someone.page.locator(".end:visible")
    assert end.locator("button:visible").all_inner_texts() == ["Vertel het zonder naam"]
    rows = end.locator(":scope > .h > .e:not([data-with]):visible")
    assert rows.locator("h3").all_inner_texts() == ["Kindertelefoon", "Vertrouwensinspecteur"]
    expect(rows.first.locator("a").last).to_have_text("Bel 0800-0432")
    for row in rows.all():
        assert row.locator("ul:visible").count() == 0
        row.locator("summary").click()
        expect(row.locator(".can")).to_be_visible()
    folded = end.locator(":scope > .fold:visible > summary").all_inner_texts()
    assert folded == ["Andere plekken", "Helpt dit niet?", "Waarom dit?"]


BOARD = ["gevaar=nee", "rol=bestuur", "school=vo", "over=leerling", "thema=seksueel",
         "seks=aanraken", "wie-seks=school", "leeftijd=onder18"]


def test_a_board_calls_first_then_reads_the_law_then_may_write(visit):
    someone = visit().open()
    show_ending(someone, BOARD)
    end = someone.page.locator(".end:visible")
    assert end.locator(".t:visible").count() == 0, "no telling without a name"
    call = end.locator("a:visible").first
    expect(call).to_have_text("Bel 0900 111 3 111")
    write = end.locator("button[data-tell]:visible")
    expect(write).to_have_text("Schrijf liever")
    order = [one.bounding_box()["y"] for one in (call, end.locator(".must"), write)]
    assert order == sorted(order)


@pytest.mark.parametrize("walk, names", [
    (["gevaar=nu"], ["Bel 112"]),
    (["gevaar=dood"], ["Chat op 113.nl", "Bel 113"]),
])
def test_danger_is_the_number_and_who_answers_it(visit, walk, names):
    someone = visit().open()
    show_ending(someone, walk)
    first = someone.page.locator(".end:visible .h > .e:visible")
    found = [one.inner_text().replace("\n", " ") for one in first.locator("a:visible").all()]
    assert [" ".join(name.split()) for name in found] == names
    assert "noniem" not in first.inner_text()
    assert first.locator("a").last.bounding_box()["y"] < PHONE["height"] - 56


# Questions


def test_titles_do_not_jump_and_stand_in_line(visit):
    someone = visit().open()
    someone.seek()
    places = set()
    for answer in ("Nee", "Ik zit op school", "Middelbare school"):
        box = someone.page.locator(".q.now h2").bounding_box()
        choice = someone.page.locator(".q.now .choice").first.bounding_box()
        places.add((box["y"], box["x"], choice["x"]))
        someone.choose(answer)
    assert len(places) == 1 and {x == choice for _, x, choice in places} == {True}


@pytest.mark.parametrize("height", [844, 664])
def test_the_way_on_is_in_sight_however_many_answers_there_are(visit, height):
    someone = visit(viewport={"width": 390, "height": height}).open()
    someone.seek()
    for answer in ("Nee", "Ik zit op school", "Middelbare school"):
        someone.choose(answer)
    assert someone.page.locator(".q.now .choice:visible").count() >= 9
    button = someone.page.locator("#tree-next").bounding_box()
    assert button["y"] + button["height"] <= height
    # Nor does it hide the answer that has the focus.
    for field in someone.page.locator(".q.now input").all():
        field.focus()
        field.scroll_into_view_if_needed()
    last = someone.page.locator(".q.now .choice").last.bounding_box()
    assert last["y"] + last["height"] <= someone.page.locator("#tree-next").bounding_box()["y"]


def test_a_finger_leaves_nothing_behind(visit):
    someone = visit(has_touch=True, is_mobile=True).open()
    someone.seek()
    someone.page.get_by_text("Nee", exact=True).locator("visible=true").first.tap()
    someone.page.locator("#tree-next").tap()
    someone.expect_heading("Wie ben je?")
    looks = someone.page.evaluate(
        """() => [...document.querySelectorAll('.q.now .choice')]
          .map((one) => getComputedStyle(one).borderColor)"""
    )
    assert len(set(looks)) == 1
    line = "(one) => getComputedStyle(one).textDecorationLine"
    assert someone.page.locator("#tree-next").evaluate(line) == "none"


# Large text, paper


def test_nothing_is_wider_than_a_small_screen_with_large_text(visit):
    someone = visit(viewport={"width": 320, "height": 640}).open()
    page = someone.page
    page.evaluate("() => { document.documentElement.style.fontSize = '225%'; }")
    name = page.locator(".brand span")
    assert name.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "the name is cut"
    wide = {}
    walks = [walk.split() for walk in (
        "gevaar=nu", "gevaar=dood", "gevaar=huis", " ".join(PUPIL), " ".join(BOARD),
        "gevaar=nee rol=ouder school=so thema=vastgelopen gevraagd=bestuur",
    )]
    for walk in walks:
        show_ending(someone, walk)
        page.evaluate(OPEN_ALL)
        if (width := page.evaluate("() => document.documentElement.scrollWidth")) > 320:
            wide[walk[-1]] = width
    assert wide == {}


def on_paper(page):
    """What a printer would be given; not every browser can be told to be one."""
    return page.evaluate(
        """() => {
          const print = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .filter((rule) => rule.media && rule.media.mediaText === 'print');
          print.forEach((rule) => { rule.media.mediaText = 'all'; });
          return [document.querySelector('.end.helped').innerText, document.body.innerText];
        }"""
    )


def check_paper(page):
    words, whole = on_paper(page)
    for folded in ("kindertelefoon.nl", "0800-0432", "0900 111 3 111", "Luistert",
                   "Andere plekken", "Helpt dit niet?"):
        assert folded in words, folded
    assert "Vertel het zonder naam" not in words and "Doe de vragen opnieuw" not in words
    assert "Bel 112" in whole.replace("\n", " "), "the help below is printed too"


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_all_that_is_folded_is_printed_with_numbers(visit, scripted):
    someone = visit(java_script_enabled=scripted).open()
    if scripted:
        show_ending(someone, PUPIL)
    else:
        someone.page.evaluate(
            """(walk) => document.querySelectorAll('#tree input').forEach((i) => {
              i.checked = walk.includes(i.name + '=' + i.value); })""", PUPIL)
    check_paper(someone.page)


def test_firefox_prints_it_too(firefox, address):  # noqa: F811
    context = firefox.new_context(viewport=PHONE, **UNSET)
    someone = visitor(firefox, address, context=context).open()
    show_ending(someone, PUPIL)
    check_paper(someone.page)
    context.close()
