"""A visitor: the page in a real browser, used as a person would, and everything it does watched."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stage.waiting import until

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STORY = "Ze wachten me elke dag op bij de fietsen.\nGisteren gooiden ze mijn tas in de sloot. 🚲"
SUBMISSION = 92 + 16384
#: What a pupil answers who is bullied by another, and wants to tell it.
PUPIL = (
    "Nee", "Ik zit op school", "Middelbare school", "Schelden, dreigen, bang maken",
    "Een leerling of student", "Nee, nog niet", "Melden zonder mijn naam",
)
#: What is said when something is there; a second message is no story.
SENT = re.compile("^(Je|Uw) (verhaal|bericht) is verstuurd$")
#: Where that leads.
ENDED = "Meld het zonder naam."
#: Opens whatever is folded.
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
#: What a screen is about: its title, the question on it, or where the questions led.
HEADING = (
    ".step:not([hidden]):not(#step-tree) h1, "
    "#step-tree:not([hidden]) .asking .q.now h2, #step-tree:not([hidden]) .ending h2.o:visible"
)


@dataclass
class Visitor:
    """One browser window; `seen` is every request, `faults` whatever the browser complained of."""

    page: Page
    address: str
    seen: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    #: Console lines that a test expects, as a part of their text.
    expected: tuple = ()

    def open(self):
        self.answer = self.page.goto(self.address + "/")
        return self

    # What it sees

    @property
    def requests(self) -> list[str]:
        """`METHOD /path` of every request after the document, in order."""
        sent = [request for request in self.seen[1:] if not request.url.startswith("blob:")]
        return [f"{request.method} {urlsplit(request.url).path}" for request in sent]

    @property
    def posts(self) -> list[bytes]:
        return [request.post_data_buffer for request in self.seen if request.method == "POST"]

    @property
    def messages(self) -> list[bytes]:
        """What was posted besides covers."""
        return [body for body in self.posts if not body[5]]

    def heading(self) -> str:
        return self.page.locator(HEADING).first.inner_text()

    def expect_heading(self, text: str | re.Pattern, timeout: float = 60000):
        expect(self.page.locator(HEADING).first).to_have_text(text, timeout=timeout)

    def button(self, name: str):
        self.page.get_by_role("button", name=name, exact=True).click()

    def choice(self, name: str):
        """The field of the answer with these words, or of the place with this name."""
        words = self.page.get_by_text(name, exact=True)
        return self.page.locator(".choice:visible").filter(has=words).locator("input")

    def choose(self, *names: str):
        """Answers what is asked, and goes on."""
        for name in names:
            self.choice(name).check()
        self.button("Verder")

    # Whole ways

    def seek(self):
        """From the first screen to the first question."""
        self.button("Zoek hulp of vertel het")
        self.expect_heading("Is er nu gevaar?")

    def answer_questions(self, *answers: str):
        """All questions, one answer each; a pupil's where none are given."""
        self.expect_heading("Is er nu gevaar?")
        for answer in answers or PUPIL:
            self.choose(answer)

    def tell_here(self, place: str = "nl-vi"):
        """From where the questions led to the text."""
        offer = self.page.locator(f'button[data-tell="{place}"]:visible')
        if offer.count() == 0:
            self.page.evaluate(OPEN_ALL)
        offer.first.click()
        self.expect_heading("Wat gebeurt er?")

    def tell(self, story: str = STORY):
        """From the first screen to the code; answers the code's three lines."""
        self.seek()
        self.answer_questions()
        self.expect_heading(ENDED)
        self.tell_here()
        return self.write(story)

    def write(self, story: str = STORY):
        self.expect_heading("Wat gebeurt er?")
        self.page.locator("#story").fill(story)
        self.button("Verder")
        self.expect_heading("Klopt het zo?")
        self.button("Verder naar je code")
        return self.read_code()

    def read_code(self) -> list[str]:
        self.expect_heading("Schrijf dit over")
        expect(self.page.locator("#code span")).to_have_count(3)
        return self.page.locator("#code span").all_inner_texts()

    def send(self, lines: list[str]):
        self.page.get_by_label("Typ de laatste regel over").fill(lines[2])
        self.button("Verstuur")

    def sent(self, timeout: float = 60000):
        self.expect_heading(SENT, timeout)

    def come_back(self, lines: list[str]):
        self.button("Ik heb een code")
        self.expect_heading("Typ je code")
        self.page.get_by_label("Typ je code").fill("\n".join(lines))
        self.button("Lees mijn antwoord")

    def shard_came(self):
        """Waits until the code's own shard was read."""
        self.page.wait_for_function("() => (Briefje.visit.drop || []).length > 0")
        # What is asked after it is answered after it.
        self.page.evaluate("() => Briefje.visit.call('intake_check_text', ['Dag'])")

    def no_program_left(self):
        """Waits until every machine of the page ended; the browser tells of each when it is gone."""
        until(lambda: self.page.evaluate("1") and not self.page.workers, "no machine is left")

    # What must always hold

    def check_screen(self, name: str):
        """No fault of accessibility, nothing beside the screen."""
        width = self.page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{name} is {width} wide"
        # At the end, where the button that stays in sight lies on nothing: elsewhere one can scroll.
        self.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
        found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        assert not found, (name, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])

    def check_quiet(self):
        """No complaint, no other host, no cookie, nothing stored, nothing in the address."""
        faults = [fault for fault in self.faults if not any(part in fault for part in self.expected)]
        assert faults == []
        host = (self.address, "blob:" + self.address, "data:")
        assert all(request.url.startswith(host) for request in self.seen)
        assert self.page.context.cookies() == []
        kept = self.page.evaluate(
            """async () => [localStorage.length, sessionStorage.length,
            (await indexedDB.databases()).length, (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length, location.href]"""
        )
        assert kept == [0, 0, 0, 0, 0, self.address + "/"]

    def check_secret(self, lines: list[str], story: str = STORY):
        """Neither code nor story in any request or address, in any spelling."""
        letters = "".join(lines).replace("-", "")
        spellings = [letters.encode(), "-".join(lines).encode(), *(line.encode() for line in lines)]
        spellings += [part.encode() for part in re.split(r"\W+", story) if len(part) > 5]
        for request in self.seen:
            everything = request.url.encode() + json.dumps(request.headers).encode()
            everything += request.post_data_buffer or b""
            for spelling in spellings:
                assert spelling not in everything, (request.url, spelling)


def visitor(
    browser: Browser,
    address: str,
    webassembly: bool = True,
    context: BrowserContext | None = None,
    **options,
) -> Visitor:
    """A new window without any past; where wished, of a browser that has no WebAssembly."""
    context = context or browser.new_context(**({"viewport": PHONE, "locale": "nl-NL"} | options))
    page = context.new_page()
    made = Visitor(page, address)
    page.on("request", lambda request: made.seen.append(request))
    page.on("pageerror", lambda error: made.faults.append(str(error)))
    page.on(
        "console",
        lambda line: made.faults.append(line.text) if line.type in ("error", "warning") else None,
    )
    if options.get("java_script_enabled", True):
        page.expose_function("__violation", lambda text: made.faults.append("CSP " + text))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " (e) => __violation(e.violatedDirective + ' ' + e.blockedURI))"
        )
    if not webassembly:
        page.add_init_script("delete window.WebAssembly")
    return made
