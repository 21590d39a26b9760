"""When a visit asks for what: the same list at the same times, whichever way somebody goes."""

import pytest
from paper_house import PaperHouse, Party
from paper_ledger import PaperLog, message
from paper_site import PaperSite
from playwright.sync_api import expect
from returning import HERE, LINES, THERE, answer
from schedule import has_shard
from slow_time import BEAT, Slow
from visitor import SUBMISSION

#: How long the visits that are compared last, in seconds.
LASTS = 230
#: A timer may be so many milliseconds late.
TOLERANCE = 20


@pytest.fixture
def site():
    parties = [Party("nl-vi", "helpdesk after 14"), Party("helpdesk"), Party("nl-ocw")]
    made = PaperSite(PaperLog(PaperHouse(parties=parties)), beat=str(BEAT))
    made.log.add(20, message(HERE)).add(3)
    answer(made, THERE)
    yield made
    made.close()


@pytest.fixture
def slow(browser, site):
    """Opens visits under the test's clock."""
    opened = []

    def make():
        opened.append(Slow.open(browser, site))
        return opened[-1]

    yield make
    for made in opened:
        made.someone.page.context.close()


# Ways through the page


def reads(visit):
    visit.until(100)


def asks_and_goes_back(visit):
    someone = visit.wait(3).someone
    someone.seek()
    visit.wait(20)
    someone.choose("Nee")
    visit.wait(20)
    someone.button("Terug")
    someone.button("Terug")
    visit.wait(5)
    someone.come_back(LINES)
    visit.wait(10)


def to_the_text(visit):
    someone = visit.someone
    someone.seek()
    someone.answer_questions()
    someone.tell_here()
    return someone


def tells(visit):
    to_the_text(visit.wait(2))
    lines = visit.someone.write()
    visit.wait(4)
    visit.someone.send(lines)
    visit.wait(2)


def tells_slowly(visit):
    someone = to_the_text(visit.wait(29))
    for letter in "Ze wachten me op.":
        someone.page.locator("#story").press(letter)
        visit.wait(7)
    someone.button("Verder")
    someone.button("Verder naar je code")
    lines = someone.read_code()
    visit.wait(11)
    someone.send(lines)


def types_the_code(visit):
    visit.someone.come_back(LINES)
    visit.wait(1)


def types_the_code_late(visit):
    visit.until(171)
    types_the_code(visit)


def writes_back(visit):
    visit.wait(2)
    types_the_code(visit)
    visit.someone.button("Schrijf terug")
    visit.someone.choose("De nl-vi")
    visit.someone.page.locator("#story").fill("Nog iets.")
    visit.wait(16)
    visit.someone.button("Verder")
    visit.someone.button("Verstuur")


def passes_on(visit):
    types_the_code(visit)
    visit.someone.page.get_by_role("button", name="Geef door").click()
    visit.someone.button("Ja, geef het door")


WAYS = [
    asks_and_goes_back, tells, tells_slowly, types_the_code, types_the_code_late, writes_back,
    passes_on,
]
SENT = {tells, tells_slowly, writes_back, passes_on}


def expected():
    """The list that all have in common."""
    found = []
    for number in range(1, 99):
        at = BEAT / 2 + BEAT * (number - 1)
        if at >= LASTS:
            return found
        if has_shard(number):
            found.append((at * 1000, "GET", "/v1/drop/###", 0, 200))
        found.append((at * 1000, "POST", "/v1/envelopes", SUBMISSION, 201))


def differences(asked, lasts=LASTS):
    """Where a visit is not like all others."""
    told = [row for row in expected() if row[0] < lasts * 1000]
    found = [f"{len(asked)} requests, must be {len(told)}"] if len(asked) != len(told) else []
    for one, other in zip(asked, told, strict=False):
        if one[1:] != other[1:] or not 0 <= one[0] - other[0] <= TOLERANCE:
            found.append(f"{one}, must be {other}")
    return found


@pytest.mark.parametrize("way", [reads, *WAYS], ids=lambda way: way.__name__)
def test_every_way_through_the_page_asks_for_the_same_at_the_same_times(site, slow, way):
    visit = slow()
    way(visit)
    visit.until(LASTS)
    assert differences(visit.asked) == []
    assert len(site.messages) == (1 if way in SENT else 0), "it went, among the others' covers"
    own = f"/v1/drop/{HERE.shard % 4:03}"
    paths = visit.someone.page.evaluate("() => window.__asked.map((row) => row[2])")
    drops = [path for path in paths if "/drop/" in path]
    assert len(drops) == 5
    if "code" in way.__name__:
        assert own in drops, "the code's own shard, once"


@pytest.mark.parametrize("seconds", [4, 14, 16, 61])
def test_who_leaves_early_asked_for_the_same_until_then(site, slow, seconds):
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
    "a request of its own": "document.addEventListener('click', () => fetch('/v1/challenge').then((a) => a.arrayBuffer()))",
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
def test_a_planted_leak_is_found(site, slow, leak):
    visit = slow()
    visit.someone.expected = ("status of",)
    visit.someone.page.evaluate("() => {" + leak + "}")
    to_the_text(visit.wait(5))
    visit.until(70)
    assert differences(visit.asked, 70) != []


