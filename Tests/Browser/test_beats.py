"""When a visit asks for what: the same list at the same times, whichever way somebody goes."""

import pytest
from returning import HERE
from schedule import differences
from slow_ways import (  # noqa: F401
    asks_and_goes_back, passes_on, reads, site, slow, tells, tells_slowly, to_the_text,
    types_the_code, types_the_code_late, writes_back,
)

#: How long the visits that are compared last, in seconds.
LASTS = 230
WAYS = [
    asks_and_goes_back, tells, tells_slowly, types_the_code, types_the_code_late, writes_back,
    passes_on,
]
SENT = {tells, tells_slowly, writes_back, passes_on}


@pytest.mark.parametrize("way", [reads, *WAYS], ids=lambda way: way.__name__)
def test_every_way_through_the_page_asks_for_the_same_at_the_same_times(site, slow, way):  # noqa: F811
    visit = slow()
    way(visit)
    visit.until(LASTS)
    assert differences(visit.asked, LASTS) == []
    assert len(site.messages) == (1 if way in SENT else 0), "it went, among the others' covers"
    own = f"/v1/drop/{HERE.shard % 4:03}"
    paths = visit.someone.page.evaluate("() => window.__asked.map((row) => row[2])")
    drops = [path for path in paths if "/drop/" in path]
    assert len(drops) == 5
    if "code" in way.__name__:
        assert own in drops, "the code's own shard, once"


@pytest.mark.parametrize("seconds", [4, 14, 16, 61])
def test_who_leaves_early_asked_for_the_same_until_then(site, slow, seconds):  # noqa: F811
    visit = slow()
    visit.until(seconds)
    asked = visit.asked
    visit.someone.page.evaluate("() => Briefje.visit.end()")
    posts = len(site.posts)
    visit.someone.page.clock.run_for(90_000)
    visit.go_again(site.address)
    assert differences(asked, seconds) == []
    assert len(site.posts) == posts, "nothing is posted in the instant of leaving, or after it"


# The comparison sees what it is for


LEAKS = {
    "a request of its own": (
        "document.addEventListener('click',"
        " () => fetch('/v1/directory').then((said) => said.arrayBuffer()))"
    ),
    "a shorter body": "const post = Briefje.net.post; Briefje.net.post = (b) => post(b.slice(1))",
    "a path of another length": (
        "const once = Briefje.net.once; Briefje.net.once = (p) => once(p.replace('/00', '/'))"
    ),
    "a cover that takes longer": (
        "const post = Briefje.net.post; Briefje.net.post = (b) => b[5]"
        " ? new Promise((go) => setTimeout(go, 60)).then(() => post(b)) : post(b)"
    ),
    "no cover while somebody writes": (
        "const post = Briefje.net.post; Briefje.net.post = (b) =>"
        " Briefje.steps.isOn('text') ? Promise.resolve(null) : post(b)"
    ),
    "a post at once": "document.addEventListener('click', () => Briefje.net.post(new Uint8Array(16476)))",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_planted_leak_is_found(site, slow, leak):  # noqa: F811
    visit = slow()
    visit.someone.expected = ("status of",)
    visit.someone.page.evaluate("() => {" + leak + "}")
    to_the_text(visit.wait(5))
    visit.until(70)
    assert differences(visit.asked, 70) != []
