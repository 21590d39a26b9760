"""What root writes in a service's folder stays the service's, and what cannot be read is not gone."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage.commands import PROJECT, Commands, Result, program
from stage.deployment import Deployment
from stage.touched import House, run
from stage.touching import CASES, Case

#: Nobody's: every system has them.
USER = 65_534
ROOT_ALONE = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be root by mistake")


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house at rest, with the tree of this repository."""
    deployment = made("owners", desks=("nl-vi",), tree=PROJECT / "tree")
    return House.of(deployment, tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that another user can reach; those of pytest are for one user alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder)


def give(home: Path, user: int = USER) -> None:
    """All of it to a user, the folders too; the way to it is open."""
    home.parent.chmod(0o711)
    for path in [home, *home.rglob("*")]:
        os.lchown(path, user, user)


def own(home: Path) -> dict[str, int]:
    """Whose each thing is."""
    return {str(one.relative_to(home)): one.lstat().st_uid for one in home.rglob("*")}


def as_service(home: Path, *words: object, expect: int | None = 0) -> Result:
    """A command of the server, run as its user."""
    prefix = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    command = [*prefix, program("intake-server"), *words]
    return Commands(home.parent).run(*command, expect=expect)


@ROOT_ALONE
@pytest.mark.parametrize("case", [one for one in CASES if one.ends and one.writes], ids=str)
def test_root_leaves_nothing_that_the_service_cannot_read(
    house: House, home: Path, case: Case
) -> None:
    house.copy(home, case)
    give(home)
    ended = run(case, home)
    assert ended.status == 0, ended.said
    others = {name: user for name, user in own(home).items() if user != USER}
    assert others == {}


@ROOT_ALONE
def test_what_root_closed_the_service_goes_on_with(house: House, home: Path) -> None:
    case = next(one for one in CASES if one.name == "server close-day")
    house.copy(home, case)
    give(home / "data")
    Commands(home.parent).server("close-day", "--data", home / "data", "--now")
    as_service(home, "close-day", "--data", home / "data", "--now")
    as_service(home, "check", "--data", home / "data")


@ROOT_ALONE
@pytest.mark.parametrize(
    "name", ["high-water", "log.key", "roots", "intake.sqlite", "wegwijzer.tree", "promise.key"]
)
def test_what_cannot_be_read_is_not_told_as_gone(house: House, home: Path, name: str) -> None:
    house.copy(home, CASES[0])
    give(home / "data")
    path = home / "data" / name
    os.lchown(path, 0, 0)
    path.chmod(0o600)
    words = {"wegwijzer.tree": ["page", "--digest"], "promise.key": ["serve", "--no-page"]}
    more = words.get(name, ["check"])
    said = as_service(home, *more, "--data", home / "data", expect=1)
    assert name in said.error, said
    if name != "intake.sqlite":
        assert "cannot be read: permission denied" in said.error, said
    for gone in ("no high-water", "no store", "must be made", "no roots"):
        assert gone not in said.error, said


@ROOT_ALONE
def test_a_folder_that_may_not_be_entered_is_not_empty(house: House, home: Path) -> None:
    house.copy(home, CASES[0])
    home.chmod(0o711)
    (home / "data").chmod(0o700)
    os.chown(home / "data", 0, 0)
    said = as_service(home, "check", "--data", home / "data", expect=1)
    assert "permission denied" in said.error and "no store" not in said.error, said


@pytest.mark.parametrize("what", ["gone", "of another key", "no note", "empty"])
def test_each_fault_of_the_mark_has_words_of_its_own(house: House, home: Path, what: str) -> None:
    house.copy(home, CASES[0])
    mark = home / "data" / "high-water"
    if what == "gone":
        mark.unlink()
    else:
        note = mark.read_bytes() if what == "of another key" else b"no note\n"
        mark.write_bytes(b"" if what == "empty" else note.replace(b"intake.test", b"a.example"))
    said = Commands(home.parent).server("check", "--data", home / "data", expect=1).error
    if what == "gone":
        assert "no high-water mark beside log.key" in said
    else:
        assert "high-water is no checkpoint that log.key signed" in said


