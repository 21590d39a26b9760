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


def sent(told: Told) -> str:
    """The words of the newest reply."""
    house, thread = told
    return house.desks["nl-vi"].contents(thread)["replies"][-1]["text"]


def command(told: Told, *words: str) -> list[str]:
    """`reply` to the thread."""
    house, thread = told
    desk = house.desks["nl-vi"]
    start = [program("intake-admin"), "reply", "--vault", str(desk.vault)]
    return [*start, "--passphrase-file", str(desk.passphrase), thread, *words]


def raw(told: Told, *words: bytes | str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`reply` with arguments and input as they are, where nobody sits at a terminal."""
    house, _ = told
    return subprocess.run(
        [*command(told), *words], env=house.commands.environment, input=typed,
        capture_output=True, check=False,
    )


def typed_at_terminal(told: Told, words: str, answer: str) -> tuple[int, str]:
    """Types a reply, ends it with Ctrl-D, and answers what is asked then."""
    house, _ = told
    terminal = Terminal(house.commands, house.commands.home)
    questions = {"on a line of its own": words + "\n\x04", "anything else does not:": answer}
    return terminal.run(" ".join(command(told)), questions)


def test_a_reply_may_begin_with_a_dash(told: Told) -> None:
    assert raw(told, "--text", "- eerste punt\n- tweede").returncode == 0
    assert sent(told) == "- eerste punt\n- tweede"


@pytest.mark.parametrize(
    "words, reads, keys",
    [
        ("Ho\x1b[D\x1b[Di", "Hoi", 2),
        ("\x1b[200~geplakt\x1b[201~", "geplakt", 0),
        ("\ufeffHoi", "Hoi", 0),
        ("rood\x1b[31m!", "rood!", 1),
    ],
)
@pytest.mark.parametrize("way", ["text", "file", "pipe"])
def test_keys_are_no_text(told: Told, tmp_path: Path, way: str, words: str, reads: str, keys: int) -> None:
    (tmp_path / "reply").write_text(words)
    more = {"text": ["--text", words], "file": ["--file", str(tmp_path / "reply")], "pipe": []}[way]
    result = raw(told, *more, typed=words.encode() if way == "pipe" else b"")
    assert result.returncode == 0, result.stderr
    assert sent(told) == reads
    said = result.stderr.decode()
    assert (f"the reporter reads:\n  {reads}\n" in said) == (keys > 0)


def test_who_types_sees_what_the_reporter_reads(told: Told) -> None:
    status, shown = typed_at_terminal(told, "Wat goed dat je schrijft.", "")
    assert status == 0
    assert "the reporter reads:\n  Wat goed dat je schrijft.\nreply " in shown
    assert sent(told) == "Wat goed dat je schrijft."


def test_keys_in_what_is_typed_are_told_and_only_enter_seals_it(told: Told) -> None:
    status, shown = typed_at_terminal(told, "Dag\x1b[D\x1b[200~ en tot ziens\x1b[201~", "\n")
    assert status == 0
    assert "left out: 1 key" in shown and "the reporter reads:\n  Dag en tot ziens\n" in shown
    assert sent(told) == "Dag en tot ziens"
    for answer in ("nee\n", "\x04"):
        status, shown = typed_at_terminal(told, "Niet\x1b[D dit", answer)
        assert status == 1
        assert "the reply is not sealed and nothing was written" in shown
    assert sent(told) == "Dag en tot ziens"


def test_what_is_not_utf8_is_refused(told: Told, tmp_path: Path) -> None:
    before = sent(told)
    (tmp_path / "reply").write_bytes("één".encode("latin-1"))
    for result, status in (
        (raw(told, "--text", "één".encode("latin-1")), 64),
        (raw(told, "--file", str(tmp_path / "reply")), 1),
        (raw(told, typed="één".encode("latin-1")), 1),
        (raw(told, typed="één".encode("utf-16")), 1),
    ):
        assert result.returncode == status
        assert b"UTF-8" in result.stderr
    assert sent(told) == before


@pytest.mark.parametrize("unseen", ["\u00a0", "\u200b", "\u3164", "\u2800\n\u2800", "\ufeff", "\x1b[D"])
def test_a_reply_of_which_nothing_is_seen_is_refused(told: Told, unseen: str) -> None:
    before = sent(told)
    result = raw(told, "--text", unseen)
    assert result.returncode == 1
    assert b"the reply has no text, it must have one" in result.stderr
    assert sent(told) == before


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


# Files and output


@pytest.mark.parametrize("editor", ["CR LF", "byte order mark", "no line end"])
def test_a_roots_file_of_any_editor_is_the_same_file(told: Told, tmp_path: Path, editor: str) -> None:
    house, _ = told
    lines = house.keys.roots.read_bytes()
    written = {
        "CR LF": lines.replace(b"\n", b"\r\n"),
        "byte order mark": b"\xef\xbb\xbf" + lines,
        "no line end": lines.rstrip(b"\n"),
    }[editor]
    (tmp_path / "roots").write_bytes(written)
    verify = ["root", "verify", "--json", house.note, "--roots"]
    mine = house.commands.admin(*verify, tmp_path / "roots").json
    assert mine == house.commands.admin(*verify, house.keys.roots).json
    (tmp_path / "passphrase").write_text("zes woorden")
    words = ["--organisation", "nl-vi", "--deployment", house.name, "--roots", tmp_path / "roots"]
    secret = ["--passphrase-file", tmp_path / "passphrase"]
    house.commands.admin("init", "--vault", tmp_path / "desk.vault", *words, *secret)
    house.commands.server("init", "--data", tmp_path / "data", *words[2:])
    assert (tmp_path / "data" / "roots").read_bytes() == lines


@pytest.mark.parametrize("words", [["--help"], ["reply", "--help"], ["--version"]])
def test_help_that_cannot_be_written_is_told(told: Told, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [program("intake-admin"), *words], env=told[0].commands.environment, stdout=full,
            stderr=subprocess.PIPE, check=False,
        )
    assert result.returncode == 74
    assert b"done, but what it says cannot be written: No space left on device" in result.stderr
