"""Somebody with a code, and the paper site that she comes back to."""

import pytest
from house import ORGANISATIONS
from paper_house import DEPLOYMENT, PaperHouse, Party, days
from paper_ledger import PaperLog, reply_leaf
from paper_site import PaperSite
from playwright.sync_api import expect
from reporter.envelope import EnvelopeClass, open_envelope
from reporter.frame import REPORTER, Frame
from reporter.keys import ThreadKeys, root_key
from reporter.submission import Submission
from reporter.token import Token
from visitor import SUBMISSION, visitor

TOKEN = Token.make()
LINES = ["-".join(TOKEN.text.replace("\n", "-").split("-")[at : at + 3]) for at in (0, 3, 6)]
ROOT = root_key(TOKEN, DEPLOYMENT)
HERE, THERE, LAST = (ThreadKeys(ROOT, name) for name in ORGANISATIONS)
WORDS = "Dank je wel.\n\nMogen we <b>even</b> bellen?"


def weekday(count):
    """A day as the page writes it."""
    day = days(count)
    names = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
    months = "januari februari maart april mei juni".split()
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"


@pytest.fixture
def site():
    parties = [
        Party(name, escalation, name=said) for name, (said, _, escalation) in ORGANISATIONS.items()
    ]
    made = PaperSite(PaperLog(PaperHouse(parties=parties)))
    made.log.add(3)
    yield made
    made.close()


@pytest.fixture
def visit(browser, site):
    """Opens windows on the paper page."""
    opened = []

    def make(**options):
        opened.append(visitor(browser, site.address, **options))
        opened[-1].page.clock.set_fixed_time(site.now)
        return opened[-1].open()

    yield make
    for made in opened:
        made.page.context.close()


@pytest.fixture
def back(visit):
    """Opens a window and types the code; answers when the page says what log and drop have."""

    def make(**options):
        someone = visit(**options)
        someone.come_back(LINES)
        expect(someone.page.locator("#step-replies")).to_be_visible(timeout=30000)
        someone.shard_came()
        return someone

    return make


def own(someone, at=0):
    return someone.page.locator("#replies .own").nth(at)


def answer(site, keys=HERE, number=0, kind=2, other="", ago=2, text=WORDS):
    """Puts an answer into drop and log."""
    party = site.log.house.party(keys.organisation)
    entry = party.reply(keys, number, text, day=days(-ago), kind=kind, other=other)
    site.log.add(ago - 1, reply_leaf(keys, entry))
    site.drop |= entry
    return entry


def posted(site, pair):
    """The one message that was sent, opened."""
    [body] = site.messages
    assert len(body) == SUBMISSION and body[5] == 0
    sent = Submission.read(body)
    plain = open_envelope(sent.envelope, EnvelopeClass.TEXT, [pair])
    return sent, Frame.read(plain, REPORTER)
