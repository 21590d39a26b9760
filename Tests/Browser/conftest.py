"""Fixtures: a founded house, its server running, and browsers with and without WebAssembly."""

import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from house import House
from page import visitor

CHROMIUM = "/usr/bin/chromium"
#: Nothing but this machine can be reached, whatever a page might try.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def house():
    made = House(Path(tempfile.mkdtemp(prefix="intake-browser-")))
    made.start()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


def launch(playwright, *arguments):
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", ALONE, *arguments],
        ignore_default_args=["--disable-back-forward-cache"],
    )


@pytest.fixture(scope="session")
def browser(playwright):
    running = launch(playwright)
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser_without_wasm(playwright):
    """WebAssembly is really not there, in Workers neither."""
    running = launch(playwright, "--js-flags=--noexpose-wasm")
    yield running
    running.close()


@pytest.fixture
def visit(browser, house):
    """Opens windows on the page; closes them after the test."""
    opened = []

    def make(**options):
        made = visitor(options.pop("browser", browser), house.address, **options)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.page.context.close()
