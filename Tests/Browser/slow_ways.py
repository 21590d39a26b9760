"""Ways through the page under the test's clock, and the paper site that they lead through."""

import pytest
from paper_house import PaperHouse, Party
from paper_ledger import PaperLog, message
from paper_site import PaperSite
from returning import HERE, LINES, THERE, answer
from slow_time import BEAT, Slow


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
