"""Root keys: those that the command made, and one that the test holds."""

import functools
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reporter.codec import base64_bytes, base64_text
from reporter.directory import Roots
from reporter.note import Signer, VerifierKey
from reporter.primitives import label

from .cheap import LEAST, wrapped_cheaply
from .commands import Commands, Result

PASSPHRASE = "drie mensen en een kluis"


@dataclass
class RootKeys:
    """Root keys made by the command, and one the test holds, for signing what nobody should."""

    commands: Commands
    files: list[Path]
    passphrase: Path
    python: Signer
    roots: Path

    @staticmethod
    def make(
        commands: Commands, count: int, threshold: int, *, at_full_cost: bool = False
    ) -> "RootKeys":
        """Keys and the roots file; those of a run are the same, but for new ones at full cost."""
        files, keys = [], []
        secret = _passphrase(commands.home)
        for at in range(1, count + 1):
            path = commands.home / f"root-{at}.key"
            if at_full_cost:
                vkey = _new_root_key(commands, path, secret)
            else:
                vkey, data = _cheap_root_key(path.stem)
                path.touch(0o600)
                path.write_bytes(data)
            keys.append(vkey)
            files.append(path)
        python = _python_root()
        roots = commands.home / "roots"
        lines = [f"threshold {threshold}", *keys, python.key.text]
        roots.write_text("".join(line + "\n" for line in lines))
        return RootKeys(commands, files, secret, python, roots)

    def sign(self, text: str, path: Path, signers: int = 1) -> Path:
        """`root sign`, once for each signer; the first call makes the note of the plain text."""
        path.write_text(text)
        for key in self.files[:signers]:
            where = ("--key", key, "--passphrase-file", self.passphrase)
            self.commands.admin("root", "sign", *where, path)
        return path

    @property
    def read(self) -> Roots:
        """The roots, as the independent reporter reads them."""
        return Roots.read(self.roots.read_text())


def _passphrase(folder: Path) -> Path:
    secret = folder / "roots.passphrase"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text(PASSPHRASE + "\n")
    secret.chmod(0o600)
    return secret


def _new_root_key(commands: Commands, path: Path, secret: Path) -> str:
    """`root new`: makes the file; its vkey."""
    name = f"{path.stem}.test"
    where = ("--key", path, "--name", name, "--passphrase-file", secret)
    return printed_vkey(commands.admin("root", "new", *where), name + "+")


def _cheapen(file: Path) -> None:
    """Puts a key's seed anew under its passphrase at the least cost (protocol 12.3)."""
    head, vkey, how, cell = file.read_text().splitlines()
    _, operations, memory, salt_text = how.split(" ")
    salt, start = base64_bytes(salt_text), label("root-key") + b"\0"
    cost = int(operations), int(memory)
    again = wrapped_cheaply(
        base64_bytes(cell), PASSPHRASE, salt, cost, lambda cost: start + cost + salt + vkey.encode()
    )
    how = f"argon2id {LEAST[0]} {LEAST[1]} {salt_text}"
    file.write_text("".join(line + "\n" for line in (head, vkey, how, base64_text(again))))


@functools.cache
def _cheap_root_key(stem: str) -> tuple[str, bytes]:
    """The vkey and the file of a root key, made once in a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{stem}.key"
        vkey = _new_root_key(Commands(path.parent), path, _passphrase(path.parent))
        _cheapen(path)
        return vkey, path.read_bytes()


@functools.cache
def _python_root() -> Signer:
    return Signer.make("root-python.test", os.urandom(32))


def printed_vkey(result: Result, start: str) -> str:
    """The vkey in what a command printed that begins so."""
    for word in result.out.split():
        if word.startswith(start):
            return VerifierKey.read(word).text
    raise AssertionError(f"no vkey {start!r} in {result}")
