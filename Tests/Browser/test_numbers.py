"""Numbers that nobody called: the page says so, beside each and below all, until somebody did."""

import re
import shutil
import urllib.request

from house import TREE, PageServer, found

BESIDE, BELOW = "nog niet nagebeld", "Niet alle nummers hebben we zelf al gebeld."


def served(house) -> str:
    server = PageServer(house)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/") as answer:
            return answer.read().decode()
    finally:
        server.stop()


def test_a_number_that_nobody_called_is_not_told_as_a_fact(house):
    page = served(house)
    assert BELOW in page
    numbers = re.findall(r'<li><a class="call" href="tel:(\d+)">.*?</li>', page)
    told = re.findall(r'<li><a class="call" href="tel:(\d+)">(?:(?!</li>).)*' + BESIDE, page)
    assert len(numbers) > 40 and set(numbers) - set(told) == {"112"}


def test_once_all_were_called_nothing_is_said(tmp_path):
    for file in TREE.parent.glob("wegwijzer.*.texts"):
        shutil.copy(file, tmp_path / file.name)
    tree = TREE.read_text()
    called = re.sub(r"(?m)^contact (tel|mail) (?:read|none) ", r"contact \1 2026-11-20 ", tree)
    assert called != tree
    (tmp_path / TREE.name).write_text(called)
    page = served(found(tmp_path / "house", tree=tmp_path / TREE.name))
    assert BESIDE not in page and BELOW not in page and 'href="tel:08000432"' in page
