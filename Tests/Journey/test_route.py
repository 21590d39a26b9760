"""The decision tree on its way: into the data folder, onto the stick, into a vault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.bending import assert_one_line
from stage.commands import PROJECT, Commands, Result
from stage.deployment import RootKeys

BUILT = [file for file in (PROJECT / "tree").iterdir() if file.suffix in (".tree", ".texts")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the built tree, with its texts beside it."""
    folder = tmp_path / "tree"
    folder.mkdir()
    for file in BUILT:
        shutil.copy(file, folder)
    return folder / "wegwijzer.tree"


@pytest.fixture
def init(tmp_path: Path) -> Callable[..., Result]:
    """`intake-server init` with a tree, as an operator runs it on the first day."""
    commands = Commands(tmp_path)
    keys = RootKeys.make(commands, 1, 1)
    where = ["--data", tmp_path / "data", "--deployment", "intake.test", "--roots", keys.roots]
    return lambda tree, expect=0: commands.server("init", *where, "--tree", tree, expect=expect)


def test_init_copies_the_tree_and_its_texts(
    init: Callable[..., Result], tree: Path, tmp_path: Path
) -> None:
    init(tree)
    assert len(BUILT) >= 4
    for file in BUILT:
        assert (tmp_path / "data" / file.name).read_bytes() == file.read_bytes()


def missing(texts: Path) -> None:
    texts.unlink()


def changed(texts: Path) -> None:
    texts.write_bytes(texts.read_bytes().replace(b"gevaar", b"gevaaR", 1))


def cut_tree(texts: Path) -> None:
    tree = texts.parent / "wegwijzer.tree"
    tree.write_bytes(tree.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("breaks", "named", "clause"),
    [
        (missing, "wegwijzer.en.texts", "no such file"),
        (changed, "wegwijzer.en.texts", "is not the texts file that the tree names"),
        (cut_tree, "wegwijzer.tree", "is no decision tree file"),
    ],
)
def test_init_refuses_a_tree_that_is_not_whole(
    init: Callable[..., Result],
    tree: Path,
    tmp_path: Path,
    breaks: Callable[[Path], None],
    named: str,
    clause: str,
) -> None:
    breaks(tree.parent / "wegwijzer.en.texts")
    result = init(tree, expect=1)
    assert_one_line(result)
    assert named in result.error and clause in result.error
    assert not (tmp_path / "data").exists()
