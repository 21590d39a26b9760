"""The store tells no time finer than a day, nor the order in which anything came."""

import re
import time
from collections.abc import Callable

from reporter.submission import Submission
from stage.canaries import (
    Journey,
)
from stage.directories import today
from stage.memory import found_in_files
from stage.store import opened, tables, values


def moments(started: float) -> Callable[[int], bool]:
    """Whether a number is a moment of this test: seconds, milli, micro, nano, minutes, hours."""
    first, last = started - 5, time.time() + 5
    units = (1, 1e3, 1e6, 1e9, 1 / 60, 1 / 3600)
    spans = [(int(first * unit), int(last * unit)) for unit in units]
    # Seconds since 2001, as Foundation counts them.
    spans.append((int(first - 978_307_200), int(last - 978_307_200)))
    return lambda value: any(low <= value <= high for low, high in spans)


def finer_than_a_day(name: str, value: object, is_moment: Callable[[int], bool]) -> list[str]:
    """Why a value of the store tells a time finer than a day."""
    found = []
    if isinstance(value, int | float) and is_moment(int(value)):
        found.append(f"{name}: number {value}")
    if isinstance(value, float) and 2_400_000 < value < 2_500_000:
        found.append(f"{name}: Julian day {value}")
    if isinstance(value, str):
        if re.search(r"\b[0-2]\d:[0-5]\d", value):
            found.append(f"{name}: time in text {value[:60]!r}")
        numbers = (int(one) for one in re.findall(r"(?<![\w+/])\d{5,20}(?![\w+/])", value))
        found += [f"{name}: number {one} in text" for one in numbers if is_moment(one)]
    if isinstance(value, bytes) and len(value) <= 1024:
        for at in range(len(value) - 3):
            for size, order in ((4, "big"), (4, "little"), (8, "big"), (8, "little")):
                part = value[at : at + size]
                number = int.from_bytes(part, order)  # type: ignore[arg-type]
                if len(part) == size and number > 2**30 and is_moment(number):
                    found.append(f"{name}: {size} bytes at {at} are {number}")
    return found


def test_the_search_for_times_finds_them() -> None:
    now = time.time()
    is_moment = moments(now)
    planted: list[object] = [
        int(now),
        int(now * 1000),
        int(now * 1e6),
        now,
        int(now / 3600),
        int(now - 978_307_200),
        f"at {int(now)}",
        "2026-01-02 13:45:00",
        b"ab" + int(now).to_bytes(4, "big"),
        b"abc" + int(now * 1000).to_bytes(8, "little") + b"d",
        2_461_000.5,
    ]
    for value in planted:
        assert finer_than_a_day("planted", value, is_moment), value
    assert not finer_than_a_day("day", int(now / 86_400), is_moment)
    assert not finer_than_a_day("day", today().isoformat(), is_moment)


def test_the_store_holds_no_time_finer_than_a_day(journey: Journey) -> None:
    is_moment = moments(journey.started)
    path = journey.deployment.data / "intake.sqlite"
    seen, found = 0, []
    for name, value in values(path):
        seen += 1
        found += finer_than_a_day(name, value, is_moment)
    assert seen > 100, "the store must have been read"
    assert found == []
    for note in journey.deployment.data.glob("*"):
        if note.is_file() and not note.name.startswith(("intake.sqlite", "log.key", "promise.key")):
            text = note.read_bytes().decode("utf-8", "replace")
            assert finer_than_a_day(note.name, text, is_moment) == []


def test_no_stamp_is_kept(journey: Journey) -> None:
    """A ticket would tell when its stamp was made, and who asked for the challenge before."""
    tickets = {one.stamp.ticket for one in journey.submissions}
    assert len(tickets) == len(journey.submissions) > 10
    tags = {one.tag for one in journey.submissions}
    kept = {part for _, part in found_in_files(journey.deployment.data, tags | tickets)}
    assert tags <= kept, "the search must find what is there"
    assert not tickets & kept


def test_no_key_of_the_store_grows_with_arrival(journey: Journey) -> None:
    """Neither row ids nor the order of rows on disk tell which submission came first."""
    arrived = {
        organisation: [one for one in journey.submissions if one.organisation == organisation]
        for organisation in ("zz-python", "helpdesk")
    }
    found = 0
    connection = opened(journey.deployment.data / "intake.sqlite")
    for name in tables(connection):
        for row_id in ("rowid", None):
            order = f" ORDER BY {row_id}" if row_id else ""
            try:
                rows = connection.execute(f'SELECT * FROM "{name}" NOT INDEXED{order}').fetchall()
            except Exception:  # a table without row ids
                continue
            for submissions in arrived.values():
                places = [_place(rows, one) for one in submissions]
                known = [place for place in places if place is not None]
                if len(known) < len(places):
                    continue
                found += 1
                assert known != sorted(known), f"{name} lies in the order of arrival"
                assert known != sorted(known, reverse=True)
    connection.close()
    assert found, "the submissions must have been found in some table"


def _place(rows: list[tuple[object, ...]], submission: Submission) -> int | None:
    for at, row in enumerate(rows):
        for value in row:
            if isinstance(value, bytes) and submission.tag in (value, value[-16:], value[16:32]):
                return at
    return None
