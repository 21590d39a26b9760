"""`intake-admin tree` as a person types it."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

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


def test_the_drawing_is_whole_and_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "tree.svg"
    assert tree("draw", TREE, "--out", out, "--today", "2026-12-01").returncode == 0
    space = "{http://www.w3.org/2000/svg}"
    drawn = ET.parse(out).getroot()
    assert drawn.findtext(f"{space}title") and drawn.findtext(f"{space}desc")
    said = " ".join(text.text or "" for text in drawn.iter(f"{space}text"))
    assert "Is er nu gevaar?" in said and "o45" in said
    assert tree("draw", TREE, "--out", out, "--lang", "fr").returncode == 1
