"""From typing a report to reading the answer and writing back, by the real commands."""

import pytest
from house import asset
from playwright.sync_api import expect
from schedule import check_requests
from visitor import DESKTOP, PUPIL, STORY, SUBMISSION

ANSWER = "Dank je dat je dit vertelt.\n\nIs er iemand op school <b>die</b> je vertrouwt?"


def check_visit(visitor, messages):
    """Every visit makes the same requests in the same order, whatever it was for."""
    check_requests(visitor.requests)
    assert {len(body) for body in visitor.posts} == {SUBMISSION}
    assert len(visitor.messages) == messages


@pytest.mark.parametrize("webassembly", [True, False], ids=["webassembly", "translation"])
def test_a_report_is_answered_and_the_answer_answered(visit, house, wire, webassembly):
    program = f"GET {asset('intake.wasm' if webassembly else 'intake.js')}"
    house.to_desk("nl-vi")  # What other visitors of this house left goes first.

    # A pupil tells it.
    first = visit(webassembly=webassembly).open()
    lines = first.tell()
    first.send(lines)
    first.sent()
    first.check_screen("sent")
    first.check_quiet()
    first.check_secret(lines)
    assert program in first.requests
    check_visit(first, 1)
    first.button("Wis dit scherm")
    first.expect_heading("Dit scherm is leeg")
    first.no_program_left()

    # The desk reads it.
    desk = house.desks["nl-vi"]
    before = {row["thread"] for row in desk.list()}
    taken = house.to_desk("nl-vi")
    assert taken["messages"] == 1 and taken["unreadable"] == 0 and taken["alarms"] == []
    [thread] = [row["thread"] for row in desk.list() if row["thread"] not in before]
    shown = desk.show(thread)
    assert all(line in shown for line in STORY.splitlines())
    assert all(answer in shown for answer in PUPIL)

    # Nothing is there yet.
    early = visit(webassembly=webassembly).open()
    early.come_back(lines)
    early.expect_heading("Er is nog geen antwoord")
    early.check_screen("no answer")
    early.check_secret(lines, "")

    # The desk answers.
    desk.reply(thread, ANSWER, kind="question")
    house.from_desk("nl-vi")

    # The pupil reads and writes back.
    again = visit(webassembly=webassembly).open()
    again.come_back(lines)
    again.expect_heading("Er is antwoord")
    reply = again.page.locator(".reply")
    expect(reply).to_have_count(1)
    assert reply.locator(".words").inner_text() == ANSWER, "text, never markup"
    assert "Vertrouwensinspecteurs" in reply.inner_text()
    assert "Ze willen je iets vragen." in reply.inner_text()
    again.check_screen("reply")
    again.button("Schrijf terug")
    again.expect_heading("Wat wil je nog vertellen?")
    again.page.get_by_label("Wat wil je nog vertellen?").fill("Ja, mevrouw Jansen van gym.")
    again.button("Verder")
    again.expect_heading("Klopt het zo?")
    again.button("Verstuur")
    again.sent()
    again.check_quiet()
    again.check_secret(lines, "Ja, mevrouw Jansen van gym.")
    assert program in again.requests
    check_visit(again, 1)

    # It joins its thread.
    taken = house.to_desk("nl-vi")
    assert taken["messages"] == 1 and taken["unreadable"] == 0
    assert "mevrouw Jansen" in desk.show(thread)
    everything = wire.everything
    for line in lines:
        assert line.encode() not in everything and line.replace("-", "").encode() not in everything
    assert b"cookie:" not in everything.lower() and b"referer:" not in everything.lower()


def test_a_visit_for_reading_looks_like_a_visit_for_telling(visit):
    reader = visit(viewport=DESKTOP).open()
    writer = visit(viewport=DESKTOP).open()
    lines = writer.tell()
    writer.send(lines)
    writer.sent()
    reader.come_back(lines)
    reader.expect_heading("We vinden niets bij deze code")
    reader.button("Wis dit scherm")
    reader.expect_heading("Dit scherm is leeg")
    common = min(len(reader.requests), len(writer.requests))
    shape = lambda visitor: [path.split("/v1/drop/")[0] for path in visitor.requests[:common]]
    assert shape(reader) == shape(writer) and common > 7
    check_visit(reader, 0)
    check_visit(writer, 1)
