"""What people type at a desk, on any keyboard and terminal: replies, passphrases, roots files."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.visit import Reporter
from stage.cheap_vault import cheapen
from stage.commands import program
from stage.deployment import Deployment
from stage.terminal import Terminal
from stage.threads import report, thread_id

Told = tuple[Deployment, str]


@pytest.fixture(scope="module")
def told(made: Callable[..., Deployment]) -> Told:
    """A desk with one thread."""
    house = made("typed", desks=("nl-vi",))
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Kom snel.")
    house.to_desk("nl-vi")
    house.stop()
    return house, thread_id(reporter, "nl-vi")


# Passphrases


PASSPHRASE = "één café aan zee"
APART = "e\u0301e\u0301n cafe\u0301 aan zee"


@pytest.fixture(scope="module")
def vault(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault under a passphrase with accents."""
    path, _ = made_with(told, tmp_path_factory.mktemp("accents"), PASSPHRASE.encode())
    cheapen(path, PASSPHRASE)
    return path


def made_with(told: Told, folder: Path, passphrase: bytes) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    house, _ = told
    (folder / "given").write_bytes(passphrase + b"\n")
    path = folder / "desk.vault"
    words = ["--organisation", "nl-vi", "--deployment", house.name, "--roots", str(house.keys.roots)]
    start = [program("intake-admin"), "init", "--vault", str(path)]
    words += ["--passphrase-file", str(folder / "given")]
    made = subprocess.run([*start, *words], env=house.commands.environment, capture_output=True, check=False)
    return path, made


def opens(told: Told, vault: Path, folder: Path, passphrase: bytes) -> bool:
    (folder / "typed").write_bytes(passphrase + b"\n")
    words = ["list", "--vault", vault, "--passphrase-file", folder / "typed"]
    result = told[0].commands.admin(*words, expect=None)
    assert result.status in (0, 1)
    return result.status == 0


@pytest.mark.parametrize(
    "typed",
    [
        PASSPHRASE, APART, "\ufeff" + PASSPHRASE, f"\x1b[200~{PASSPHRASE}\x1b[201~",
        PASSPHRASE.replace(" ", "\u00a0"), PASSPHRASE + "\r",
    ],
)
def test_a_passphrase_opens_on_every_keyboard(told: Told, vault: Path, tmp_path: Path, typed: str) -> None:
    assert opens(told, vault, tmp_path, typed.encode())
    assert not opens(told, vault, tmp_path, typed.upper().encode())


def test_an_older_vault_opens_as_it_was_made_and_as_it_is_typed_now(
    told: Told, vault: Path, tmp_path: Path
) -> None:
    older, now = tmp_path / "older.vault", PASSPHRASE
    shutil.copy(vault, older)
    for made_of in (PASSPHRASE.replace(" ", "\u00a0"), f"\x1b[200~{PASSPHRASE}", APART):
        cheapen(older, now, made_of)
        assert opens(told, older, tmp_path, made_of.encode())
        now = made_of
    assert opens(told, older, tmp_path, PASSPHRASE.encode())
    assert not opens(told, older, tmp_path, b"een cafe aan zee")


@pytest.mark.parametrize("typed", ["zes woorden\x1b[D", "\x01zes", "zes\u200b", "\u202ezes", "\ufeff"])
def test_a_new_passphrase_can_be_typed_again(told: Told, tmp_path: Path, typed: str) -> None:
    path, made = made_with(told, tmp_path, typed.encode())
    assert made.returncode == 1 and not path.exists()
    assert b"passphrase" in made.stderr
    key = tmp_path / "key"
    words = ["root", "new", "--key", key, "--name", "een", "--passphrase-file", tmp_path / "given"]
    assert told[0].commands.admin(*words, expect=1).error.startswith("intake-admin: the passphrase")
    assert not key.exists()
