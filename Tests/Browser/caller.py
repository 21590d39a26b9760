"""Somebody at the helpdesk: the tree by the keys alone, and what stands on the page then."""

from house import TREE as TREE_FILE
from reporter.tree import Tree
from visitor import Visitor
from walking import TEXTS, TODAY

TREE = Tree(TREE_FILE.read_bytes())
#: Question ids in the tree's order; the first is 1.
QUESTIONS = [node.id for node in TREE.nodes if node.answers]
#: Walks of a pupil, of somebody who works at a school, into danger, and where help is there.
PUPIL = [
    ("gevaar", "nee"), ("rol", "leerling"), ("school", "vo"), ("thema", "pesten"),
    ("grond", "onbekend"), ("wie", "leerling"), ("bekend", "nee"), ("wens", "advies"),
]
STAFF = [
    ("gevaar", "nee"), ("rol", "personeel"), ("school", "vo"), ("over", "leerling"),
    ("thema", "seksueel"), ("seks", "dwang"), ("wie-seks", "school"), ("leeftijd", "onder18"),
]
WEAPON = PUPIL[:3] + [
    ("thema", "pesten"), ("thema", "fysiek"), ("grond", "onbekend"), ("geweld", "wapen"), ("wapen", "ja")
]
SETTLED = PUPIL[:-2] + [("bekend", "helpt")]
#: Whether a part is there, in sight or folded.
_IS_THERE = """(e) => {
  for (let one = e; one; one = one.parentElement) {
    if (getComputedStyle(one).display === "none") return false;
  }
  return true;
}"""
#: What an ending shows: its titles, and each entry with its block and words, whatever the order.
SHOWN = f"""() => [...document.querySelectorAll(".end h2.o, .end .e:not([data-with])")]
  .filter({_IS_THERE}).map((one) => one.matches("h2")
    ? "title " + one.classList[1] + " " + one.textContent
    : [one.closest("[class*=b0], [class*=b1], [class*=b2], [class*=b3], [class*=b4], .b5, .b6")
        .className.match(/b[0-9]/)[0], one.classList[1], ...[...one.querySelectorAll(
        "h3, :scope:not(details) > p:not(.w, .hint), :scope > b, summary b")]
        .map((part) => part.textContent)].join(" | ")).sort()"""
#: The notes of the outcomes, and why they are shown.
NOTES = f"""() => [...new Set([...document.querySelectorAll(".end .o > p, .end p.o")]
  .filter({_IS_THERE}).map((one) => one.textContent))].sort()"""
#: Whatever a key could change.
STATE = """() => JSON.stringify([
  [...document.querySelectorAll("input:checked")].map((one) => one.id),
  [...document.querySelectorAll(".q.now")].map((one) => one.id),
  document.querySelector("#tree").className, document.querySelector("#status").textContent,
  document.activeElement.id || document.activeElement.tagName,
  document.querySelector("dialog").open])"""


def keys(question: str, answers: list[str]) -> list[str]:
    """What is pressed to give these answers to a question."""
    node = TREE.node(question)
    places = list(node.answers)
    pressed = []
    for answer in answers:
        number = str(places.index(answer) + 1)
        pressed += list(number)
        if len(number) == 1 and int(number) * 10 <= len(places):
            pressed.append("Enter")
    return pressed + ["Enter"] if node.is_many else pressed


def number(question: str) -> int:
    """What a question is called aloud."""
    return QUESTIONS.index(question) + 1


def heading(question: str) -> str:
    """A question as it stands there, in Dutch."""
    return f"{number(question)} {TEXTS[f'question.{question}.text']}"


def titles(walk: list[tuple[str, str]]) -> list[str]:
    """What the endings of a walk are called, in Dutch."""
    return [TEXTS[f"outcome.{one}.title"] for one in TREE.walk(walk, TODAY).outcomes]


class Caller:
    """A window on the helpdesk's page."""

    def __init__(self, someone: Visitor, path: str = "/helpdesk") -> None:
        self.someone = someone
        self.page = someone.page
        self.answer = self.page.goto(someone.address + path)

    def press(self, *names: str) -> "Caller":
        for name in names:
            self.page.keyboard.press(name)
        return self

    def say(self, answers: list[tuple[str, str]]) -> "Caller":
        """A whole walk; the page must ask these questions in this order."""
        for question in dict.fromkeys(question for question, _ in answers):
            assert self.now() == question
            self.press(*keys(question, [one for asked, one in answers if asked == question]))
        return self

    def wipe(self) -> "Caller":
        """Begins anew, as the keys do it: the question has "no" in focus."""
        return self.press("Delete", "Tab", "Enter")

    def now(self) -> str | None:
        """The question that is read out."""
        found = self.page.locator(".q.now")
        return found.get_attribute("data-q") if found.count() else None

    def checked(self) -> list[str]:
        """The answers on the page, as they would travel."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('input:checked')]"
            ".map((one) => one.name + '=' + one.value)"
        )

    def state(self) -> str:
        return self.page.evaluate(STATE)

    def status(self) -> str:
        return self.page.locator("#status").inner_text()

    def focused(self) -> str:
        return self.page.evaluate("() => document.activeElement.textContent.trim()")

    def check_nothing_left(self) -> None:
        """No request after the document, nothing kept, no complaint."""
        assert self.someone.requests == [] and self.someone.faults == []
        assert self.page.context.cookies() == []
        kept = self.page.evaluate(
            """async () => [localStorage.length, sessionStorage.length,
            (await indexedDB.databases()).length, (await caches.keys()).length,
            (await navigator.serviceWorker.getRegistrations()).length,
            location.pathname + location.search + location.hash, history.state]"""
        )
        path = self.answer.url.removeprefix(self.someone.address)
        assert kept == [0, 0, 0, 0, 0, path, None]
