"""Which names each command of both programs reads and writes."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .commands import PROJECT

TREE = ("wegwijzer.tree", "wegwijzer.nl.texts")
YAML = ("wegwijzer.yaml", "organisations.yaml", "duties.yaml", "texts/nl.yaml")
BASE = ("data/intake.sqlite", "data/intake.sqlite-wal", "data/intake.sqlite-shm", "data/log.key")
VAULT = ("nl-vi.vault", "nl-vi.vault-journal", "nl-vi.vault-wal", "nl-vi.passphrase")
ROOT = ("root-1.key", "roots.passphrase")
FULLY = ("server check", "admin list", "admin tree check")
AT_DESK = "--vault {home}/nl-vi.vault --passphrase-file {home}/nl-vi.passphrase"
AS_ROOT = "--key {home}/root-1.key --passphrase-file {home}/roots.passphrase"
DATA = "--data {home}/data"


def _within(folder: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}" for name in names)


def assets(home: Path) -> None:
    shutil.copytree(PROJECT / ".build-page" / "web", home / "assets" / "web")
    # Its digest stands in the page; what it does, nobody asks here.
    for name in ("intake.wasm", "intake.js"):
        for ending in ("", ".br", ".gz"):
            (home / "assets" / (name + ending)).write_bytes(b"program")


def _fresh(home: Path) -> None:
    (home / "fresh").mkdir()


def _lost_store(home: Path) -> None:
    """The store is gone, and lies elsewhere; at rest it is one file."""
    (home / "data" / "intake.sqlite").rename(home / "kept.sqlite")
    for ending in ("-wal", "-shm"):
        (home / "data" / f"intake.sqlite{ending}").unlink(missing_ok=True)


def _lost_vault(home: Path) -> None:
    (home / "nl-vi.vault").rename(home / "kept.vault")


def _sheets(home: Path) -> None:
    for name in ("sheets", "prints", "built"):
        (home / name).mkdir()


@dataclass(frozen=True)
class Case:
    """A command, and every name under a home that it touches."""

    name: str
    #: `server` or `admin`, then the words; `{home}` is the folder.
    words: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    #: Names of which a refusal is said, and that do not keep the command from its work.
    besides: tuple[str, ...] = ()
    prepare: Callable[[Path], None] = lambda home: None
    #: Ends by itself with exit status 0 where nothing is planted.
    ends: bool = True

    @property
    def touched(self) -> tuple[str, ...]:
        """All of them, once."""
        return tuple(dict.fromkeys(self.reads + self.writes + self.besides))

    def own(self, kind: str) -> tuple[str, ...]:
        """Where a kind is planted: links and pipes everywhere; the rest not at the names that
        many commands share and look at in one way, but in one command."""
        if kind in ("link", "pipe") or self.name in FULLY:
            return self.touched
        shared = BASE + VAULT + _within("tree", YAML)
        return tuple(name for name in self.touched if name not in shared)

    def __str__(self) -> str:
        return self.name


def _server(name: str, words: str, *reads: str, **more: object) -> Case:
    return Case(f"server {name}", f"server {words} {DATA}", BASE + reads, **more)  # type: ignore


def _desk(name: str, words: str, *reads: str, **more: object) -> Case:
    return Case(f"admin {name}", f"admin {words} {AT_DESK}", VAULT + reads, **more)  # type: ignore


MARK = "data/high-water"
STICK_TREE = _within("stick", TREE)
DATA_TREE = _within("data", TREE)

SERVER = (
    Case(
        "server init",
        "server init --data {home}/fresh --deployment a.example --roots {home}/roots "
        "--tree {home}/stick/wegwijzer.tree",
        ("roots", *STICK_TREE),
        _within("fresh", ("intake.sqlite", "log.key", "high-water", "roots", *TREE)),
        prepare=_fresh,
    ),
    _server("close-day", "close-day --now", MARK, writes=(MARK,)),
    _server(
        "export",
        "export --organisation nl-vi --out {home}/stick/new.in",
        writes=("stick/new.in",),
        besides=(*STICK_TREE, *DATA_TREE),
    ),
    _server("import", "import {home}/stick/nl-vi.out", "stick/nl-vi.out"),
    _server(
        "directory",
        "directory {home}/directory.note",
        *("directory.note", "data/roots"),
        writes=("data/directory.note",),
    ),
    _server("check", "check", "data/roots", MARK),
    _server("status", "status", "data/roots", "data/promise.key", MARK, *DATA_TREE),
    _server(
        "backup",
        "backup --to {home}/copy.sqlite",
        writes=("copy.sqlite",),
    ),
    Case(
        "server restore",
        f"server restore --from {{home}}/kept.sqlite {DATA}",
        ("kept.sqlite", "data/log.key"),
        ("data/intake.sqlite",),
        besides=(MARK,),
        prepare=_lost_store,
    ),
    _server("log-key", "log-key", writes=("data/log.key.next",)),
    _server("log-key --use", "log-key --use", "data/log.key.next", ends=False),
    _server("promise-key", "promise-key", writes=("data/promise.key.next",)),
    _server("promise-key --use", "promise-key --use", "data/promise.key.next", ends=False),
    _server("recover", "recover {home}/stick/leaves", "stick/leaves", MARK),
    _server(
        "recover --public",
        "recover --public {home}/public --directory {home}/directory.note",
        *("public/log/checkpoint", "public/log/{month}", "directory.note", "data/roots"),
    ),
    _server(
        "page",
        "page --digest --assets {home}/assets",
        *_within("assets", ("web/page.html", "web/texts/nl.json", "intake.wasm")),
        *DATA_TREE,
        prepare=assets,
    ),
    _server(
        "serve",
        "serve --no-page --port 0",
        *("data/wegwijzer.tree", "data/scholen/scholen.html"),
        ends=False,
    ),
    Case(
        "server serve --socket",
        f"server serve --no-page --socket {{home}}/http.socket {DATA}",
        writes=("http.socket",),
        ends=False,
    ),
    Case(
        "server watch",
        "server watch --roots {home}/roots http://127.0.0.1:1",
        ("roots",),
        ends=False,
    ),
)

ROOTS = (
    Case(
        "admin root new",
        "admin root new --key {home}/new.key --name a.example "
        "--passphrase-file {home}/roots.passphrase",
        ("roots.passphrase",),
        ("new.key",),
    ),
    Case(
        "admin root sign",
        f"admin root sign {AS_ROOT} {{home}}/directory.note",
        (*ROOT, "directory.note"),
        ("directory.note",),
    ),
    Case(
        "admin root verify",
        "admin root verify --roots {home}/roots {home}/directory.note",
        ("roots", "directory.note"),
    ),
)

DESK = (
    Case(
        "admin init",
        "admin init --vault {home}/new.vault --passphrase-file {home}/nl-vi.passphrase "
        "--organisation nl-vi --deployment a.example --roots {home}/roots",
        ("nl-vi.passphrase", "roots", "new.vault-journal"),
        ("new.vault",),
    ),
    _desk(
        "import",
        "import {home}/stick/nl-vi.in --directory {home}/directory.note",
        *("stick/nl-vi.in", "directory.note"),
        besides=STICK_TREE,
    ),
    _desk("backup", "backup --to {home}/copy.vault", writes=("copy.vault",)),
    Case(
        "admin restore",
        f"admin restore --from {{home}}/kept.vault {AT_DESK}",
        ("kept.vault", "nl-vi.passphrase"),
        ("nl-vi.vault",),
        prepare=_lost_vault,
    ),
    _desk("list", "list"),
    _desk("check", "check"),
    _desk("check --mend", "check --mend"),
    _desk("journal", "journal"),
    _desk("accept-loss", "accept-loss"),
    _desk("show", "show 00000000", ends=False),
    _desk("route", "route 00000000", ends=False),
    _desk("transfer", "transfer 00000000", ends=False),
    _desk("withdraw", "withdraw 00000000 1", ends=False),
    _desk("reply", "reply 00000000 --file {home}/answer", "answer", ends=False),
    _desk("export", "export --out {home}/stick/new.out", writes=("stick/new.out",)),
    _desk("export --leaves", "export --leaves --out {home}/a", writes=("a",)),
)

TREES = (
    Case("admin tree check", "admin tree check {home}/tree", _within("tree", YAML)),
    Case(
        "admin tree build",
        "admin tree build {home}/tree --out {home}/built",
        _within("tree", YAML),
        _within("built", TREE),
        prepare=_sheets,
    ),
    Case(
        "admin tree draw",
        "admin tree draw {home}/tree --out {home}/tree.svg",
        _within("tree", YAML),
        ("tree.svg",),
    ),
    Case(
        "admin tree walk",
        "admin tree walk {home}/stick/wegwijzer.tree gevaar=nee",
        ("stick/wegwijzer.tree",),
    ),
    Case(
        "admin tree campaign",
        "admin tree campaign {home}/tree --address a.example --roots {home}/roots "
        "--qr {home}/qr.svg --out {home}/sheets --prints {home}/prints",
        ("roots", "qr.svg", "tree/campaign/nl.yaml", "tree/campaign/scholen.html"),
        ("sheets/scholen.html", "sheets/poster-ouder-a4.svg", "prints/poster-ouder-a4.html"),
        prepare=_sheets,
    ),
)

AUDITORS = (
    Case(
        "admin audit",
        "admin audit --roots {home}/roots --proof {home}/proof {home}/public",
        # The proof is written where a lie is found, and looked at before.
        ("roots", "public/directory", "public/log/checkpoint", "public/log/{month}", "proof"),
    ),
    Case(
        "admin audit PROOF",
        "admin audit --roots {home}/roots --directory {home}/directory.note {home}/shown",
        ("roots", "directory.note", "shown"),
        ends=False,
    ),
)

CASES = SERVER + ROOTS + DESK + TREES + AUDITORS
