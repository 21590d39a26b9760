"""Fixtures: a founded house, its page on a watched line, and windows of a browser."""

import pytest
from caller import Caller
from house import PageServer, found
from playwright.sync_api import sync_playwright
from visitor import DESKTOP, visitor
from wire import Wire

CHROMIUM = "/usr/bin/chromium"
#: Nothing but this machine can be reached, whatever a page might try.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """A deployment with three real desks."""
    return found(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def wire(house):
    """Its page, served over a line that remembers what left the browsers."""
    server = PageServer(house)
    line = Wire(server.port)
    yield line
    line.close()
    server.stop()


@pytest.fixture(scope="session")
def address(wire):
    """Where the page is."""
    return wire.address


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    running = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", ALONE],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield running
    running.close()


@pytest.fixture
def visit(browser, address):
    """Opens windows on the page; closes them after the test."""
    opened = []

    def make(**options):
        made = visitor(browser, address, **options)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.page.context.close()


@pytest.fixture
def desk(visit):
    """Opens the helpdesk's page."""

    def make(path="/helpdesk", **options):
        return Caller(visit(**({"viewport": DESKTOP} | options)), path)

    return make
