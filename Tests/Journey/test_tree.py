"""`intake-admin tree` as a person types it."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from stage.commands import program

TREE = Path(__file__).parents[2] / "tree"


def tree(*words: object) -> subprocess.CompletedProcess[str]:
    """Runs a tree command."""
    command = [str(program("intake-admin")), "tree", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copied(folder: Path) -> Path:
    """The YAML of the tree alone."""
    shutil.copytree(TREE, folder, ignore=shutil.ignore_patterns("*.tree", "*.texts"))
    return folder


def test_build_gives_the_committed_bytes_and_the_hash(tmp_path: Path) -> None:
    folder = copied(tmp_path / "tree")
    done = tree("build", folder, "--json", "--today", "2026-12-01")
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    for name in printed["files"]:
        assert (folder / name).read_bytes() == (TREE / name).read_bytes()
    assert sorted(path.name for path in folder.glob("*.part")) == []


def test_build_writes_nothing_when_something_is_wrong(tmp_path: Path) -> None:
    folder = copied(tmp_path / "tree")
    yaml = folder / "wegwijzer.yaml"
    yaml.write_text(yaml.read_text().replace("to: wens,", "to: wenz,", 1))
    done = tree("build", folder)
    assert done.returncode == 1
    assert 'did you mean "wens"?' in done.stderr
    assert done.stderr.splitlines()[-1].endswith("has 1 error, it must have none")
    assert list(folder.glob("wegwijzer.*")) == [yaml]


def test_check_names_file_and_line_and_ends_with_one(tmp_path: Path) -> None:
    done = tree("check", tmp_path)
    assert done.returncode == 1
    assert "duties.yaml:1:1: error: the file is not there, it must be" in done.stdout
    assert tree("check", TREE, "--today", "1 december").returncode == 64
    for no_folder in (TREE / "wegwijzer.yaml", tmp_path / "nowhere"):
        done = tree("check", no_folder)
        assert done.returncode == 1
        assert f"{no_folder}:1:1: error: there is no such folder" in done.stdout
        assert done.stdout.count("error:") == 1


def test_the_drawing_is_whole_and_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "tree.svg"
    assert tree("draw", TREE, "--out", out, "--today", "2026-12-01").returncode == 0
    space = "{http://www.w3.org/2000/svg}"
    drawn = ET.parse(out).getroot()
    assert drawn.findtext(f"{space}title") and drawn.findtext(f"{space}desc")
    said = " ".join(text.text or "" for text in drawn.iter(f"{space}text"))
    assert "Is er nu gevaar?" in said and "o45" in said
    assert tree("draw", TREE, "--out", out, "--lang", "fr").returncode == 1


# Walking

BUILT = TREE / "wegwijzer.tree"
DAY = ("--today", "2026-12-01")
PUPIL = ("gevaar=nee", "rol=leerling", "school=vo")


def walk(*words: object, lines: str | None = None) -> subprocess.CompletedProcess[str]:
    """Walks the built tree, by words or by the lines of standard input."""
    command = [str(program("intake-admin")), "tree", "walk", *map(str, words), *DAY]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=False)


def test_a_walk_says_what_is_asked_and_what_is_open() -> None:
    done = walk(BUILT, *PUPIL, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "questions": ["gevaar", "rol", "school", "thema"],
        "open": "thema",
        "outcomes": [],
        "danger": False,
        "shown": {},
    }


def test_a_whole_walk_says_what_is_shown_whatever_the_order_of_the_answers() -> None:
    answers = [*PUPIL, "thema=pesten", "grond=onbekend", "wie=leerling", "bekend=nee", "wens=melden"]
    said = walk(BUILT, *reversed(answers), "--json").stdout
    shown = json.loads(said)
    assert shown["outcomes"] == ["o42"] and shown["open"] is None
    assert shown["shown"]["place"] == ["vi"]
    assert said == walk(BUILT, *answers, "--json").stdout
    assert "place    vi\n" in walk(BUILT, *answers).stdout


def test_a_walk_into_danger_says_so_and_a_desk_adds_its_facts() -> None:
    assert "outcomes o02 (danger)" in walk(BUILT, "gevaar=dood").stdout
    staff = ["gevaar=nee", "rol=bestuur", "school=vo", "over=leerling", "thema=seksueel",
             "seks=aanraken", "wie-seks=school", "leeftijd=onder18", "--json"]
    without, added = walk(BUILT, *staff), walk(BUILT, *staff, "--set", "redelijk_vermoeden=ja")
    assert without.returncode == added.returncode == 0
    assert without.stdout != added.stdout


@pytest.mark.parametrize(
    "words, said",
    [
        (["rool=ouder"], '"rool" is no question of the tree; did you mean "rol"?'),
        (["rol=oude"], '"oude" is no answer to "rol", it must be one of leerling, oudleerling, '),
        (["rol"], '"rol" is no answer, it must be QUESTION=ANSWER'),
        (["gevaar=nee", "gevaar=nu"], '"gevaar" has the same answer twice or two, it must have one'),
        (
            ["gevaar=nee", "wens=praten"],
            '"wens" was answered, but nothing led to it; the answers before it lead to "rol"',
        ),
        (["--set", "redelijk=ja"], '"redelijk" is no fact that a desk sets, it must be one of '),
        (["--set", "redelijk_vermoeden=jaa"], '"jaa" is no value of "redelijk_vermoeden", it must'),
        (["--set", "redelijk_vermoeden"], '"redelijk_vermoeden" is no fact, it must be FACT=VALUE'),
    ],
)
def test_what_does_not_fit_is_named(words: list[str], said: str) -> None:
    done = walk(BUILT, *words)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"intake-admin: {said}"), done.stderr


def test_what_is_no_built_tree_is_not_walked(tmp_path: Path) -> None:
    done = walk(TREE)
    assert done.returncode == 1 and "give the wegwijzer.tree that lies in it" in done.stderr
    cut = tmp_path / "cut.tree"
    cut.write_bytes(BUILT.read_bytes()[:-1])
    done = walk(cut)
    assert done.returncode == 1 and "is not to be walked: no decision tree file: line" in done.stderr
    assert walk(tmp_path / "none").returncode == 1
    assert walk(BUILT, "--lines", "rol=ouder").returncode == 64


def test_lines_are_answered_line_by_line_and_a_bad_one_stops_none() -> None:
    done = walk(BUILT, "--lines", lines="gevaar=nee\n\ngevaar=ja\n" + " ".join(PUPIL) + "\n")
    assert done.returncode == 1 and done.stderr == ""
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("open") for one in said] == ["rol", "gevaar", None, "thema"]
    assert said[2]["refused"].startswith('"ja" is no answer to "gevaar", it must be one of nu, ')
    assert walk(BUILT, "--lines", lines="gevaar=nee").returncode == 0


# What a release must not have


def test_a_release_is_refused_until_every_contact_was_tried(tmp_path: Path) -> None:
    folder = copied(tmp_path / "tree")
    calm = tree("check", folder, *DAY)
    assert calm.returncode == 0, calm.stdout
    assert calm.stdout.count("before a release, --release lists them") == 1
    assert calm.stdout.count("sleeps, look it up on the day of release") == 1
    assert len(calm.stdout.splitlines()) == 3, "a line about each, and the counts"
    done = tree("check", "--release", folder, *DAY)
    told = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert done.returncode == 1
    untried = next(line for line in calm.stdout.splitlines() if "--release lists them" in line)
    assert len(told) == int(untried.split(" ", 1)[0])
    assert any('the tel of "kt" (0800-0432) was never called' in line for line in told)
    assert not any('"alarm"' in line for line in told), "nobody rings 112 to see whether it works"
    printed = json.loads(tree("check", "--release", folder, *DAY, "--json").stdout)
    assert printed["errors"] == printed["untried"] == len(told)


@pytest.mark.parametrize("day, status", [("2025-10-27", 0), ("2025-10-26", 1)])
def test_a_release_holds_400_days(tmp_path: Path, day: str, status: int) -> None:
    folder = copied(tmp_path / "tree")
    yaml = folder / "organisations.yaml"
    yaml.write_text(yaml.read_text().replace("checked_on: null", f"checked_on: {day}"))
    done = tree("check", "--release", folder, *DAY)
    assert done.returncode == status, done.stdout
    assert ("within 400 days" in done.stdout) == bool(status)
