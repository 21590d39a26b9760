"""Prints how long the page's program takes in Chromium; run by `scripts/measure-page`."""

import statistics

from paper_house import DEPLOYMENT, PaperHouse
from playwright.sync_api import sync_playwright
from reporter.drop import write_drop
from reporter.keys import ThreadKeys, root_key
from reporter.token import Token
from vectors_fixture import WAYS, Program, served, u32

TOKEN = Token.make()
TEXT = ("Ze wachten me elke dag op bij de fietsen. " * 40).encode()
ROUNDS = 5


def measured(program, name, *parts):
    times = []
    for _ in range(ROUNDS):
        said = program.call(name, *parts)
        assert said.status == 0, (name, said.status)
        times.append(said.milliseconds)
    return times


def visit(program, house):
    """What a visit does, in its order; milliseconds of each step."""
    root = root_key(TOKEN, DEPLOYMENT)
    drop = write_drop(house.party("nl-vi").reply(ThreadKeys(root, "nl-vi"), 0, "Dag."))
    rows = {"start": [program.start_milliseconds]}
    rows["derive (Argon2id 19 MiB)"] = measured(program, "derive", TOKEN.value, DEPLOYMENT.encode())
    assert program.call("start", DEPLOYMENT.encode(), house.roots_file, b"nl").status == 0
    rows["visit (verify what is public)"] = measured(program, "visit", *house.files())
    rows["cover"] = measured(program, "cover")
    assert program.call("read_token", TOKEN.text.encode()).status == 0
    rows["keys"] = measured(program, "keys", root)
    rows["seal (a report)"] = measured(program, "seal", u32(1), b"nl-vi", TEXT, b"", b"")
    rows["replies (one shard, one reply)"] = measured(program, "replies", drop)
    return rows


def show(title, rows):
    print(f"\n{title}: first, then least and median of {ROUNDS}, in ms")
    for name, times in rows.items():
        numbers = [times[0], min(times), statistics.median(times)]
        print(f"  {name:32}" + "".join(f"{one:10.1f}" for one in numbers))


def main():
    house = PaperHouse()
    with sync_playwright() as playwright, served() as address:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        print("Chromium", browser.version)
        for way, is_translated in WAYS.items():
            page = browser.new_page()
            page.goto(address)
            show(f"{way}, in a Worker", visit(Program(page, "intake", "intake", is_translated), house))
            page.goto(address)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
            slow = Program(page, "intake", "intake", is_translated, start="startHere")
            show(f"{way}, the processor made 6 times slower", visit(slow, house))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
