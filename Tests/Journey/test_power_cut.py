"""What a command wrote is on the disk before it has its name, and so is the name: no power cut
leaves an empty file where a whole one was."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage.commands import PROJECT
from stage.deployment import Deployment
from stage.touched import House, run
from stage.touching import CASES, Case, assets
from stage.tracing import Event, events, traced

#: SQLite's own files, whose syncs test_durability sees.
DATABASE = re.compile(r"/intake\.sqlite|\.vault(-|$)")
RENEWED = Case(
    "server page --renew",
    "server page --renew --digest --assets {home}/assets --data {home}/data",
    writes=("data/page.made",),
    prepare=assets,
)
IN_NO_FOLDER = Case(
    "server init in no folder",
    "server init --data {home}/fresh --deployment a.example --roots {home}/roots",
    writes=("fresh/log.key", "fresh/promise.key", "fresh/high-water", "fresh/roots"),
)
WRITING = [
    one
    for one in (*CASES, RENEWED, IN_NO_FOLDER)
    if one.ends and any(not DATABASE.search(f"/{name}") for name in one.writes)
]


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment], tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house at rest, with the tree of this repository."""
    deployment = made("power", desks=("nl-vi",), tree=PROJECT / "tree")
    return House.of(deployment, tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Where one command works; removed at once, as there are many."""
    yield tmp_path / "home"
    shutil.rmtree(tmp_path, ignore_errors=True)


def unsafe(done: list[Event], home: Path) -> list[str]:
    """What a power cut could take, in words."""
    faults = []
    for at, event in enumerate(done):
        # SQLite looks after its own; a file without content has none that could be missing.
        if not event.path.startswith(f"{home}/") or DATABASE.search(event.path):
            continue
        if event.path.endswith(".part-journal"):
            continue
        if event.kind == "write" and event.path not in {one.before for one in done[at:]}:
            faults.append(f"{event.path} is written under its own name")
        if event.kind in ("name", "folder"):
            folder = str(Path(event.path).parent)
            if Event("sync", folder) not in done[at:]:
                faults.append(f"the name {event.path} is not on the disk at the end")
        if event.kind != "name":
            continue
        before = [one.kind for one in done[:at] if one.path == event.before]
        if "write" not in before or before[-1] != "sync":
            faults.append(f"{event.path} has its name before it is on the disk: {before}")
    return faults


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("case", WRITING, ids=str)
def test_a_name_is_given_to_what_is_on_the_disk(
    house: House, home: Path, tmp_path: Path, case: Case
) -> None:
    house.copy(home, case)
    trace = tmp_path / "trace"
    ended = run(case, home, traced(trace))
    assert ended.status == 0, ended.said
    done = events(trace)
    assert unsafe(done, home) == []
    named = [one.path for one in done if one.kind == "name"]
    for name in case.writes:
        path = str(house.path(home, name))
        assert DATABASE.search(path) or named.count(path) == 1, f"{name} gets its name once: {named}"


def test_what_is_not_on_the_disk_is_found() -> None:
    """The order of the calls, with each of them left out and each pair swapped."""
    home = Path("/house")
    done = [
        Event("write", "/house/a/.b.part"),
        Event("sync", "/house/a/.b.part"),
        Event("name", "/house/a/b", "/house/a/.b.part"),
        Event("sync", "/house/a"),
    ]
    assert unsafe(done, home) == []
    for at in range(len(done)):
        assert unsafe(done[:at] + done[at + 1 :], home), f"without {done[at]}"
    for at in range(len(done) - 1):
        swapped = [*done[:at], done[at + 1], done[at], *done[at + 2 :]]
        assert unsafe(swapped, home), f"{done[at + 1]} too early"
