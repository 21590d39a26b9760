"""`init` of both programs is whole or can be done again, wherever it was cut off."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.commands import program
from stage.deployment import Deployment
from stage.faults import ENDS, ERRORS, Faults


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """Roots and a tree; the rest is made anew each time."""
    return made("init", desks=("nl-vi",))


def _step(how: str, lasting: bool) -> int:
    """A machine may end anywhere; of what a disk says a part is enough, at other calls each."""
    if how == "KILL":
        return 1
    return 17 if lasting else 5 + len(how) % 4


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("how", [*ENDS, *ERRORS])
def test_the_servers_init_can_be_done_again(
    house: Deployment, tmp_path: Path, how: str, lasting: bool
) -> None:
    if lasting and how in ENDS:
        pytest.skip("a process ends once")
    faults = Faults.built(tmp_path / "faults", house.commands)
    data, home = tmp_path / "data", house.commands.home
    words: list[object] = [program("intake-server"), "init", "--data", data]
    words += ["--deployment", "a.example", "--roots", house.keys.roots]
    words += ["--tree", home / "tree" / "wegwijzer.tree", "--json"]
    finished = runs = 0
    for struck in faults.each(
        how,
        lambda: shutil.rmtree(data, ignore_errors=True),
        *words,
        lasting=lasting,
        step=_step(how, lasting),
    ):
        again = house.commands.run(*words, expect=None)
        runs += 1
        if again.status == 0:
            assert struck.result.status != 0, str(struck)
            assert again.json["deployment"] == "a.example", str(struck)
        else:
            finished += 1
            assert "a store lies at" in again.error, f"{struck}\n{again}"
        if again.status or runs % 8 == 1:
            house.commands.server("check", "--data", data)
        assert not [one for one in data.iterdir() if ".part" in one.name], str(struck)
        assert not (data / "init.begun").exists(), str(struck)
    print(f"{how}: {finished} of {runs} times it was finished all the same")


def test_a_folder_whose_init_was_cut_off_is_used_for_nothing(
    house: Deployment, tmp_path: Path
) -> None:
    """Or a later `init` would take away what somebody works with."""
    data = tmp_path / "data"
    faults = Faults.built(tmp_path / "faults", house.commands)
    words: list[object] = [program("intake-server"), "init", "--data", data]
    words += ["--deployment", "a.example"]
    assert faults.at(90, "KILL", *words)
    assert (data / "intake.sqlite").exists() and (data / "init.begun").exists()
    for command in (["check"], ["close-day"], ["log-key"], ["serve", "--no-page"]):
        said = house.commands.server(*command, "--data", data, expect=1)
        assert "init was cut off" in said.error


def test_a_key_without_a_store_is_left_alone(house: Deployment, tmp_path: Path) -> None:
    """A store may be lost; its key is not to be lost with it."""
    data = tmp_path / "data"
    shutil.copytree(house.data, data, ignore=shutil.ignore_patterns("intake.sqlite*"))
    before = (data / "log.key").read_bytes()
    said = house.commands.server("init", "--data", data, "--deployment", "a.example", expect=1)
    assert "a store lies at" in said.error
    assert (data / "log.key").read_bytes() == before


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("how", [*ENDS, *ERRORS])
def test_the_desks_init_can_be_done_again(
    house: Deployment, tmp_path: Path, how: str, lasting: bool
) -> None:
    if lasting and how in ENDS:
        pytest.skip("a process ends once")
    faults = Faults.built(tmp_path / "faults", house.commands)
    folder, desk = tmp_path / "desk", house.desks["nl-vi"]
    vault = folder / "desk.vault"
    secret = ["--vault", vault, "--passphrase-file", desk.passphrase]

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    words: list[object] = [program("intake-admin"), "init", *secret, "--organisation", "nl-vi"]
    words += ["--deployment", "a.example", "--roots", house.keys.roots]
    listed: list[object] = [program("intake-admin"), "list", *secret]
    finished = 0
    step = _step(how, lasting)
    for struck in faults.each(how, fresh, *words, lasting=lasting, step=step):
        if faults.unharmed(*listed, expect=None).status == 0:
            finished += 1
            assert "is there already" in faults.unharmed(*words, expect=1).error, str(struck)
        else:
            assert struck.result.status != 0, str(struck)
            assert "desk nl-vi.a.example" in faults.unharmed(*words).out, str(struck)
        faults.unharmed(*listed)
        assert [one.name for one in folder.iterdir()] == ["desk.vault"], str(struck)
    print(f"{how}: {finished} times it was finished all the same")
