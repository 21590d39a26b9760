"""Sticks are FAT or exFAT: what those refuse stops no command that writes."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.commands import PROJECT
from stage.deployment import Deployment
from stage.touched import House, run
from stage.touching import CASES, Case


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house at rest, with the tree of this repository."""
    deployment = made("fat", desks=("nl-vi",), tree=PROJECT / "tree")
    return House.of(deployment, tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture(scope="module")
def fat(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What stands between a program and the system: the refusals of such a stick."""
    compiler = shutil.which("cc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("fat") / "fat.so"
    source = Path(__file__).parent / "stage" / "fat.c"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run(words, check=True)
    return f"LD_PRELOAD={library}"


@pytest.mark.parametrize("case", [one for one in CASES if one.ends and one.writes], ids=str)
def test_every_command_that_writes_does_so_on_a_stick(
    house: House, tmp_path: Path, fat: str, case: Case
) -> None:
    home = tmp_path / "home"
    house.copy(home, case)
    ended = run(case, home, under=("env", fat))
    assert ended.status == 0, ended.said
    assert all(house.path(home, name).stat().st_size for name in case.writes)
    assert not list(home.rglob("*.part"))