# What is ready is never lost, and never two


def ready(visit):
    """Somebody whose message waits for its beat; the message."""
    tells(visit)
    someone = visit.someone
    expect(someone.page.locator("#sending-line")).to_contain_text("Je bericht is op slot.")
    expect(someone.page.locator("#sending-note")).to_contain_text("Ga je toch weg?")
    return bytes(someone.page.evaluate("() => Array.from(Briefje.journey.sealed.body)"))


def test_it_is_said_within_how_many_seconds_it_goes(site, slow):
    visit = slow()
    ready(visit)
    line, seconds = (visit.someone.page.locator(at) for at in ("#sending-line", "#sending-count"))
    said = line.inner_text()
    assert "binnen 10 seconden" in said
    expect(seconds).to_have_text("Seconden: 7")
    assert seconds.get_attribute("aria-hidden") == "true"
    visit.wait(4)
    expect(seconds).to_have_text("Seconden: 3")
    assert line.inner_text() == said, "a screen reader is told once"
    visit.wait(4)
    visit.someone.sent()


@pytest.mark.parametrize("leaving", ["exit", "close"])
def test_a_message_that_is_ready_goes_at_once_with_who_leaves(site, slow, leaving):
    visit = slow()
    body = ready(visit)
    assert site.messages == []
    page = visit.someone.page
    if leaving == "exit":
        page.route("https://weg.example/**", lambda route: route.fulfill(body="Het weer"))
        page.get_by_role("link", name="Snel weg").click()
    else:
        page.goto("about:blank")
    visit.go_again(site.address)
    assert site.posts == [body]


def test_a_program_that_stops_loses_and_doubles_nothing(site, slow):
    visit = slow()
    body = ready(visit)
    visit.someone.page.evaluate(
        "() => Briefje.visit.call('no_such_operation', []).catch(() => {})"
    )
    visit.wait(10)
    visit.someone.sent()
    visit.until(80)
    assert site.messages == [body]


def test_a_message_that_is_not_taken_goes_again_with_the_next_beats(site, slow):
    visit = slow()
    body = ready(visit)
    site.refusals = [503, 428]
    visit.until(LASTS)
    visit.someone.sent()
    first, second, third = site.messages
    assert first == second == body, "the same bytes"
    assert third[:40] + third[92:] == body[:40] + body[92:] and third[40:92] != body[40:92]
    order = [(at // 1000, method, status) for at, method, path, _, status in visit.asked
             if path != "/v1/drop/###"]
    assert order[:5] == [
        (15, "POST", 503), (45, "POST", 428), (75, "GET", 200), (75, "POST", 201), (105, "POST", 201),
    ]


# Work


def test_work_runs_while_somebody_writes_and_ends_with_the_visit(site, slow):
    site.log.house.tries = 4096
    visit = slow()
    before = len(visit.someone.page.workers)
    to_the_text(visit)
    visit.someone.page.wait_for_function("() => Briefje.work.share() > 0")
    assert len(visit.someone.page.workers) == before + 1
    visit.someone.page.evaluate("() => Briefje.visit.end()")
    visit.someone.page.wait_for_timeout(0)
    assert visit.someone.page.workers == []


def test_work_for_another_place_begins_anew(site, slow):
    site.log.house.tries = 64
    visit = slow()
    stamps = visit.someone.page.evaluate(
        """async () => {
          const { begin } = Briefje.work;
          const one = begin("nl-vi");
          const same = one === begin("nl-vi");
          const other = await begin("helpdesk");
          return [same, await one, Array.from(other)];
        }"""
    )
    assert stamps[:2] == [True, None] and len(stamps[2]) == 52


def test_who_sends_before_the_work_is_done_sees_how_far_it_is(site, slow):
    site.log.house.tries = 4096
    visit = slow()
    gate = "() => { const go = Briefje.work.begin; Briefje.work.begin = (id) => window.__held"
    gate += " = new Promise((done) => (window.__go = () => go(id).then(done))); }"
    visit.someone.page.evaluate(gate)
    tells(visit)
    page = visit.someone.page
    expect(page.locator("#sending-line")).to_contain_text("een zegel voor je bericht")
    expect(page.locator("#sending-work")).to_be_visible()
    expect(page.locator("#sending-note")).to_contain_text("Lees gerust wat hieronder staat.")
    expect(page.locator("#step-sending summary").first).to_be_visible()
    page.clock.resume()
    visit.someone.check_screen("work")
    page.evaluate("() => window.__go()")
    expect(page.locator("#sending-line")).to_contain_text("Je bericht is op slot.", timeout=60000)


# Out of sight


def test_a_page_out_of_sight_for_half_an_hour_rests_and_goes_on_when_seen(site, slow):
    visit = slow()
    hide = """(hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page = visit.someone.page
    page.evaluate(hide, True)
    visit.until(20)
    assert len(site.posts) == 1, "it goes on at first"
    page.clock.fast_forward(1_800_000)
    visit.calm()
    visit.wait(31)
    posts = len(site.posts)
    visit.wait(120)
    assert len(site.posts) == posts
    page.evaluate(hide, False)
    visit.wait(31)
    assert len(site.posts) == posts + 1
