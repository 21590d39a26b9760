"""Desks: the real one behind its commands, and one that lives in Python."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporter.note import Signer
from reporter.primitives import KeyPair, box_pair

from .cheap_vault import cheapen
from .commands import Commands, Result

#: Vaults that were made in this run, and what was printed of them, by all that they were made of.
_MADE: dict[tuple[object, ...], tuple[bytes, list[str]]] = {}


@dataclass(frozen=True)
class Desk:
    """An organisation's air-gapped machine: a vault and the commands on it."""

    commands: Commands
    organisation: str
    vault: Path
    passphrase: Path
    lines: list[str]

    @staticmethod
    def make(
        commands: Commands,
        organisation: str,
        deployment: str,
        roots: Path,
        passphrase: str = "een lange zin die niemand raadt",
    ) -> "Desk":
        """`intake-admin init`: makes the vault and keys; keeps the directory lines it prints.

        Who makes the same vault again in a run gets a copy of the first.
        """
        vault = commands.home / f"{organisation}.vault"
        secret = commands.home / f"{organisation}.passphrase"
        secret.write_text(passphrase + "\n")
        secret.chmod(0o600)
        made_of = organisation, deployment, roots.read_bytes(), passphrase, commands.today
        if made_of in _MADE:
            data, lines = _MADE[made_of]
            vault.touch(0o600)
            vault.write_bytes(data)
            return Desk(commands, organisation, vault, secret, lines)
        arguments = ["--organisation", organisation, "--deployment", deployment, "--roots", roots]
        result = commands.admin("init", "--vault", vault, *arguments, "--passphrase-file", secret)
        lines = [one for one in result.out.splitlines() if one.startswith(("seal ", "desk "))]
        if not any(one.startswith("seal 1 ") for one in lines):
            raise AssertionError(f"init must print `seal …` and `desk …`: {result}")
        cheapen(vault, passphrase)
        _MADE[made_of] = vault.read_bytes(), lines
        return Desk(commands, organisation, vault, secret, lines)

    def run(self, command: str, *arguments: object, expect: int | None = 0) -> Result:
        """Runs a command on the vault."""
        return self.commands.admin(
            command,
            "--vault",
            self.vault,
            "--passphrase-file",
            self.passphrase,
            *arguments,
            expect=expect,
        )

    def take(self, bundle: Path, directory: Path | None = None) -> dict[str, Any]:
        """`import --json`: what came in."""
        more = ["--directory", directory] if directory else []
        return self.run("import", bundle, *more, "--json").json

    def unreadable(self) -> list[dict[str, Any]]:
        """`list --unreadable --json`: what could not be read."""
        return self.run("list", "--unreadable", "--json").json

    def list(self) -> list[dict[str, Any]]:
        """`list --json`: the threads."""
        return self.run("list", "--json").json

    def show(self, thread: str) -> str:
        """`show`: everything in a thread, as a person reads it."""
        return self.run("show", thread).out

    def reply(
        self, thread: str, text: str = "", kind: str = "message", to: str | None = None
    ) -> Result:
        """`reply`: writes an answer for the next stick; `to` is whom a transfer is asked for."""
        words = ["--text", text] if text else []
        other = ["--to", to] if to else []
        return self.run("reply", thread, *words, "--kind", kind, *other)

    def contents(self, thread: str) -> dict[str, Any]:
        """`show --json`: everything in a thread, as a program reads it."""
        return self.run("show", thread, "--json").json

    def export(self, out: Path, *more: str) -> Path:
        """`export`: the out-bundle (`--leaves`: all leaves, for a server that fell behind)."""
        self.run("export", "--out", out, *more)
        return out


@dataclass(frozen=True)
class PythonDesk:
    """An organisation whose keys the test holds: it can read all and sign anything."""

    organisation: str
    deployment: str
    seal: KeyPair = field(default_factory=lambda: box_pair(os.urandom(32)))
    seed: bytes = field(default_factory=lambda: os.urandom(32))

    @property
    def signer(self) -> Signer:
        """The desk key under the name `organisation.deployment`."""
        return Signer.make(f"{self.organisation}.{self.deployment}", self.seed)
