"""A prepared stick: links, pipes, devices and folders under every name that a command touches."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage.commands import PROJECT, program
from stage.deployment import Deployment
from stage.planting import WORDS, Planter, can_make_devices, everything, plant, seen
from stage.touched import House, run
from stage.touching import CASES, TREES, Case

#: What is said instead where a name has a meaning of its own.
OTHER_WORDS = {
    "fresh/intake.sqlite": "a store lies at",
    "fresh/log.key": "a store lies at",
    "new.vault": "is there already",
    "server restore: data/intake.sqlite": "is there already",
    "admin restore: nl-vi.vault": "is there already",
    "http.socket": "cannot serve on",
    "tree/campaign/nl.yaml": "it must be a plain file",
    "tree/campaign/scholen.html": "it must be a plain file",
    "public/log/checkpoint": r"log/checkpoint|is a (symbolic link|pipe|folder|device|socket)",
}


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house at rest, with the tree of this repository."""
    deployment = made("planted", desks=("nl-vi",), tree=PROJECT / "tree")
    return House.of(deployment, tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Where one command works; removed at once, as there are many."""
    yield tmp_path / "home"
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize("case", [case for case in CASES if case.ends], ids=str)
def test_each_command_works_where_nothing_is_planted(house: House, home: Path, case: Case) -> None:
    """Or the refusals below would prove nothing."""
    house.copy(home, case)
    ended = run(case, home)
    assert ended.status == 0, ended.said
    for name in case.writes:
        path = house.path(home, name)
        assert path.is_file(), f"{name} is written"
    assert not list(home.rglob("*.part"))


def test_every_command_stands_in_the_table() -> None:
    known = {" ".join(case.words.split()[:3]) for case in CASES}
    for which, others in (("server", ()), ("admin", ("root", "tree"))):
        for command in subcommands(which):
            found = [one for one in known if one.startswith(f"{which} {command}")]
            assert found, f"{which} {command}"
            if command in others:
                for one in subcommands(which, command):
                    assert f"{which} {command} {one}" in known


def subcommands(which: str, *of: str) -> list[str]:
    """What the help lists."""
    words = [program(f"intake-{which}"), *of, "--help"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    listed = said.split("SUBCOMMANDS:")[1].split("\n\n")[0]
    found = re.findall(r"(?m)^  ([a-z-]+)(?: |$)", listed)
    assert found
    return found


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_no_plain_file_is_refused(
    house: House, home: Path, tmp_path: Path, case: Case, kind: str
) -> None:
    if kind == "device" and not can_make_devices(tmp_path):
        pytest.skip("devices can be made by root only")
    for name in case.own(kind):
        if is_meant(name, kind):
            continue
        house.copy(home, case)
        path = house.path(home, name)
        target = home / "victim"
        if path.exists():
            target = path.rename(home / "genuine")
        plant(kind, path, target)
        before = everything(home)
        ended = run(case, home)
        where = f"{kind} at {name}: {ended.said}"
        said = OTHER_WORDS.get(f"{case}: {name}", OTHER_WORDS.get(name, WORDS[kind]))
        assert re.search(said, ended.said), where
        assert not re.search(r"Fatal error|Backtrac|\.swift", ended.said), where
        after = everything(home)
        if name in case.besides:
            assert ended.status == 0, where
            # What the command is for was done.
            changed = {one for one in after if before.get(one) != after[one]}
            assert not changed & {path.name, "victim", "genuine"} and path.is_symlink() == (
                "link" in kind
            ), where
            assert seen(path) == before[str(path.relative_to(home))], where
        else:
            assert ended.status == 1, where
            assert after == before, where


def is_meant(name: str, kind: str) -> bool:
    """What the name may well be."""
    # A folder is audited; where a link leads nowhere, nothing is; a server that was killed leaves
    # its socket, and the next one takes its place.
    return (name, kind) in {("shown", "folder"), ("shown", "dead link"), ("http.socket", "socket")}


@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize("case", [one for one in CASES if one.ends and one.writes], ids=str)
def test_names_that_can_be_guessed_are_not_used(
    house: House, home: Path, case: Case, kind: str
) -> None:
    house.copy(home, case)
    names = case.writes
    planted = []
    for name in names:
        path = house.path(home, name)
        for ending in (".part", f".{os.getpid()}.part", ".tmp"):
            planted.append(path.with_name(path.name + ending))
            plant(kind, planted[-1], home / "victim")
    # The shell knows the number that the program will have.
    script = "".join(
        f"ln -s {home}/victim {house.path(home, name)}.$$.part; "
        if kind == "link"
        else f"mkfifo {house.path(home, name)}.$$.part; "
        for name in names
    )
    before = {path: seen(path) for path in [*planted, home / "victim"]}
    ended = run(case, home, under=("sh", "-c", script + 'exec "$0" "$@"'))
    assert ended.status == 0, ended.said
    assert {path: seen(path) for path in before} == before
    for name in names:
        path = house.path(home, name)
        assert path.is_file() and not path.is_symlink(), name


RACED = [
    (case, name)
    for case in CASES
    if case.ends
    for name in dict.fromkeys(case.reads + case.writes)
    # SQLite opens its own files, in a folder that nobody else may enter.
    if not re.search(r"sqlite|vault", name)
]


@pytest.mark.parametrize(("case", "name"), RACED, ids=lambda one: str(one).replace("/", ":"))
def test_a_name_that_changes_all_the_time_harms_nothing(
    house: House, home: Path, case: Case, name: str
) -> None:
    house.copy(home, case)
    path = house.path(home, name)
    genuine = path.rename(home / "genuine") if path.exists() else None
    watched = [home / "victim"] + ([genuine] if genuine and name not in case.writes else [])
    before = [seen(one) for one in watched]
    with Planter(path, home / "victim", genuine) as planter:
        for _ in range(2):
            ended = run(case, home)
            assert ended.status in (0, 1), ended.said
            assert not re.search(r"Fatal error|Backtrac|\.swift", ended.said), ended.said
    assert planter.rounds > 0
    assert [seen(one) for one in watched] == before


@pytest.mark.parametrize("case", [one for one in CASES if one.ends and one.writes], ids=str)
def test_what_a_killed_command_left_goes_with_the_next(
    house: House, home: Path, case: Case
) -> None:
    house.copy(home, case)
    names = [name for name in case.writes if not re.search("vault|sqlite", name)]
    for name in names:
        path = house.path(home, name)
        path.with_name(f".{path.name}.abcdefgh.part").write_bytes(b"half")
        path.with_name(f".{path.name}.linklink.part").symlink_to(home / "victim")
    before = seen(home / "victim")
    assert run(case, home).status == 0
    for name in names:
        path = house.path(home, name)
        assert not path.with_name(f".{path.name}.abcdefgh.part").exists(), name
        assert path.with_name(f".{path.name}.linklink.part").is_symlink(), name
    assert seen(home / "victim") == before


def test_an_owners_own_links_to_folders_work(house: House, home: Path) -> None:
    case = next(one for one in CASES if one.name == "server export")
    house.copy(home, case)
    for name in ("data", "stick"):
        (home / name).rename(home / f"real-{name}")
        (home / name).symlink_to(home / f"real-{name}")
    ended = run(case, home)
    assert ended.status == 0, ended.said
    assert (home / "real-stick" / "new.in").stat().st_size > 0


def test_the_table_has_every_file_of_a_built_tree() -> None:
    built = next(one for one in TREES if one.name == "admin tree build")
    assert {"built/wegwijzer.tree", "built/wegwijzer.nl.texts"} <= set(built.writes)
