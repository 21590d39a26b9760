"""What a phone fetches before it shows something, and before it can send something."""

import re
import urllib.request

import pytest
from house import asset

#: Bytes as they are sent to a browser of today.
FIRST_PAINT, ALL = 40_000, 130_000
#: Browsers offer brotli over TLS, and a proxy hands the offer on.
OFFER = {"Accept-Encoding": "gzip, deflate, br"}


def sent(address, path):
    """Bytes of a body."""
    with urllib.request.urlopen(urllib.request.Request(address + path, headers=OFFER)) as answer:
        return len(answer.read())


def words(address, path):
    """Where the rest lies of what a page says."""
    with urllib.request.urlopen(address + path) as answer:
        return re.search(r'"words":"([^"]+)"', answer.read().decode())[1]


@pytest.mark.parametrize("language", ["nl", "nl-x-simpel", "en"])
def test_the_page_stays_small(address, language):
    page = sent(address, f"/{language}")
    rest = [sent(address, path) for path in ("/v1/tree", words(address, f"/{language}"), asset("intake.wasm"))]
    print(f"{language}: first paint {page:,}, with tree, words and program {page + sum(rest):,}", rest)
    assert page < FIRST_PAINT and page + sum(rest) < ALL
