"""A page says from when it is, and stays the same while the directory that lists it is signed."""

import datetime
import json
import re
import shutil
from collections.abc import Callable

import pytest
from reporter.primitives import sha256
from stage.bending import assert_one_line
from stage.clock import Clock
from stage.commands import PROJECT
from stage.deployment import Deployment

START = datetime.date(2027, 4, 6)


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    """A deployment with the tree's texts beside its tree, in days of its own."""
    house = made("made", desks=("helpdesk",), python_desks=(), clock=Clock(START))
    for file in (PROJECT / "tree").iterdir():
        if file.suffix in (".tree", ".texts"):
            shutil.copy(file, house.data)
    return house


def digests(house: Deployment, *more: str) -> dict[str, str]:
    """What the directory would list."""
    words = ["page", "--data", house.data, "--digest", "--json", *more]
    return dict(house.commands.server(*words).json)


def listed(house: Deployment, serial: int, pages: dict[str, str]) -> None:
    """Installs a directory that lists these pages."""
    tree = sha256((house.data / "wegwijzer.tree").read_bytes()).hex()
    house.directory = house.directory.changed(
        serial=serial, tree=tree, pages=tuple(pages.items())
    )
    house.note = house.keys.sign(house.directory.text, house.path("directory.note"))
    house.commands.server("directory", "--data", house.data, house.note)


def said(house: Deployment) -> tuple[str, str]:
    """Serial and day in the page that is served."""
    page = house.serve(page=True).server.get("/nl").decode()
    (block,) = re.findall(r'id="deployment">(.*?)</script>', page)
    house.stop()
    found = json.loads(block)
    return found["serial"], found["madeOn"]


def test_a_page_is_from_the_directory_before_the_one_that_lists_it(house: Deployment) -> None:
    first = digests(house)
    assert (house.data / "page.made").read_text() == f"serial 0\nday {START}\n"
    listed(house, 2, first)
    assert digests(house) == first, "installing changes no page"
    assert said(house) == ("0", str(START))
    second = digests(house, "--renew")
    assert second != first and digests(house) == second
    assert (house.data / "page.made").read_text() == f"serial 2\nday {START}\n"
    listed(house, 3, second)
    assert digests(house) == second
    assert said(house) == ("2", str(START))


@pytest.mark.parametrize(
    "file", ["", "serial 1\n", "serial -1\nday 2027-04-06\n", "serial 1\nday 2027-04-31\n",
             "serial 1\nday 2027-04-06\n\n", "day 2027-04-06\nserial 1\n"]
)
def test_a_file_that_is_none_is_refused(house: Deployment, file: str) -> None:
    (house.data / "page.made").write_text(file)
    words = ["page", "--data", house.data, "--digest"]
    result = house.commands.server(*words, expect=1)
    assert_one_line(result)
    assert "page.made cannot be read, it must be a serial and a day" in result.error


def test_a_file_that_is_missing_is_asked_for(house: Deployment) -> None:
    (house.data / "page.made").unlink()
    words = ["page", "--data", house.data, "--digest"]
    result = house.commands.server(*words, expect=1)
    assert "it must be restored or made by page --renew" in result.error
    assert digests(house, "--renew") == digests(house)
