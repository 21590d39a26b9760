"""What a returning reporter may decide: to pass a message on, and to say yes to a transfer."""

import pytest
from paper_ledger import message
from playwright.sync_api import expect
from reporter.envelope import EnvelopeClass, open_envelope, seal_text
from reporter.leaf import Leaf
from reporter.primitives import sha256, unseal
from returning import HERE, LAST, THERE, answer, back, own, posted, site, visit  # noqa: F401


# Passing on


def test_an_overdue_message_is_passed_on_and_opened_there(site, back):  # noqa: F811
    house = site.log.house
    helpdesk = house.party("helpdesk")
    story = seal_text(b"SIR1", house.party("nl-vi").pair[0], helpdesk.pair[0], HERE.release(9))
    leaf = Leaf.text("nl-vi", HERE.tag_in(sha256(story.envelope), 9), sha256(story.envelope))
    site.log.add(20, leaf)
    someone = back()
    expect(own(someone)).to_contain_text("Nog niet opgehaald")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.expect_heading("Geef je bericht door")
    explained = someone.page.locator("#step-pass")
    for words in ("Dit bericht gaat dan open voor Helpdesk", "niets opnieuw te vertellen",
                  "blijft ook klaarliggen voor Vertrouwensinspecteurs", "dezelfde code"):
        expect(explained).to_contain_text(words)
    assert site.messages == []
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")
    expect(someone.page.locator("#sent-to")).to_contain_text("Wie het nu kan lezen: Helpdesk.")
    someone.check_quiet()
    someone.button("Wis dit scherm")
    sent, frame = posted(site, helpdesk.pair)
    assert (sent.organisation, frame.kind, frame.fields[21]) == ("helpdesk", 6, b"nl-vi")
    assert frame.verifies("thread-sign", THERE.thread[0])
    assert frame.fields[8] == leaf.digest
    opened = open_envelope(story.envelope, EnvelopeClass.TEXT, [helpdesk.pair], frame.fields[15])
    assert opened.startswith(b"SIR1")

    # Its state, and later its answer, are found with the same code.
    site.log.add(1, Leaf.text("helpdesk", sent.tag, sha256(sent.envelope)))
    again = back()
    expect(again.page.locator("#replies h2")).to_have_count(2)
    expect(own(again)).to_contain_text("Je schreef daarna al aan Helpdesk.")
    answer(site, THERE, ago=1)
    later = back()
    expect(later.page.locator(".reply")).to_contain_text("Helpdesk")


def test_who_does_not_pass_it_on_goes_back(site, back):  # noqa: F811
    site.log.add(20, message(HERE))
    someone = back()
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Nee, ik wacht nog")
    expect(own(someone)).to_contain_text("Nog niet opgehaald")
    someone.button("Wis dit scherm")
    assert site.messages == [], "covers alone"


def test_a_program_that_stopped_still_knows_what_to_pass_on(site, back):  # noqa: F811
    site.log.add(75, message(HERE)).add(50)
    someone = back()
    for _ in range(2):
        someone.button("Kijk verder terug")
        expect(someone.page.locator("#back-line")).to_contain_text("We keken nu ook in")
    for _ in range(2):
        someone.page.evaluate("() => Briefje.visit.call('no_such_operation', []).catch(() => {})")
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")


def test_a_line_that_breaks_while_passing_on_loses_nothing(site, back):  # noqa: F811
    site.log.add(20, message(HERE))
    someone = back()
    someone.expected = ("ERR_",)
    someone.page.route("**/v1/envelopes", lambda route: route.abort())
    someone.page.get_by_role("button", name="Geef door").click()
    someone.button("Ja, geef het door")
    someone.expect_heading("Het lukt nog niet")
    someone.button("Ga terug")
    someone.expect_heading("Geef je bericht door")
    someone.page.unroute("**/v1/envelopes")
    someone.button("Ja, geef het door")
    someone.expect_heading("Je hebt het doorgegeven")


# Transfer


def asked(site, back, other="nl-ocw", **options):
    answer(site, kind=5, other=other, text="Zij kunnen je hier beter mee helpen.")
    return back(**options)


def test_a_yes_lets_the_other_place_answer(site, back):  # noqa: F811
    someone = asked(site, back)
    reply = someone.page.locator(".reply")
    expect(reply).to_contain_text("Zij kunnen je hier beter mee helpen.")
    expect(reply).to_contain_text("Mag je verhaal naar Ministerie van Onderwijs?")
    someone.page.get_by_role("button", name="Kies ja of nee").click()
    someone.expect_heading("Mag je verhaal naar Ministerie van Onderwijs?")
    someone.button("Ja, dat mag")
    someone.expect_heading("Je hebt ja gezegd")
    expect(someone.page.locator("#sent-to")).to_contain_text("aan Ministerie van Onderwijs")
    someone.check_quiet()
    sent, frame = posted(site, site.log.house.party("nl-vi").pair)
    assert (sent.organisation, frame.kind) == ("nl-vi", 3)
    assert frame.verifies("thread-sign", HERE.thread[0])
    keys = frame.fields[14]
    assert keys[:7] == b"\x06nl-ocw"
    opened = unseal(keys[7:], site.log.house.party("nl-ocw").pair)
    assert opened == LAST.thread[0] + LAST.reply[0] + LAST.tag_key

    # The other place answers.
    site.log.add(1, Leaf.text("nl-vi", sent.tag, sha256(sent.envelope)))
    answer(site, LAST, ago=1, text="Wij hebben het gelezen.")
    again = back()
    expect(again.page.locator(".reply").nth(0)).to_contain_text("Heb je al ja gezegd?")
    expect(again.page.locator(".reply").nth(1)).to_contain_text("Wij hebben het gelezen.")


def test_a_no_sends_nothing_by_itself(site, back):  # noqa: F811
    someone = asked(site, back)
    someone.page.get_by_role("button", name="Kies ja of nee").click()
    someone.button("Nee, liever niet")
    someone.expect_heading("Goed, dan gebeurt er niets")
    expect(someone.page.locator("#step-no")).to_contain_text("Je hoeft niets te doen.")
    assert site.messages == []
    someone.button("Schrijf waarom")
    someone.expect_heading("Wat wil je nog vertellen?")
    someone.page.get_by_label("Wat wil je nog vertellen?").fill("Daar werkt mijn tante.")
    someone.button("Verder")
    someone.button("Verstuur")
    someone.sent()
    sent, frame = posted(site, site.log.house.party("nl-vi").pair)
    assert (frame.kind, frame.fields[10]) == (2, b"Daar werkt mijn tante.")


@pytest.mark.parametrize("other", ["nobody", "nl-vi"])
def test_a_question_about_an_unknown_place_has_no_yes(site, back, other):  # noqa: F811
    someone = asked(site, back, other)
    expect(someone.page.locator(".reply")).to_contain_text("Daarom kun je hier geen ja zeggen.")
    expect(someone.page.get_by_role("button", name="Kies ja of nee")).to_have_count(0)
