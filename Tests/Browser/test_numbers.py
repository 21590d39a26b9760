"""Numbers stand in one place, are told plainly, and a place that is shown can be reached."""

import json
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest
from house import TREE, PageServer, apart, found
from stage.commands import program

#: What no screen says any more: evidence is asked before a number is shown, not told to a child.
DOUBTS = (
    "nagebeld", "nagekeken", "nog niet gebeld", "nog niet bekeken", "weten we nog niet",
    "weten wij het nog niet", "not called it", "not checked it", "not sure of the number",
    "not yet sure of it", "Zoek hun site op",
)
WEB = TREE.parents[1] / "Sources" / "IntakePage" / "Web"
TRIAL = {"/": "Dit is een proefversie.", "/simpel": "Dit is een proef.", "/en": "This is a trial version."}
SCREENS = [*TRIAL, "/helpdesk", "/en/helpdesk"]
#: All that is served with words in it, but what goes with each page's program.
DOCUMENTS = [
    f"{language}{end}" or "/"
    for language in ("", "/simpel", "/en")
    for end in ("", "/helpdesk", "/over", "/privacy", "/toegankelijkheid")
]
#: Every number of the tree, as it is written.
NUMBERS = re.findall(r'tel: "?([+0-9 -]+[0-9])', (TREE.parent / "organisations.yaml").read_text())
#: Another digit for each: a number becomes one of the same form that is nobody's.
MOVED = str.maketrans("0123456789", "5678901234")

#: Each place that an ending can show, and whether there is a way to it on its card.
PLACES = """() => [...document.querySelectorAll('.end .e:not([data-with])')]
  .filter((one) => one.closest('.b0, .b1, .b2') || one.matches('.card'))
  .map((one) => [one.classList[1], Boolean(
    one.querySelector('a[href^="tel:"], a[href^="mailto:"], a[href^="https:"], .where, [data-tell]')
  )])"""


def served(house, paths=("/",)) -> dict[str, str]:
    """The documents as they come, by path."""
    server = PageServer(apart(house))
    try:
        documents = {}
        for path in paths:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
                documents[path] = answer.read().decode()
        for document in [*documents.values()]:
            for path in re.findall(r'"rest":"(/assets/([\w-]+)-[0-9a-f]{16}\.json)"', document):
                with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path[0]}") as answer:
                    documents[path[1]] = answer.read().decode()
        return documents
    finally:
        server.stop()


def rebuilt(folder: Path, change) -> Path:
    """The tree of this repository with other organisations, built anew."""
    tree = shutil.copytree(TREE.parent, folder / "tree")
    yaml = tree / "organisations.yaml"
    yaml.write_text(change(yaml.read_text()))
    command = [str(program("intake-admin")), "tree", "build", str(tree), "--today", "2026-12-01"]
    subprocess.run(command, check=True, capture_output=True)
    return tree / TREE.name


def shape(number: str) -> str:
    """A pattern of a number, as it is written, as it is called, or in groups to dictate."""
    digits = "(?: – |[ -])?".join(re.sub(r"\D", "", number))
    return rf"(?<![\w.+-]){re.escape('+') * number.startswith('+')}{digits}(?![\w-])(?!\.\w)"


def moved(text: str) -> str:
    """A text with the other digits in all numbers of the tree, and nowhere else."""
    return re.sub("|".join(map(shape, NUMBERS)), lambda found: found[0].translate(MOVED), text)


def moved_aloud(document: str, path: str) -> str:
    """The helpdesk's page with the words of the other digits in what is said aloud."""
    texts = json.loads((WEB / "helpdesk/texts" / f"{'en' if '/en' in path else 'nl'}.json").read_text())
    words = {texts[f"zeg.{digit}"]: texts[f"zeg.{str(digit).translate(MOVED)}"] for digit in range(10)}
    return re.sub(
        r'(?<=<span class="said">)[^<]*',
        lambda said: " ".join(words.get(word, word) for word in said[0].split(" ")),
        document,
    )


def worded(document: str) -> str:
    """A document without its looks, digests of what numbers stand in, and keys of a house."""
    body = re.sub(r"(?s)<style>.*?</style>", "", document)
    # A site is no number, read out neither.
    body = re.sub(r"(?<=\w) (?:punt|dot) (?=\w)", ".", body)
    return re.sub(r'"(tree|rest|restIntegrity|roots)":"[^"]*"', "", body)


def test_no_screen_doubts_a_number_and_the_first_says_that_it_is_a_trial(house):
    documents = served(house, SCREENS)
    for path, document in documents.items():
        assert [doubt for doubt in DOUBTS if doubt in document] == [], path
        assert document.count(TRIAL.get(path, "proefversie")) == (path in TRIAL), path
    start = documents["/"].split('id="step-tree"')[0]
    assert TRIAL["/"] in start, "it stands on the first screen alone"


def test_each_place_of_each_ending_has_a_way_to_it(visit):
    places = visit().open().page.evaluate(PLACES)
    assert len(places) > 60
    assert [place for place, has_way in places if not has_way] == []


def test_once_all_was_tried_it_is_no_trial(tmp_path):
    tree = rebuilt(tmp_path, lambda yaml: yaml.replace("checked_on: null", "checked_on: 2026-11-20"))
    documents = served(found(tmp_path / "house", tree=tree), TRIAL)
    for path, said in TRIAL.items():
        assert said not in documents[path] and 'href="tel:08000432"' in documents[path]


def test_every_number_is_written_in_one_place(house, tmp_path):
    """Whatever is served says the new numbers just where it said the old ones."""
    tree = rebuilt(tmp_path, lambda yaml: re.sub(
        r"(?<=tel: ).*?(?=[,\n])", lambda number: number[0].translate(MOVED), yaml,
    ))
    before = served(house, DOCUMENTS)
    after = served(found(tmp_path / "house", tree=tree), DOCUMENTS)
    assert len(NUMBERS) > 25 and len(after) == 3 * (5 + 1)
    known = {re.sub(r"\D", "", number).translate(MOVED) for number in NUMBERS}
    for (path, old), new in zip(before.items(), after.values(), strict=True):
        old, new = worded(old), worded(new)
        assert [number for number in NUMBERS if re.search(shape(number), new)] == [], path
        # One that is typed, and that the tree does not have, would not move.
        assert {re.sub(r"\D", "", called) for called in re.findall('href="tel:([^"]*)"', new)} <= known, path
        typed = re.findall(r"(?<![\w.+-])0[0-9](?:(?: – |[ -])?[0-9]){5,}", new)
        assert [one for one in typed if one != "0123456789"] == [], path
        expected = moved_aloud(moved(old), path)
        first = next((at for at, (one, other) in enumerate(zip(expected, new)) if one != other), None)
        assert expected == new, (path, expected[first - 80:first + 80], new[first - 80:first + 80])


def test_each_number_stands_somewhere(house):
    everything = "".join(worded(one) for one in served(house, DOCUMENTS).values())
    assert [number for number in NUMBERS if not re.search(shape(number), everything)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_where_a_number_stands_is_found(number):
    digits = re.sub(r"[^+\d]", "", number)
    for said in (f"<p>Bel {number}.</p>", f'<a href="tel:{digits}">'):
        assert moved(said) == said.translate(MOVED) != said
    other = f"<p>{number}.nl, x{number} en {number}-x</p>"
    assert moved(other) == other
