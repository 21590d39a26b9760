"""A vault's backups are whole, also after a crash, and come back."""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.visit import Reporter
from stage.commands import program
from stage.deployment import Deployment
from stage.desks import Desk
from stage.faults import ENDS, ERRORS, Faults
from stage.threads import report, thread_id


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """A desk with a report and an answer."""
    house = made("vault-backup", desks=("nl-vi",))
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Ze wachten me op.")
    house.to_desk("nl-vi")
    house.desks["nl-vi"].reply(thread_id(reporter, "nl-vi"), "We lezen het.")
    house.stop()
    return house


@pytest.fixture
def desk(house: Deployment, tmp_path: Path) -> Desk:
    """A copy of that desk at rest, in a folder of its own."""
    one = house.desks["nl-vi"]
    folder = tmp_path / "desk"
    folder.mkdir()
    vault = folder / "desk.vault"
    shutil.copy(one.vault, vault)
    return Desk(one.commands, one.organisation, vault, one.passphrase, one.lines)


def named(desk: Desk, vault: Path) -> Desk:
    """The same desk with another vault."""
    return Desk(desk.commands, desk.organisation, vault, desk.passphrase, desk.lines)


def contents(desk: Desk) -> tuple[object, ...]:
    """All that a person sees of it."""
    threads = desk.list()
    return threads, [desk.contents(one["thread"]) for one in threads], desk.run("journal").out


def test_a_backup_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    copy, back = tmp_path / "copy.vault", tmp_path / "back.vault"
    assert "whole and verified" in desk.run("backup", "--to", copy).out
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert contents(named(desk, copy)) == contents(desk), "it is a vault like any other"
    said = named(desk, back).run("restore", "--from", copy)
    assert "import a stick before you write anything" in said.out
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    assert contents(named(desk, back)) == contents(desk)
    named(desk, back).run("export", "--out", tmp_path / "out.bundle")


def test_nothing_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.vault"
    desk.run("backup", "--to", copy)
    before = copy.read_bytes(), desk.vault.read_bytes()
    for to in (copy, desk.vault, desk.passphrase):
        assert "is there already" in desk.run("backup", "--to", to, expect=1).error
    assert "is there already" in desk.run("restore", "--from", copy, expect=1).error
    assert (copy.read_bytes(), desk.vault.read_bytes()) == before
    # The journal of a vault that was taken away would be written into the one that comes back.
    journal = Path(f"{desk.vault}-journal")
    desk.vault.rename(tmp_path / "broken.vault")
    journal.write_bytes(b"another's")
    assert "is there already" in desk.run("restore", "--from", copy, expect=1).error
    assert journal.read_bytes() == b"another's" and not desk.vault.exists()
    journal.unlink()
    desk.run("restore", "--from", copy)
    assert desk.list()


def test_what_is_no_whole_backup_is_refused_and_nothing_is_left(
    desk: Desk, tmp_path: Path
) -> None:
    copy, back = tmp_path / "copy.vault", named(desk, tmp_path / "back" / "desk.vault")
    back.vault.parent.mkdir()
    desk.run("backup", "--to", copy)
    data = bytearray(copy.read_bytes())
    turned = bytearray(data)
    # One bit would be turned back.
    turned[len(data.rstrip(b"\0")) - 40] ^= 3
    bad = tmp_path / "bad.vault"
    for wrong in (data[: len(data) // 2], data[:-100], b"", b"no vault\n" * 900, turned):
        bad.write_bytes(bytes(wrong))
        said = back.run("restore", "--from", bad, expect=1)
        assert said.error.count("\n") == 1 and ".part" not in said.error, said
        assert list(back.vault.parent.iterdir()) == []
    other = tmp_path / "passphrase"
    other.write_text("een andere zin dan die van de kluis\n")
    words = ["--vault", back.vault, "--passphrase-file", other, "--from", copy]
    assert "passphrase" in desk.commands.admin("restore", *words, expect=1).error
    assert list(back.vault.parent.iterdir()) == []


def test_a_vault_that_a_crash_left_half_written_is_backed_up_whole(
    desk: Desk, tmp_path: Path
) -> None:
    """`cp` takes the file without what SQLite left beside it: most of those are malformed."""
    thread = desk.list()[0]["thread"]
    faults = Faults.built(tmp_path / "faults", desk.commands)
    kept, copy = tmp_path / "kept.vault", tmp_path / "copy.vault"
    shutil.copy(desk.vault, kept)
    before = contents(desk)
    journal = Path(f"{desk.vault}-journal")

    def fresh() -> None:
        copy.unlink(missing_ok=True)
        journal.unlink(missing_ok=True)
        shutil.copy(kept, desk.vault)

    words = [program("intake-admin"), "reply", "--vault", desk.vault, thread]
    words += ["--text", "Nog een antwoord.", "--passphrase-file", desk.passphrase]
    malformed = hot = 0
    # The vault was made cheap, so these run at its own cost.
    for struck in faults.each("KILL", fresh, *words):
        if journal.exists() and journal.stat().st_size > 512:
            hot += 1
            plain = tmp_path / "plain.vault"
            shutil.copy(desk.vault, plain)
            try:
                if contents(named(desk, plain)) != before:
                    malformed += 1
            except AssertionError:
                malformed += 1
        desk.run("backup", "--to", copy)
        seen = contents(named(desk, copy))
        assert seen == before or len(seen[1][0]["replies"]) == 2, str(struck)  # type: ignore
    print(f"{hot} crashes left a journal; {malformed} plain copies were not as before")
    assert hot > 0


@pytest.mark.parametrize("how", [*ENDS, *ERRORS])
def test_a_backup_and_a_restore_cut_off_at_any_write_are_none(
    desk: Desk, tmp_path: Path, how: str
) -> None:
    faults = Faults.built(tmp_path / "faults", desk.commands)
    secret = ["--passphrase-file", desk.passphrase]
    before = contents(desk)
    good = tmp_path / "good.vault"
    desk.run("backup", "--to", good)
    stick = tmp_path / "stick"
    made = stick / "made.vault"

    def fresh() -> None:
        shutil.rmtree(stick, ignore_errors=True)
        stick.mkdir()

    cases = {
        "backup": (["--vault", desk.vault, "--to", made], desk, ["--to", made]),
        "restore": (["--vault", made, "--from", good], named(desk, made), ["--from", good]),
    }
    for name, (more, again, words) in cases.items():
        command = [program("intake-admin"), name, *more, *secret]
        for struck in faults.each(how, fresh, *command, step=1 if how == "KILL" else 5):
            if not made.exists():
                assert struck.result.status != 0, str(struck)
                again.run(name, *words)
            assert contents(named(desk, made)) == before, str(struck)
            assert [one.name for one in stick.iterdir()] == ["made.vault"], str(struck)
    assert contents(desk) == before
