"""Root keys under a passphrase: read by another program, and asked for at a terminal."""

import os
import pty
import re
import signal
from pathlib import Path

import nacl.bindings as sodium
import nacl.exceptions
import pytest
from reporter.codec import base64_bytes, base64_text, u64
from reporter.note import Signer, VerifierKey
from reporter.primitives import argon2id, label
from stage.bending import assert_one_line
from stage.commands import Commands, program
from stage.root_keys import PASSPHRASE as WORDS
from stage.root_keys import RootKeys

TEXT = """sealedintake/v1/directory
deployment intake.test
serial 1
issued 2027-01-01
expires 2027-02-01
log {log}
promise {promise}
shards 1
work 1
tree {tree}
organisation nl-vi Vertrouwensinspectie
seal 1 {seal} until 2027-04-01
desk {desk}
batch 4
escalation none
"""


def opened(path: Path, passphrase: str) -> Signer:
    """Opens a key file by the words of protocol 12.3 alone."""
    head, vkey, how, cell = path.read_text().removesuffix("\n").split("\n")
    assert head == label("root-key").decode()
    function, operations, memory, salt = how.split(" ")
    assert (function, operations, memory) == ("argon2id", "3", "268435456")
    salted, sealed = base64_bytes(salt), base64_bytes(cell)
    assert (len(salted), len(sealed)) == (16, 72)
    cost = u64(int(operations)) + u64(int(memory))
    key = argon2id(passphrase.encode(), salted, int(operations), int(memory))
    place = label("root-key") + b"\0" + cost + salted + vkey.encode()
    decrypt = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt
    seed = decrypt(sealed[24:], place, sealed[:24], key)
    signer = Signer.make(VerifierKey.read(vkey).name, seed)
    assert signer.key.text == vkey
    return signer


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> RootKeys:
    """A root key, its passphrase's file and the roots."""
    return RootKeys.make(Commands(tmp_path_factory.mktemp("roots")), 1, 1, at_full_cost=True)


def directory(folder: Path) -> Path:
    """A directory that nobody signed yet."""
    log, promise, desk = (
        Signer.make(name, os.urandom(32)).key.text
        for name in ("intake.test", "promise.intake.test", "nl-vi.intake.test")
    )
    seal = base64_text(sodium.crypto_box_seed_keypair(os.urandom(32))[0])
    path = folder / "directory.note"
    path.write_text(TEXT.format(log=log, promise=promise, desk=desk, seal=seal, tree="ab" * 32))
    return path


def test_another_program_opens_it_by_the_protocol(keys: RootKeys) -> None:
    signer = opened(keys.files[0], WORDS)
    assert signer.key.text in keys.roots.read_text()
    assert keys.files[0].stat().st_mode & 0o777 == 0o600
    with pytest.raises(nacl.exceptions.CryptoError):
        opened(keys.files[0], "drie mensen")


def test_it_signs_what_the_other_program_would(keys: RootKeys, tmp_path: Path) -> None:
    path = directory(tmp_path)
    text = path.read_text()
    keys.sign(text, path)
    assert path.read_text() == text + "\n" + opened(keys.files[0], WORDS).line(text)


def test_another_passphrase_signs_nothing(keys: RootKeys, tmp_path: Path) -> None:
    path, other = directory(tmp_path), tmp_path / "other"
    other.write_text("iets anders\n")
    before = path.read_bytes()
    words = ["--key", keys.files[0], "--passphrase-file", other, path]
    result = keys.commands.admin("root", "sign", *words, expect=None)
    assert_one_line(result)
    assert "the passphrase does not open this root key" in result.error
    assert path.read_bytes() == before


def test_a_key_in_the_clear_is_refused_with_what_to_do(keys: RootKeys, tmp_path: Path) -> None:
    seed = base64_text(os.urandom(32))
    old = tmp_path / "old.key"
    old.write_text(f"sealedintake/v1/root-key anna.example {seed}\n")
    words = ["--key", old, "--passphrase-file", keys.passphrase, directory(tmp_path)]
    result = keys.commands.admin("root", "sign", *words, expect=None)
    assert_one_line(result)
    assert "in the clear" in result.error and "root new" in result.error
    assert seed not in result.error


@pytest.mark.parametrize("name", ["é", "a b", "a+b", "", "a" * 65])
def test_a_name_that_cannot_stand_in_a_note_is_refused(
    keys: RootKeys, tmp_path: Path, name: str
) -> None:
    words = ["--key", tmp_path / "key", "--passphrase-file", keys.passphrase, "--name", name]
    assert_one_line(keys.commands.admin("root", "new", *words, expect=None))
    assert not (tmp_path / "key").exists()


def test_nobody_types_a_passphrase_for_nothing(keys: RootKeys, tmp_path: Path) -> None:
    """There is no terminal here: who asked would say so."""
    broken = tmp_path / "broken"
    broken.write_text("nonsense\n")
    for words in (
        ["new", "--key", keys.files[0], "--name", "a.example"],
        ["new", "--key", tmp_path / "key", "--name", "a b"],
        ["sign", "--key", broken, directory(tmp_path)],
        ["sign", "--key", keys.files[0], broken],
    ):
        result = keys.commands.admin("root", *words, expect=None)
        assert_one_line(result)
        assert "terminal" not in result.error
    result = keys.commands.admin(
        "root", "sign", "--key", keys.files[0], directory(tmp_path), expect=None
    )
    assert "there is no terminal to ask for the passphrase" in result.error


def typed(words: list[str], *lines: str) -> tuple[int, str]:
    """Runs a command at a terminal of its own and answers each question with a line."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(words[0], words)
    said = b""
    waiting = list(lines)
    signal.alarm(60)
    try:
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
            if waiting and re.search(rb"(passphrase of the root key|again): $", said):
                os.write(terminal, waiting.pop(0).encode() + b"\n")
    finally:
        signal.alarm(0)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_at_a_terminal_it_is_asked_for_without_echo(tmp_path: Path) -> None:
    key, path = tmp_path / "key", directory(tmp_path)
    new = [program("intake-admin"), "root", "new", "--key", str(key), "--name", "a.example"]
    status, said = typed(new, "een zin", "een andere zin")
    assert status == 1 and "the two passphrases differ" in said and not key.exists()
    status, said = typed(new, WORDS, WORDS)
    assert status == 0 and said.count(": ") == 2, said
    assert WORDS not in said and "passphrase of the root key: " in said
    assert opened(key, WORDS).key.text in said
    sign = [program("intake-admin"), "root", "sign", "--key", str(key), str(path)]
    status, said = typed(sign, WORDS)
    assert status == 0 and "signed by: a.example" in said and WORDS not in said
