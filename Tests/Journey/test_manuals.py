"""Manual pages and completions say what `--help` and the specification say, of every command."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stage.commands import PROJECT, program

PROGRAMS = ["intake-admin", "intake-server"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manuals")
    binaries = str(Path(program("intake-admin")).parent)
    environment = os.environ | {"INTAKE_BIN": binaries}
    command = [PROJECT / "scripts" / "manuals", folder]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return folder


def commands(name: str) -> Iterator[dict]:
    """A program's commands as it tells them itself."""
    dump = [str(program(name)), "--experimental-dump-help"]
    done = subprocess.run(dump, check=True, capture_output=True, text=True)
    waiting = [json.loads(done.stdout)["command"]]
    while waiting:
        command = waiting.pop()
        waiting += command.get("subcommands", [])
        yield command


def page(made: Path, name: str) -> str:
    """A page as a terminal shows it, its words not broken."""
    text = (made / "man" / "man1" / f"{name}.1").read_text()
    return re.sub(r"\s+", " ", text.replace("\\&", "").replace("\\-", "-"))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_page_has_every_command_and_every_option(made: Path, name: str) -> None:
    shown = page(made, name)
    told = [one for one in commands(name) if one["commandName"] != "help"]
    assert len(told) >= 10
    for command in told:
        assert command["commandName"] in shown
        for argument in command.get("arguments", []):
            for spelt in argument.get("names", []):
                if argument["shouldDisplay"] and spelt["kind"] == "long":
                    assert f"-{spelt['name']}" in shown, (command["commandName"], spelt)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_page_has_the_specification_word_for_word(made: Path, name: str) -> None:
    shown = page(made, name)
    text = (PROJECT / "docs/spec/commands.md").read_text()
    sections = re.split(r"^## ", text, flags=re.M)[1:]
    own = [one for one in sections if re.split(r"[:\n]", one)[0] == name]
    common = [one for one in sections if one.startswith("What all have in common")]
    assert own
    assert len(common) == 1
    for section in own + common:
        for line in section.split("\n")[1:]:
            plain = re.sub(r"\[([^]]+)\]\((?:\.\./)?([^)]+)\)", r"\1 (docs/\2)", line)
            plain = plain.replace("`", "").replace("**", "").replace("\\", "\\e")
            if not line.startswith("```"):
                assert re.sub(r"\s+", " ", plain.strip()) in shown, line


@pytest.mark.parametrize("name", PROGRAMS)
def test_shells_complete_every_command(made: Path, name: str) -> None:
    told = {one["commandName"] for one in commands(name)} - {name}
    files = [made / "bash" / name, made / "zsh" / f"_{name}", made / "fish" / f"{name}.fish"]
    for file in files:
        text = file.read_text()
        for command in told:
            assert command in text, (file.name, command)
    subprocess.run(["bash", "-n", files[0]], check=True)
