"""Every language says the same, whole and plain: on the page and in the tree."""

import pytest
from reading import (
    FIRST, LEVELS, differences, hard_parts, names, page_texts, sentences, tree_texts,
)

SETS = {"page": page_texts(), "page for parents": page_texts(polite=True), "tree": tree_texts()}
OTHERS = [(name, one) for name, texts in SETS.items() for one in texts if one != FIRST]
EACH = [(name, one) for name, texts in SETS.items() for one in texts if one in LEVELS]
#: Parts of the tree that speak to staff, boards and inspectors: there the law's own words stand.
OFFICIAL = ("duty.", "lead.", "desk.")


def told_to_children(name: str, language: str) -> dict[str, str]:
    texts = SETS[name][language]
    return {key: text for key, text in texts.items() if not key.startswith(OFFICIAL)}


def test_every_language_has_a_level():
    assert set(SETS["page"]) == set(SETS["page for parents"]) <= set(LEVELS)
    assert set(SETS["tree"]) in (set(), set(SETS["page"]))


@pytest.mark.parametrize("name, language", OTHERS)
def test_a_language_has_the_texts_placeholders_and_numbers_of_the_dutch(name, language):
    assert differences(language, SETS[name][language], SETS[name][FIRST]) == []


@pytest.mark.parametrize("name, language", EACH)
def test_no_text_is_hard_to_read(name, language):
    known = names(SETS[name][language])
    told = told_to_children(name, language).items()
    hard = {key: hard_parts(language, text, known) for key, text in told}
    assert {key: parts for key, parts in hard.items() if parts} == {}


@pytest.mark.parametrize("name", [name for name in SETS if SETS[name]])
def test_the_easy_dutch_is_shorter_than_the_dutch(name):
    def long(language):
        lengths = [len(one.split()) for text in SETS[name][language].values() for one in sentences(text)]
        return sum(lengths) / len(lengths)

    assert long("nl-x-simpel") < long("nl")


# The checks themselves


@pytest.mark.parametrize(
    "language, text",
    [
        ("nl", "Dit is een zin die veel te veel woorden heeft voor iemand die dit moe moet lezen."),
        ("nl", "Lees de gebruikersvoorwaarden."),
        ("nl", "Je bent het slachtoffer."),
        ("nl", "Iemand die met taken belast is."),
        ("nl-x-simpel", "Dit is een zin die te veel woorden heeft voor jou."),
        ("nl-x-simpel", "Vraag de schoolleiding."),
        ("en", "The perpetrator knows."),
    ],
)
def test_what_is_hard_is_found(language, text):
    assert len(hard_parts(language, text)) == 1


def test_names_and_signs_are_not_hard():
    text = "Bel de Kindertelefoon of Slachtofferhulp: 0800-0432."
    assert hard_parts("nl-x-simpel", text) == ["“Slachtofferhulp” is longer than 10 letters"]
    known = names({"organisation.shn.name": "Slachtofferhulp Nederland", "rung.l2.name": "Anders"})
    assert known == {"slachtofferhulp", "nederland"}
    assert hard_parts("nl-x-simpel", text, known) == []
    assert hard_parts("nl", "De vertrouwensinspecteurs in Sint-Eustatius luisteren.") == []


@pytest.mark.parametrize(
    "texts, fault",
    [
        ({}, "a is missing"),
        ({"a": "Call 113 {n}", "b": "x"}, "b is in no other language"),
        ({"a": "Call 112 {n}"}, "a: has the numbers ['112'], must be ['113']"),
        ({"a": "Call 113"}, "a: has other placeholders"),
        ({"a": "Call 113 {n} "}, "a: is empty or has space around it"),
        ({"a": "Call <b>113 {n}"}, "a: has a mark that is none of a text"),
        ({"a": "Call 113 {n}" + " now" * 20}, "a: is 92 long, must be 42 at most"),
        ({"a": "Call 113 {n}", "js.datum.dag": "{dag}"}, "only ['js.datum.dag'] of the dates"),
    ],
)
def test_what_a_translation_lacks_is_found(texts, fault):
    assert differences("en", texts, {"a": "Bel 113 {n}"}) == [fault]


def test_a_language_with_more_forms_of_a_number_must_have_them():
    first = {"js.weg.nog": "Nog {n} keer"}
    some = {"js.weg.nog": "{n}", "js.weg.nog.one": "{n}", "js.weg.nog.few": "{n}"}
    assert differences("uk", some, first) == ["js.weg.nog.many is missing"]
    assert differences("uk", some | {"js.weg.nog.many": "{n}"}, first) == []


def test_hours_are_the_same_hours_in_every_language():
    assert differences("en", {"a": "From 8:00 to 16:30"}, {"a": "Van 8 tot 16.30 uur"}) == []
    assert differences("en", {"a": "From 8:00 to 16:30"}, {"a": "Van 8 tot half 5"}) == []
    assert differences("en", {"a": "From 8:00 to 17:30"}, {"a": "Van 8 tot 16.30 uur"}) != []
