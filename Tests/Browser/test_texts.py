"""The page's sources: every text used, nothing sent or kept by the way; test_reading has the words."""

import re
from pathlib import Path

import pytest
from reading import page_texts

WEB = Path(__file__).resolve().parents[2] / "Sources" / "IntakePage" / "Web"
TREE = WEB.parents[2] / "tree" / "wegwijzer.tree"
DUTCH = page_texts()["nl"]


@pytest.fixture(scope="module")
def scripts() -> str:
    paths = [path for path in WEB.rglob("*.js") if path.parent not in (WEB, WEB / "helpdesk")]
    assert len(paths) > 15
    return "".join(path.read_text() for path in sorted(paths))


def test_every_text_is_used_and_every_used_text_is_there(scripts):
    html = (WEB / "page.html").read_text()
    raw = {
        "style", "script", "deployment", "questions", "endings", "said",
        "siteName", "exitUrl", "language", "direction", "languages", "policy", "trial", "draft", "pages",
    }
    # The server writes these itself.
    apart = {"taal.naam", "taal.ongelezen", "proef", "weten.meer", "weten.over", "weten.toegang"}
    found = set(re.findall(r"\{\{([^}]+)\}\}", html))
    in_html = {key for key in found if not key.startswith(("bel.", "nummer."))}
    assert in_html - raw == {
        key for key in DUTCH if not key.startswith(("js.", "boom.")) and key not in apart
    }
    literal = set(re.findall(r"""["'`]([a-z0-9.-]+)["'`]""", scripts))
    made = ("antwoord.", "plek.", "dicht.", "kijk.", "wie.", "schrijf.", "verstuurd.", "stand.",
            "doorgeven.", "overdragen.", "nee.", "verstuur.", "kop.")
    for key in (key[3:] for key in DUTCH if key.startswith("js.")):
        assert key in literal or key.startswith(made), f"js.{key} is used nowhere"
    for key in re.findall(r"""say\("([a-z0-9.-]+[a-z0-9])"[,)]""", scripts):
        assert f"js.{key}" in DUTCH, f"js.{key} is missing"


def test_the_tree_has_a_text_for_all_that_it_asks_and_shows():
    texts = TREE.parent.glob("wegwijzer.*.texts")
    keys = [{line.split(" ")[0] for line in one.read_text().splitlines()[1:]} for one in texts]
    assert len(keys) == len(list((WEB / "texts").glob("*.json"))) > 1
    assert all(one == keys[0] for one in keys)
    parts = {"note": ("",), "duty": ("title", "text"), "lead": ("role", "protocol"),
             "rung": ("name", "text"), "desk": ("title", "text")}
    node, needed = "", []
    shown = "".join(re.findall("^show.*\n", TREE.read_text(), re.MULTILINE))
    for line in TREE.read_text().splitlines():
        kind, *words = line.split(" ")
        match kind:
            case "question":
                node = words[0]
                needed.append(f"question.{node}.text")
            case "answer":
                needed.append(f"answer.{node}.{words[0]}")
            case "outcome":
                needed += [f"outcome.{words[0]}.{part}" for part in ("title", "why")]
            case "organisation" if f" {words[0]}\n" in shown:
                said = ("name", "what", "can", "cannot", "when", "anonymity")
                needed += [f"organisation.{words[0]}.{part}" for part in said]
            case "show" if words[0] in parts:
                needed += [f"{words[0]}.{words[1]}.{part}".rstrip(".") for part in parts[words[0]]]
    assert len(needed) > 300
    assert [key for key in needed if not {key, key + ".1"} & keys[0]] == []


def test_every_question_may_be_left_open():
    """Its last answer is that somebody does not know, or would rather not say."""
    tree = TREE.read_text()
    questions = re.findall(r"^question (\S+) .*\n((?:answer .*\n)+)", tree, re.MULTILINE)
    assert len(questions) == tree.count("\nquestion ") > 10
    assert all(answers.splitlines()[-1].startswith("answer onbekend ") for _, answers in questions)


#: What stands on a screen after the role is known: writing, the last look, the code, sending.
ADDRESSED = (
    "schrijf.", "tips.", "kijk.", "code.", "js.schrijf.", "js.kijk.", "js.code.", "js.verstuur.",
    "js.verstuurd.", "verstuurd.", "klok.", "js.klok", "wissen.", "veilig.", "gewist.", "dicht.", "js.dicht.",
)
#: What only somebody with a code reads: of her the page knows no role.
FOLLOWS = ("js.schrijf.titel-vervolg", "js.verstuurd.titel2", "js.verstuurd.goed2", "js.verstuurd.lezen2",
           "js.verstuurd.titel3", "js.verstuurd.titel6", "js.verstuurd.aan3",
           "js.verstuurd.goed3", "js.verstuurd.goed6", "js.verstuurd.lezen3", "js.verstuurd.lezen6")


@pytest.mark.parametrize("language", ["nl", "nl-x-simpel"])
def test_a_pupil_is_je_and_a_parent_is_u(language):
    for key, text in page_texts()[language].items():
        assert not re.search(r"\b([Uu]|[Uu]w|uzelf)\b", text), (key, text)
    for key, text in page_texts(polite=True)[language].items():
        if key.startswith(ADDRESSED) and key not in FOLLOWS:
            assert not re.search(r"\b([Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw)\b", text), (key, text)


@pytest.mark.parametrize("language, promise", [
    ("nl", "binnen 7 dagen te antwoorden"), ("nl-x-simpel", "binnen 7 dagen te antwoorden"),
    ("en", "try to answer within 7 days"),
])
def test_one_time_is_promised_and_one_name_leads_on(language, promise):
    texts = page_texts()[language]
    for key in ("kijk.wanneer", "js.verstuurd.wanneer", "js.stand.2.straks"):
        assert promise in texts[key], key
    vague = re.compile(r"paar dagen|drie dagen|na een week|few days|three days|after a week")
    assert [key for key, text in texts.items() if vague.search(text)] == []
    assert len({texts[key] for key in ("start.vast", "boom.vast", "vragen.verkeerd")}) == 1


def test_nothing_in_the_page_can_send_text_without_the_program():
    html = (WEB / "page.html").read_text()
    assert "<form" not in html and "action=" not in html and "style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert html.count("autocomplete=\"off\"") == len(re.findall(r"<(textarea|input)\b", html))


#: Names of the tree that mean something else in a script.
OTHERWISE = {"meer"}


def test_no_script_names_a_question_or_answer(scripts):
    """The server marks what a script must know of an answer: `tree check` proves those names."""
    code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", scripts)
    assert not re.search(r"\[(name|value|data-q)[~^$*|]?=", code)
    named = set(re.findall(r"^(?:question|answer) (\S+)", TREE.read_text(), re.MULTILINE))
    assert {"vastgelopen", "personeel", "onbekend", "thema"} < named
    literal = set(re.findall(r"""["'`]([\w-]+)["'`]""", code)) | set(re.findall(r"\b([a-z]+): [\"'`]", code))
    assert literal & named - OTHERWISE == set()


def test_the_scripts_write_no_markup_and_keep_nothing(scripts):
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(",
                 "localStorage", "sessionStorage", "indexedDB", "document.cookie",
                 "serviceWorker", "replaceState", "console.", "document.title"):
        assert word not in scripts, word
    # A step's entry in the history holds its number; address and title stay.
    assert re.findall(r"pushState\((.*)\)", scripts) == ['place += 1, ""']
