"""Prints how long the page's program takes in Chromium; run by `scripts/measure-page`."""

import gzip
import math
import os
import random
import statistics

from house import ASSETS
from paper_house import DEPLOYMENT, PaperHouse, Party, days
from paper_ledger import PaperLog, message, reply_leaf
from paper_site import document
from playwright.sync_api import sync_playwright
from reporter.drop import write_drop
from reporter.keys import ThreadKeys, root_key
from reporter.leaf import Leaf
from reporter.token import Token
from vectors_fixture import WAYS, Program, served, u32

TOKEN = Token.make()
TEXT = ("Ze wachten me elke dag op bij de fietsen. " * 40).encode()
ROUNDS = 5
#: Leaves of each of the two months that a visit verifies.
LEAVES = 20_000
#: Slices of so many hashes are timed; so many stamps are drawn to say how long one takes.
SLICES, SLICE, STAMPS = 8, 128, 10_000


def measured(program, name, *parts, rounds=ROUNDS):
    times = []
    for _ in range(rounds):
        said = program.call(name, *parts)
        assert said.status == 0, (name, said.status)
        times.append(said.milliseconds)
    return times


def visit(program, house, rounds=ROUNDS):
    """What a visit does, in its order; milliseconds of each step."""

    def timed(*asked):
        return measured(program, *asked, rounds=rounds)

    root = root_key(TOKEN, DEPLOYMENT)
    drop = write_drop(house.party("nl-vi").reply(ThreadKeys(root, "nl-vi"), 0, "Dag."))
    rows = {"start": [program.start_milliseconds]}
    rows["derive (Argon2id 19 MiB)"] = timed("derive", TOKEN.value, DEPLOYMENT.encode())
    assert program.call("start", *house.start).status == 0
    rows["visit (verify what is public)"] = timed("visit", *house.files())
    rows["cover"] = timed("cover")
    assert program.call("read_token", TOKEN.text.encode()).status == 0
    rows["keys"] = timed("keys", root)
    parts = u32(1), b"nl-vi", TEXT, b"gevaar=dood\n", b"", os.urandom(52)
    rows["seal (a report)"] = timed("seal", *parts)
    rows["look (one shard, one reply)"] = timed("look", drop)
    return rows


def returning():
    """A reporter's root, and what comes back to that reporter after two full months: the public
    files and a shard of the drop as it may become, 512 KB."""
    house = PaperHouse(parties=[Party("nl-vi", "helpdesk after 14"), Party("helpdesk"), Party("nl-ocw")])
    root = root_key(TOKEN, DEPLOYMENT)
    keys, log = ThreadKeys(root, "nl-vi"), PaperLog(house)
    reply = house.party("nl-vi").reply(keys, 0, "Dag.", day=days(-5))
    own = message(keys)
    for ago, mine in ((20, [own]), (4, [reply_leaf(keys, reply)])):
        others = [
            Leaf.text("nl-vi", os.urandom(16), os.urandom(32)) for _ in range(LEAVES - len(mine) - 2)
        ]
        log.by_day[days(-ago)] = others + mine
    log.hand_over("nl-vi", own)
    fillers = {os.urandom(16): os.urandom(4096) for _ in range(126)}
    return house, root, log.files(), write_drop(reply | fillers)


def return_of(program, house, root, files, drop):
    """What a returning reporter waits for besides Argon2id."""
    rows = {}
    assert program.call("start", *house.start).status == 0
    rows[f"visit (2 x {LEAVES:,} leaves)"] = measured(program, "visit", *files)
    times = []
    for _ in range(ROUNDS):
        assert program.call("keys", root).status == 0
        times += [program.call("look", drop).milliseconds]
    rows["look (3 places)"] = times
    said = program.call("look", drop)
    assert len(said.parts) == 17, "the message and its answer are found"
    print(f"  memory of the program: {said.memory / 1e6:.1f} MB")
    return rows


def work(program):
    """Milliseconds of one hash of a stamp's work: the median of a few slices."""
    challenge, slices = os.urandom(16), []
    assert program.call("work_begin", u32(494_000), challenge, u32(65_535), b"nl-vi").status == 0
    for _ in range(SLICES + 1):
        said = program.call("work_go", u32(SLICE))
        assert said.status == 0
        slices.append(said.milliseconds / SLICE)
    return statistics.median(slices[1:])


def stamps(tries):
    """Hashes that stamps took, in order: four parts, each found with 1 in `tries` a hash."""
    draw = random.Random(tries)
    part = lambda: math.ceil(math.log(1 - draw.random()) / math.log(1 - 1 / tries))  # noqa: E731
    return sorted(sum(part() for _ in range(4)) for _ in range(STAMPS))


def show_work(title, each):
    print(f"\n{title}: work, {1000 / each:,.0f} hashes a second")
    for tries in (256, 4096):
        found = stamps(tries)
        seconds = [found[STAMPS * at // 100] * each / 1000 for at in (50, 90, 99)]
        words = ", ".join(f"{at} of 100 in {one:.1f} s" for at, one in zip((50, 90, 99), seconds))
        print(f"  tries {tries:5,} ({4 * tries:6,} hashes in the mean): {words}")


def fetched(house, files, drop):
    """What a visit fetches, in bytes as they are sent."""
    page = len(gzip.compress(document(house.roots_file)[0], 9))
    files = [*files[:1], gzip.compress(files[1], 9), *files[2:]]
    names = ["directory", "tree, gzip", "challenge", "checkpoints", "month before", "this month"]
    rows = {"page, gzip": page} | {name: len(file) for name, file in zip(names, files)}
    rows["intake.wasm, brotli"] = (ASSETS / "intake.wasm.br").stat().st_size
    rows["one shard of the drop, full"] = len(drop)
    rows["a submission"] = 92 + 16384
    print(f"\nBytes of a visit with {LEAVES:,} leaves a month")
    for name, size in (rows | {"all": sum(rows.values())}).items():
        print(f"  {name:32}{size:12,}")


def show(title, rows):
    print(f"\n{title}: first, then least and median of {ROUNDS}, in ms")
    for name, times in rows.items():
        numbers = [times[0], min(times), statistics.median(times)]
        print(f"  {name:32}" + "".join(f"{one:10.1f}" for one in numbers))


def without_compiler(playwright, address, house):
    """As in Lockdown Mode and in the safer modes of Tor Browser: no WebAssembly, nothing compiled."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--js-flags=--jitless"]
    )
    page = browser.new_page()
    page.goto(address)
    program = Program(page, "intake", "intake", True)
    show("the translation without a compiler (--jitless), once each", visit(program, house, 1))
    show_work("the translation without a compiler (--jitless)", work(program))
    browser.close()


def main():
    house = PaperHouse()
    full = returning()
    fetched(full[0], *full[2:])
    with sync_playwright() as playwright, served() as address:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        print("Chromium", browser.version)
        for way, is_translated in WAYS.items():
            page = browser.new_page()
            page.goto(address)
            program = Program(page, "intake", "intake", is_translated)
            show(f"{way}, in a Worker", visit(program, house) | return_of(program, *full))
            show_work(f"{way}, in a Worker", work(program))
            page.goto(address)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
            slow = Program(page, "intake", "intake", is_translated, start="startHere")
            title = f"{way}, the processor made 6 times slower"
            show(title, visit(slow, house) | return_of(slow, *full))
            show_work(title, work(slow))
            page.close()
        browser.close()
        without_compiler(playwright, address, house)


if __name__ == "__main__":
    main()
