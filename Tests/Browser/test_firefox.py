"""The same page in Firefox: a report goes, and its code finds its shard again."""

import pytest
from tabs import UNSET
from visitor import visitor


@pytest.fixture(scope="module")
def firefox(playwright):
    running = playwright.firefox.launch(
        channel="moz-firefox", executable_path="/usr/bin/firefox-esr"
    )
    yield running
    running.close()


def sent(wire):
    """Messages so far, without covers."""
    return len([body for body in wire.posts if not body[5]])


def test_firefox_tells_and_comes_back(firefox, address, wire):
    context = firefox.new_context(viewport={"width": 390, "height": 844}, **UNSET)
    before = sent(wire)
    first = visitor(firefox, address, context=context).open()
    lines = first.tell()
    first.send(lines)
    first.sent()
    again = visitor(firefox, address, context=context).open()
    again.come_back(lines)
    again.expect_heading("We vinden niets bij deze code")
    for someone in (first, again):
        assert someone.faults == []
    assert sent(wire) == before + 1
    everything = wire.everything
    assert all(line.encode() not in everything for line in lines)
    context.close()
