"""A store's backups end while people write, are whole, and come back."""

import base64
import shutil
import signal
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reporter.primitives import sha256
from reporter.submission import Submission
from stage.commands import Result, program
from stage.crowd import Crowd
from stage.deployment import Deployment
from stage.faults import ENDS, ERRORS, Faults
from stage.stamping import junk
from stage.store import opened
from stage.waiting import until

#: Enough that a copy takes a while.
MANY = 1_200
#: Longer than any of them needs on a busy machine; `.backup` of sqlite3 does not end at all.
SECONDS = 120


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """A server with a closed day and an open one."""
    house = made("backup", desks=())
    server = house.serve().server
    for _ in range(MANY // 2):
        assert server.post(junk("zz-python").encoded).status == 201
    house.close()
    for _ in range(MANY // 2):
        assert server.post(junk("zz-python").encoded).status == 201
    return house


@pytest.fixture
def small(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A server with a handful of reports, at rest."""
    house = made("small-backup", desks=())
    for _ in range(6):
        assert house.serve().server.post(junk("zz-python").encoded).status == 201
    house.close()
    assert house.serve().server.post(junk("zz-python").encoded).status == 201
    house.stop()
    yield house
    house.stop()


def backup(house: Deployment, to: Path, expect: int | None = 0) -> Result:
    """`backup`."""
    return house.commands.server("backup", "--data", house.data, "--to", to, expect=expect)


def elsewhere(house: Deployment, name: str) -> Path:
    """Another machine's folder, with all that is kept apart from the store."""
    folder = house.path(name)
    shutil.copytree(house.data, folder, ignore=shutil.ignore_patterns("intake.sqlite*"))
    return folder


def restore(house: Deployment, folder: Path, copy: Path, expect: int | None = 0) -> Result:
    """`restore` into a folder."""
    where = ["--data", folder, "--from", copy]
    return house.commands.server("restore", *where, expect=expect)


def digests(path: Path) -> set[bytes]:
    """Of all that waits or is logged."""
    with closing(opened(path)) as store:
        rows = store.execute("SELECT digest FROM inbox UNION SELECT digest FROM leaf")
        return {bytes(one) for (one,) in rows}


def left(folder: Path) -> list[str]:
    """What a command that was cut off left lying about."""
    return sorted(one.name for one in folder.iterdir() if ".part" in one.name)


@pytest.mark.parametrize("rate", [5, 20, 200])
def test_a_backup_ends_while_people_write_and_has_all_that_was_answered_before(
    house: Deployment, tmp_path: Path, rate: int
) -> None:
    server = house.serve().server
    copy = tmp_path / "intake.sqlite"
    begun = time.monotonic()
    backup(house, tmp_path / "quiet.sqlite")
    quiet = time.monotonic() - begun
    with Crowd(server, rate) as crowd:
        until(lambda: len(crowd.accepted) > 3, "somebody submits")
        during = 0
        # At five a second a short backup may pass between two of them.
        while not during:
            copy.unlink(missing_ok=True)
            before: list[Submission] = list(crowd.accepted)
            begun = time.monotonic()
            said = house.commands.server(
                "backup", "--data", house.data, "--to", copy, "--json", expect=0
            ).json
            took = time.monotonic() - begun
            during = len(crowd.accepted) - len(before)
    print(f"{rate}/s: {took:.2f} s beside {quiet:.2f} s in quiet; {during} came meanwhile")
    assert took < SECONDS
    assert crowd.statuses == {201}
    held = digests(copy)
    assert {sha256(one.envelope) for one in before} <= held
    assert said["size"] > 0 and said["bytes"] == copy.stat().st_size
    folder = elsewhere(house, "elsewhere")
    assert "behind" not in house.commands.server(
        "restore", "--data", folder, "--from", copy, "--json"
    ).json
    house.commands.server("check", "--data", folder)
    assert digests(folder / "intake.sqlite") == held


def test_a_backup_is_for_its_owner_alone_and_holds_no_key(house: Deployment, tmp_path: Path) -> None:
    copy = tmp_path / "intake.sqlite"
    said = backup(house, copy)
    assert "whole and verified" in said.out
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    data = copy.read_bytes()
    for name in ("log.key", "promise.key"):
        key = (house.data / name).read_bytes().split()[1]
        assert key not in data
        assert base64.b64decode(key) not in data


def test_a_backup_tells_no_order_of_arrival_and_keeps_nothing_that_was_removed(
    house: Deployment, tmp_path: Path
) -> None:
    copy = tmp_path / "intake.sqlite"
    backup(house, copy)
    data = copy.read_bytes()
    with closing(opened(copy)) as store:
        assert store.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert store.execute("PRAGMA journal_mode").fetchone() != ("wal",)
        rows = store.execute("SELECT id, substr(body, 100, 60) FROM inbox_body").fetchall()
    assert len(rows) >= MANY // 2
    pages = [data.find(part) // 4096 for _, part in sorted(rows)]
    assert -1 not in pages
    assert pages == sorted(pages), "bodies must lie in the order of their random ids"


def test_nothing_is_overwritten(house: Deployment, tmp_path: Path) -> None:
    copy = tmp_path / "intake.sqlite"
    backup(house, copy)
    before = copy.read_bytes()
    assert "is there already, a new file must have a new name" in backup(house, copy, 1).error
    assert copy.read_bytes() == before
    key = (house.data / "log.key").read_bytes()
    backup(house, house.data / "log.key", 1)
    backup(house, house.data / "intake.sqlite", 1)
    assert (house.data / "log.key").read_bytes() == key
    folder = elsewhere(house, "taken")
    for name in ("intake.sqlite", "intake.sqlite-wal", "intake.sqlite-shm", "intake.sqlite-journal"):
        (folder / name).write_bytes(b"another's")
        assert "is there already" in restore(house, folder, copy, 1).error
        assert (folder / name).read_bytes() == b"another's"
        (folder / name).unlink()
    assert left(folder) == []
    restore(house, folder, copy)
    assert "is there already" in restore(house, folder, copy, 1).error


def test_a_server_that_lost_its_file_keeps_its_folder(small: Deployment, tmp_path: Path) -> None:
    copy = tmp_path / "intake.sqlite"
    backup(small, copy)
    small.serve()
    for name in ("intake.sqlite", "intake.sqlite-wal", "intake.sqlite-shm"):
        (small.data / name).unlink(missing_ok=True)
    assert "serves from" in restore(small, small.data, copy, 1).error
    small.stop()
    for path in small.data.glob("intake.sqlite*"):
        path.unlink()
    restore(small, small.data, copy)
    small.check()


def test_an_older_backup_is_behind_and_says_what_leads_on(small: Deployment, tmp_path: Path) -> None:
    copy = tmp_path / "intake.sqlite"
    backup(small, copy)
    assert small.serve().server.post(junk("zz-python").encoded).status == 201
    small.close()
    small.stop()
    folder = elsewhere(small, "older")
    said = restore(small, folder, copy)
    assert "signed before, it must be recovered first" in said.error
    assert "intake-server recover" in said.error
    closed = small.commands.server("close-day", "--data", folder, "--now", expect=1)
    assert "it must be recovered first" in closed.error
    without = elsewhere(small, "unmarked")
    (without / "high-water").unlink()
    assert "no high-water mark" in restore(small, without, copy).error


def test_what_is_no_whole_backup_is_refused_and_nothing_is_left(
    small: Deployment, made: Callable[..., Deployment], tmp_path: Path
) -> None:
    copy = tmp_path / "intake.sqlite"
    backup(small, copy)
    data = copy.read_bytes()
    last = "WHERE position = (SELECT max(position) FROM leaf)"
    changed = {}
    for name, change in {
        "a leaf is gone": f"DELETE FROM leaf {last}",
        "a leaf is another": f"UPDATE leaf SET digest = randomblob(32) {last}",
        "a leaf too many": "INSERT INTO leaf SELECT position + 1, type, organisation, "
        f"randomblob(16), digest, day FROM leaf {last}",
    }.items():
        copy.write_bytes(data)
        with closing(sqlite3.connect(copy)) as store:
            store.execute(change)
            store.commit()
        changed[name] = copy.read_bytes()
    other = made("other-backup", desks=())
    for name, bad in {
        "cut": data[: len(data) // 2],
        "half a page": data[:-100],
        "empty": b"",
        "no database": b"no database at all\n" * 400,
        **changed,
    }.items():
        path = tmp_path / "bad"
        path.write_bytes(bad)
        folder = elsewhere(small, "refused")
        said = restore(small, folder, path, 1)
        assert said.error.count("\n") == 1, name
        assert [one.name for one in folder.glob("*sqlite*")] == [] and left(folder) == [], name
    path.write_bytes(data)
    said = restore(other, elsewhere(other, "of-another"), path, 1)
    assert "log.key is not the key of this store" in said.error
    restore(small, elsewhere(small, "good"), path)


def test_a_backup_that_was_killed_leaves_none_and_the_next_one_works(
    house: Deployment, tmp_path: Path
) -> None:
    house.serve()
    copy = tmp_path / "intake.sqlite"
    words = [program("intake-server"), "backup", "--data", str(house.data), "--to", str(copy)]
    for least in (1, 1 << 20, 8 << 20):
        process = subprocess.Popen(words, env=house.commands.environment)

        def grown(least: int = least, process: subprocess.Popen[bytes] = process) -> bool:
            assert process.poll() is None, "it must be killed before its end"
            return any(one.stat().st_size >= least for one in tmp_path.glob(".*.part"))

        until(grown, "the copy has begun")
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        assert not copy.exists()
    backup(house, copy)
    assert left(tmp_path) == []
    restore(house, elsewhere(house, "after-kills"), copy)


@pytest.mark.parametrize("how", [*ENDS, *ERRORS])
def test_a_backup_cut_off_at_any_write_is_none(
    small: Deployment, tmp_path: Path, how: str
) -> None:
    faults = Faults.built(tmp_path / "faults", small.commands)
    stick = tmp_path / "stick"
    copy = stick / "intake.sqlite"

    def fresh() -> None:
        shutil.rmtree(stick, ignore_errors=True)
        stick.mkdir()

    words = [program("intake-server"), "backup", "--data", small.data, "--to", copy]
    step = 1 if how == "KILL" else 7
    for struck in faults.each(how, fresh, *words, step=step):
        if copy.exists():
            # All was done but for the folder's sync, or for what SQLite tidies up.
            restore(small, elsewhere(small, "named"), copy)
            continue
        assert struck.result.status != 0, str(struck)
        backup(small, copy)
        assert left(stick) == [], str(struck)
    small.check()


@pytest.mark.parametrize("how", [*ENDS, *ERRORS])
def test_a_restore_cut_off_at_any_write_is_none(
    small: Deployment, tmp_path: Path, how: str
) -> None:
    faults = Faults.built(tmp_path / "faults", small.commands)
    copy, folder = tmp_path / "intake.sqlite", tmp_path / "data"
    backup(small, copy)

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(small.data, folder, ignore=shutil.ignore_patterns("intake.sqlite*"))

    words = [program("intake-server"), "restore", "--data", folder, "--from", copy]
    step = 1 if how in ENDS else 2
    for struck in faults.each(how, fresh, *words, step=step):
        if not (folder / "intake.sqlite").exists():
            assert struck.result.status != 0, str(struck)
            restore(small, folder, copy)
        small.commands.server("check", "--data", folder)
        assert left(folder) == [], str(struck)
