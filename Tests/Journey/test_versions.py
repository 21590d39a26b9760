"""Each program says what it is, and an older one leaves a newer one's files alone."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from stage.commands import Commands, program
from stage.deployment import Deployment


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """A server and a desk."""
    return made("versions", desks=("nl-vi",))


def version_of(house: Deployment, name: str) -> str:
    """What a refusal must name."""
    said = house.commands.run(program(name), "--version", expect=None).out
    return said.split()[1] if said else "no version"


@pytest.mark.parametrize("name", ["intake-server", "intake-admin"])
def test_a_program_says_what_it_is(name: str, tmp_path: Path) -> None:
    said = Commands(tmp_path).run(program(name), "--version").out
    assert re.fullmatch(rf"{name} \d+\.\d+\.\d+ \(protocol 1, schema \d+\)\n", said), said


def test_a_store_of_a_newer_program_is_refused_and_not_touched(house: Deployment) -> None:
    house.stop()
    version = version_of(house, "intake-server")
    with closing(sqlite3.connect(house.data / "intake.sqlite")) as store:
        store.execute("INSERT INTO grdb_migrations VALUES ('9 what nobody knows yet')")
        store.commit()
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (house.data / "intake.sqlite").read_bytes()
    for words in (["check"], ["close-day"], ["serve", "--no-page"]):
        said = house.commands.server(*words, "--data", house.data, expect=1).error
        assert "9 what nobody knows yet" in said and version in said and "newer" in said
    assert (house.data / "intake.sqlite").read_bytes() == before


def test_a_vault_of_a_newer_program_is_refused_and_not_touched(house: Deployment) -> None:
    desk = house.desks["nl-vi"]
    version = version_of(house, "intake-admin")
    with closing(sqlite3.connect(desk.vault)) as vault:
        vault.execute("PRAGMA user_version = 9")
        vault.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")
        vault.commit()
    before = desk.vault.read_bytes()
    for words in (["list"], ["export", "--out", house.path("out")]):
        said = desk.run(*words, expect=1).error  # type: ignore[arg-type]
        assert "schema 9" in said and version in said and "newer" in said
    assert desk.vault.read_bytes() == before
