"""What people type, on any keyboard: a code that is read, a text of which nothing is seen, lengths."""

import unicodedata

import pytest
from playwright.sync_api import expect
from visitor import NARROW, visitor

WIDE = {ord(" "): 0x3000} | {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ACCENTS = str.maketrans("aeiou", "áèïôü")
CYRILLIC = str.maketrans("aeiokmpt", "аеіокмрт")
GREEK = str.maketrans("aeioukvptw", "αειουκνρτω")


def spellings(lines):
    """The code as people may type it, by how."""
    whole = "\n".join(lines)
    return {
        "full-width": whole.translate(WIDE),
        "accents": whole.translate(ACCENTS),
        "accents apart": unicodedata.normalize("NFD", whole.translate(ACCENTS)),
        "Cyrillic": whole.translate(CYRILLIC),
        "capitals of Cyrillic": whole.translate(CYRILLIC).upper(),
        "Greek": whole.translate(GREEK),
        "letters of mathematics": "".join(chr(0x1D41A + ord(c) - 97) if c.isalpha() else c for c in whole),
        "numbers of lines": "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1)),
        "numbers and digits": "\n".join(f"{at}) {one.replace('o', '0')}" for at, one in enumerate(lines, 1)),
        "twice": f"{whole}\n{whole}",
        "a sentence": f"Hoi! Mijn code is: {' '.join(lines)}. Is er al iets?",
        "marks that are not seen": "\u200b".join(whole) + "\ufeff",
    }


@pytest.fixture(scope="module")
def told(browser, address):
    """A window on whose screen a code stands, and its lines."""
    made = visitor(browser, address)
    lines = made.open().tell()
    yield made, lines
    made.page.context.close()


def test_a_code_is_read_on_any_keyboard(told, visit):
    _, lines = told
    reader = visit().open()
    reader.button("Ik heb een code")
    reader.expect_heading("Typ je code")
    refused = {}
    for how, typed in spellings(lines).items():
        answer = reader.page.evaluate(
            "async (typed) => { const { status } = await Briefje.token.read(typed);"
            " const { parts } = await Briefje.visit.call('intake_token_bytes', []);"
            " return [status, parts.length]; }",
            typed,
        )
        if answer != [0, 1]:
            refused[how] = answer
    assert not refused
    reader.page.get_by_label("Typ je code").fill(spellings(lines)["Cyrillic"])
    reader.button("Lees mijn antwoord")
    reader.expect_heading("We vinden niets bij deze code")


def test_the_last_line_is_read_on_any_keyboard(told):
    writer, lines = told
    program = (
        "async (typed) => (await Briefje.visit.call('intake_last_line', [Briefje.token.plain(typed)])).status"
    )
    for typed in spellings([lines[2]]).values():
        if "al iets" not in typed:
            assert writer.page.evaluate(program, typed) == 0, typed
    for typed in ("\n".join(lines), f"3. {lines[2]}", f"laatste regel: {lines[2]}"):
        assert writer.page.evaluate(program, typed) == 0, typed
    for typed in (lines[0], lines[2] + "-baf", lines[2][:-3], ""):
        assert writer.page.evaluate(program, typed) == 1, typed


def test_what_is_no_code_is_told_by_its_piece(told, visit):
    _, lines = told
    someone = visit(viewport=NARROW).open()
    someone.button("Ik heb een code")
    field, place = someone.page.get_by_label("Typ je code"), someone.page.locator("#token-error")
    whole = " ".join(lines)
    for typed, said in (
        ("bжf" + whole[3:], "Dit stukje begrijpen wij niet: “bжf”. Typ alleen je code."),
        ("رمز " + whole[:20], "Dit stukje begrijpen wij niet: “رمز”. Typ alleen je code."),
        ("mijn code " + whole[:-1], "Dit stukje begrijpen wij niet: “mijn”. Typ alleen je code."),
        (whole + "\nbaf-baf-baf\nbaf-baf-baf\nbaf-baf-fid", "Hier staan twee codes. Typ er één."),
        (whole[:-4], "Je code heeft 27 letters. Wij tellen er 24."),
    ):
        field.fill(typed)
        someone.button("Lees mijn antwoord")
        expect(place).to_contain_text(said)
    someone.check_screen("a piece that is not understood")


def at_the_text(visit, **options):
    someone = visit(**options).open()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    return someone, someone.page.locator("#story")


def test_a_code_in_a_text_is_found_in_letters_that_only_look_like_its_own(told, visit):
    _, lines = told
    someone, story = at_the_text(visit)
    for how in ("full-width", "Cyrillic", "accents", "numbers of lines", "letters of mathematics"):
        story.fill("Dit is mijn code: " + spellings(lines)[how])
        someone.button("Verder")
        expect(someone.page.locator("#story-error")).to_contain_text("Er staat een code in je tekst.")


UNSEEN = ["\u00a0 \u00a0", "\u200b\u200b", "\u3164", "\u2800\n\u2800", "\ufeff", "\u00ad\u2060"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_text_of_which_nothing_is_seen_is_refused_where_it_is_written(visit, unseen):
    someone, story = at_the_text(visit)
    story.fill(unseen)
    someone.button("Verder")
    someone.expect_heading("Wat gebeurt er?")
    error = someone.page.locator("#story-error")
    expect(error).to_have_text("Schrijf op wat er gebeurt. Een paar woorden is genoeg.")


FAMILY = "👨\u200d👩\u200d👧\u200d👦"


def test_lengths_are_told_in_what_people_see(visit):
    someone, story = at_the_text(visit)
    left, error = someone.page.locator("#story-left"), someone.page.locator("#story-error")
    for text, said in (
        ("ب" * 5001, "Je tekst is te lang. Haal aan het eind 1 letter weg."),
        (FAMILY * 500, "Je tekst is te lang. Haal aan het eind ongeveer 100 letters weg."),
        ("e\u0301" * 3334, "Je tekst is te lang. Haal aan het eind 1 letter weg."),
        ("a" * 10_220, "Je tekst is te lang. Haal aan het eind ongeveer 250 letters weg."),
        ("ب" * 4990, "Je kunt nog ongeveer 10 letters schrijven."),
        ("ب" * 4999, "Je kunt nog ongeveer 1 letter schrijven."),
        ("a" * 9_000, "Je kunt nog ongeveer 1000 letters schrijven."),
        (FAMILY * 400, "Je tekst is vol. Er past niets meer bij."),
        ("a" * 8_000, ""),
    ):
        story.fill(text)
        expect(left).to_have_text(said)
        if "te lang" in said:
            someone.button("Verder")
            expect(error).to_have_text(said)
    # What is said is enough.
    story.fill(FAMILY * 400)
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")


def test_without_a_segmenter_lengths_are_told_in_code_points(visit):
    someone = visit()
    someone.page.add_init_script("delete Intl.Segmenter")
    someone.open()
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    someone.page.locator("#story").fill("ب" * 5001)
    left = someone.page.locator("#story-left")
    expect(left).to_have_text("Je tekst is te lang. Haal aan het eind 1 letter weg.")


def test_each_line_on_the_last_look_has_its_own_direction(visit):
    someone, story = at_the_text(visit)
    story.fill("Dit gebeurt al weken.\nيضربونني كل يوم بعد المدرسة")
    someone.button("Verder")
    someone.expect_heading("Klopt het zo?")
    edges = someone.page.evaluate(
        """() => {
            const cell = document.querySelector('#check-list .story'), range = document.createRange();
            const [text] = cell.childNodes, at = text.data.indexOf('\\n');
            const sides = (from, to) => {
                range.setStart(text, from);
                range.setEnd(text, to);
                const box = range.getBoundingClientRect(), outer = cell.getBoundingClientRect();
                return box.left - outer.left < outer.right - box.right ? 'left' : 'right';
            };
            return [sides(0, at), sides(at + 1, text.data.length)];
        }"""
    )
    assert edges == ["left", "right"]
