"""What `./test` prints of the slowest tests, from events as Swift Testing writes them."""

import json
import subprocess
from pathlib import Path

from stage.commands import PROJECT


def known(name: str, kind: str = "function") -> dict[str, object]:
    """A test, or a suite, that is known."""
    return {"kind": "test", "payload": {"id": f"ATests.{name}", "kind": kind, "name": name}}


def event(kind: str, name: str, second: float) -> dict[str, object]:
    """Something that happened to it."""
    at = {"absolute": second, "since1970": 0}
    return {"kind": "event", "payload": {"kind": kind, "testID": f"ATests.{name}", "instant": at}}


def printed(folder: Path, *records: dict[str, object]) -> subprocess.CompletedProcess[str]:
    """What the script says of them."""
    path = folder / "events"
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    words = [PROJECT / "scripts" / "slowest-tests", path]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_each_test_is_counted_once_with_its_cases_or_without(tmp_path: Path) -> None:
    found = printed(
        tmp_path,
        known("suite", "suite"),
        known("plain()"),
        known("cases(of:)"),
        {"kind": "event", "payload": {"kind": "runStarted", "instant": {"absolute": 1}}},
        event("testStarted", "suite", 1),
        event("testStarted", "plain()", 1),
        event("testEnded", "plain()", 3.5),
        event("testStarted", "cases(of:)", 4),
        event("testCaseStarted", "cases(of:)", 5),
        event("testCaseEnded", "cases(of:)", 8),
        event("testEnded", "cases(of:)", 9),
        event("testEnded", "suite", 9),
    )
    assert found.stdout.splitlines() == [
        "slowest of 2 tests:",
        "     5.0 s  ATests: cases(of:)",
        "     2.5 s  ATests: plain()",
    ]


def test_a_run_of_nothing_is_an_error(tmp_path: Path) -> None:
    found = printed(tmp_path, known("never()"))
    assert found.returncode == 1 and "no test in" in found.stderr
