"""The page's sources: every text used, nothing sent or kept by the way; test_reading has the words."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "Sources" / "IntakePage" / "Web"
DUTCH = json.loads((WEB / "texts" / "nl.json").read_text())


@pytest.fixture(scope="module")
def scripts() -> str:
    return "".join(path.read_text() for path in sorted(WEB.glob("*.js")))


def test_every_text_is_used_and_every_used_text_is_there(scripts):
    html = (WEB / "page.html").read_text()
    raw = {
        "style", "script", "worker", "deployment", "questions", "scriptTexts", "siteName",
        "exitUrl", "language", "direction", "languages",
    }
    in_html = set(re.findall(r"\{\{([^}]+)\}\}", html))
    assert in_html - raw == {
        key for key in DUTCH if not key.startswith("js.") and key != "taal.naam"
    }
    literal = set(re.findall(r"""["'`]([a-z0-9.-]+)["'`]""", scripts))
    made = ("titel.", "vraag.", "hint.", "antwoord.", "plek.", "dicht.", "kijk.", "wie.",
            "schrijf.", "verstuurd.", "stand.", "doorgeven.", "overdragen.", "nee.")
    for key in (key[3:] for key in DUTCH if key.startswith("js.")):
        assert key in literal or key.startswith(made), f"js.{key} is used nowhere"
    for key in re.findall(r"""say\("([a-z0-9.-]+[a-z0-9])"[,)]""", scripts):
        assert f"js.{key}" in DUTCH, f"js.{key} is missing"


def test_the_tree_has_a_text_for_every_question_and_answer():
    lines = (WEB.parents[2] / "tree" / "wegwijzer.tree").read_text().splitlines()
    question, seen = "", 0
    for line in lines[1:]:
        kind, _, name = line.partition(" ")
        if kind == "question":
            question = name
            assert f"js.vraag.{name}" in DUTCH and f"js.hint.{name}" in DUTCH
            assert f"js.kijk.{name}" in DUTCH
        if kind == "answer":
            seen += 1
            assert f"js.antwoord.{question}.{name}" in DUTCH
    assert seen > 20
    assert all(f"answer onbekend" in part for part in "\n".join(lines).split("\n\n"))


def test_the_dutch_of_the_page_says_je():
    for text in DUTCH.values():
        assert not re.search(r"\b[Uu]w?\b", text), "je and jij, not u"


def test_nothing_in_the_page_can_send_text_without_the_program():
    html = (WEB / "page.html").read_text()
    assert "<form" not in html and "action=" not in html and "style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert html.count("autocomplete=\"off\"") == len(re.findall(r"<(textarea|input)\b", html))


def test_the_scripts_write_no_markup_and_keep_nothing(scripts):
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(",
                 "localStorage", "sessionStorage", "indexedDB", "document.cookie",
                 "serviceWorker", "pushState", "replaceState", "console."):
        assert word not in scripts, word
