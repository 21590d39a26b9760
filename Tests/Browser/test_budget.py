"""What a phone fetches before it shows something, and before it can send something."""

import re
import urllib.request

import pytest
from house import asset

#: Bytes as they are sent to a browser of today.
FIRST_PAINT, ALL = 40_000, 131_150
#: Browsers offer brotli over TLS, and a proxy hands the offer on.
OFFER = {"Accept-Encoding": "gzip, deflate, br"}


def sent(address, path):
    """Bytes of a body."""
    with urllib.request.urlopen(urllib.request.Request(address + path, headers=OFFER)) as answer:
        return len(answer.read())


def rest(address, path):
    """Where that lies which goes with a page's program."""
    with urllib.request.urlopen(address + path) as answer:
        return re.search(r'"rest":"([^"]+)"', answer.read().decode())[1]


@pytest.mark.parametrize("language", ["nl", "nl-x-simpel", "en"])
def test_the_page_stays_small(address, language):
    page = sent(address, f"/{language}")
    later = "/v1/tree", rest(address, f"/{language}"), asset("intake.wasm")
    sizes = [sent(address, path) for path in later]
    print(f"{language}: first paint {page:,}, with the rest {page + sum(sizes):,}", sizes)
    assert page < FIRST_PAINT and page + sum(sizes) < ALL
