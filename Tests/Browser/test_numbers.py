"""Numbers stand in one place, are told plainly, and a place that is shown can be reached."""

import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest
from house import TREE, PageServer, found
from stage.commands import program

#: What no screen says any more: evidence is asked before a number is shown, not told to a child.
DOUBTS = (
    "nagebeld", "nagekeken", "nog niet gebeld", "nog niet bekeken", "weten we nog niet",
    "weten wij het nog niet", "not called it", "not checked it", "not sure of the number",
    "not yet sure of it", "Zoek hun site op",
)
TRIAL = {"/": "Dit is een proefversie.", "/simpel": "Dit is een proef.", "/en": "This is a trial version."}
SCREENS = [*TRIAL, "/helpdesk", "/en/helpdesk"]
#: The numbers that a page names outside the tree's cards, and others to put in their place.
MOVED = {"112": "119", "113": "117", "0800-0432": "0800-9876", "0900 111 3 111": "0900 222 4 222"}

#: Each place that an ending can show, and whether there is a way to it on its card.
PLACES = """() => [...document.querySelectorAll('.end .e:not([data-with])')]
  .filter((one) => one.closest('.b0, .b1, .b2') || one.matches('.card'))
  .map((one) => [one.classList[1], Boolean(
    one.querySelector('a[href^="tel:"], a[href^="mailto:"], a[href^="https:"], .where, [data-tell]')
  )])"""


def served(house, paths=("/",)) -> dict[str, str]:
    """The documents as they come, by path."""
    server = PageServer(house)
    try:
        documents = {}
        for path in paths:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
                documents[path] = answer.read().decode()
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


def says(document: str, number: str) -> bool:
    """Whether a number stands in a document, as it is written or as it is called."""
    body = re.sub(r"(?s)<style>.*?</style>", "", document)
    digits = re.sub(r"\D", "", number)
    between = "(?: – |[ -])?" if len(digits) > 4 else ""
    written = rf"(?<![\w.+-]){between.join(digits)}(?![\w-])(?!\.\w)"
    return bool(re.search(rf"{written}|tel:{digits}\b", body))


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


def test_a_number_is_written_in_one_place(tmp_path):
    def moved(yaml: str) -> str:
        for old, new in MOVED.items():
            assert re.search(rf'tel: "?{old}"?\b', yaml), f"{old} must be in the tree"
            yaml = re.sub(rf'(tel: "?){old}("?[,\n])', rf"\g<1>{new}\2", yaml)
        return yaml.replace("web: 113.nl", "web: 117.nl")

    tree = rebuilt(tmp_path, moved)
    documents = served(found(tmp_path / "house", tree=tree), SCREENS)
    for path, document in documents.items():
        assert [old for old in MOVED if says(document, old)] == [], path
        assert [new for new in MOVED.values() if not says(document, new)] == [], path


@pytest.mark.parametrize("number", MOVED)
def test_where_a_number_stands_is_found(number):
    digits = re.sub(r"\D", "", number)
    assert says(f"<p>Bel {number}.</p>", number) and says(f'<a href="tel:{digits}">', number)
    assert not says(f"<style>font: {number}%</style><p>{number}.nl</p>", number)
