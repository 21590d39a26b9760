"""Whoever looks after a server is told: by its log, by `/v1/health` and by `status`."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from reporter.visit import Reporter
from stage.clock import Clock
from stage.commands import Result
from stage.deployment import Deployment
from stage.serving import ServerProcess
from stage.waiting import until

START = datetime.date(2027, 3, 10)
MORE_THAN_ANY_DISK = 1 << 40


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    return made("health", desks=("nl-vi",), python_desks=(), clock=Clock(START))


def health(process: ServerProcess) -> tuple[int, dict[str, Any]]:
    """What anybody is told: the status, and the words."""
    answer = process.server.request("GET", "/v1/health")
    assert answer.headers["content-type"] == "application/json"
    return answer.status, json.loads(answer.body)


def status(house: Deployment, *more: object, expect: int) -> Result:
    return house.commands.server("status", "--data", house.data, *more, expect=expect)


def told(process: ServerProcess, words: str) -> None:
    """Waits until the server says something by itself: it looks around every twenty seconds."""
    until(lambda: words in process.error.read_text(), words, seconds=120)


def test_a_server_that_is_well_says_so_and_nothing_else(house: Deployment) -> None:
    process = house.serve()
    assert health(process) == (200, {"status": "ok", "failing": [], "warnings": []})
    assert process.server.request("HEAD", "/v1/health").status == 200
    assert process.server.request("POST", "/v1/health").status == 405
    assert status(house, expect=0).out == "closed through 2027-03-09, 0 leaves\nall is well\n"
    assert status(house, "--json", expect=0).json == []
    assert process.error.read_text() == ""


def test_a_full_disk_is_told_by_all_three(house: Deployment) -> None:
    process = house.serve(more=("--least-free", str(MORE_THAN_ANY_DISK)))
    told(process, "nothing is taken; make room: phones keep what was written")
    assert health(process) == (503, {"status": "failing", "failing": ["disk"], "warnings": []})
    reporter = Reporter(house.name)
    one = reporter.compose(house.public(), "nl-vi", "Is er plaats?")
    assert process.server.post(one.encoded).status == 503
    said = status(house, "--least-free", MORE_THAN_ANY_DISK, expect=1)
    assert "FAILING" in said.out and "make room" in said.out
    [finding] = status(house, "--least-free", MORE_THAN_ANY_DISK, "--json", expect=1).json
    assert finding["word"] == "disk" and finding["failing"] is True
    house.stop()


def test_what_keeps_days_open_is_told_and_when_it_is_over(made: Callable[..., Deployment]) -> None:
    # In true time: who sleeps by a clock that a test sets does not wake.
    house = made("health-days", desks=("nl-vi",), python_desks=())
    mark = house.data / "high-water"
    kept = mark.read_bytes()
    mark.unlink()
    process = house.serve()
    told(process, "past days are not closed: no high-water mark")
    assert health(process)[1]["failing"] == ["closing"]
    assert "high-water" in status(house, expect=1).out
    mark.write_bytes(kept)
    told(process, "over: past days are not closed")
    assert health(process)[0] == 200
    assert process.error.read_text().count("past days are not closed") == 2
    house.stop()


def test_days_that_nobody_closed_are_told(house: Deployment) -> None:
    assert house.commands.clock
    house.commands.clock.forward()
    server = house.commands.server
    server("close-day", "--data", house.data, "--through", START)
    house.commands.clock.forward()
    said = status(house, expect=1).out
    assert "which nothing explains" in said
    assert "intake-server close-day --through 2027-03-11" in said


def test_a_directory_that_ends_soon_is_a_warning_and_then_a_failure(house: Deployment) -> None:
    house.wait(275)
    process = house.serve()
    told(process, "the directory expires on 2028-01-04, then nobody can report")
    expected = {"status": "ok", "failing": [], "warnings": ["directory"]}
    assert health(process) == (200, expected)
    house.wait(26)
    assert "has expired on 2028-01-04" in status(house, expect=1).out
    process = house.serve()
    told(process, "has expired on 2028-01-04")
    assert health(process)[1]["failing"] == ["directory"]
    house.stop()


def test_another_tree_and_another_promise_key_are_told(house: Deployment) -> None:
    tree = house.data / "wegwijzer.tree"
    kept = tree.read_bytes()
    tree.write_bytes(kept + b"\n")
    assert "tree" in [one["word"] for one in status(house, "--json", expect=1).json]
    tree.write_bytes(kept)
    (house.data / "promise.key").unlink()
    words = [one["word"] for one in status(house, "--json", expect=1).json]
    assert words == ["promise-key"]
