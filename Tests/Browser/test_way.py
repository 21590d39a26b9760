"""The browser's own Back and Forward, in three engines: a step each, and no word is lost.

And nothing of it stays: one address, one title; after the exit nothing comes back.
"""

import shutil
import sqlite3

import pytest
from stage.waiting import until
from tabs import ENGINES, Elsewhere, FirefoxTab, chromium, webkit

STORY = "Ze wachten me elke dag op bij de fietsen."
ANSWERS = "gevaar=nee rol=leerling school=vo thema=pesten grond=onbekend wie=leerling bekend=nee wens=melden"
ANSWERED = "[...document.querySelectorAll('#tree input:checked')].map((e) => e.name + '=' + e.value).join(' ')"
NAME = "Briefje"


@pytest.fixture
def elsewhere():
    made = Elsewhere()
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def engine(request, playwright):
    made = {"chromium": chromium, "webkit": webkit, "firefox": lambda: FirefoxTab(playwright)}
    running = made[request.param]()
    yield running
    running.close()


@pytest.fixture
def tab(engine, address, elsewhere):
    """A tab that came to the page from another site."""
    engine.open(elsewhere.address + "/Ervoor")
    engine.open(address + "/")
    engine.expect("Voel jij je niet veilig op school?")
    return engine


def tell(tab) -> list[str]:
    """To the code; answers every screen that was seen."""
    seen = [tab.heading()]

    def on(css):
        before = tab.heading()
        tab.press(css)
        passing = ("", before, "Even geduld")
        seen.append(until(lambda: tab.heading() not in passing and tab.heading(), f"{before} is left", 60))

    on("#tell")
    for answer in ANSWERS.split():
        question, value = answer.split("=")
        tab.press(f"input[name={question}][value={value}]")
        on("#tree-next")
    on("button[data-tell=nl-vi]")
    tab.type("#story", STORY)
    on("#text-next")
    on("#check-next")
    return seen


def test_back_goes_a_step_back_and_forward_on_and_no_word_is_lost(tab, address):
    seen = tell(tab)
    # The start, a screen for each question, the ending, and text, last look and code.
    assert len(seen) == len(set(seen)) == len(ANSWERS.split()) + 5
    titles = set()
    for heading in reversed(seen[:-1]):
        tab.back()
        tab.expect(heading)
        titles.add(tab.js("document.title"))
    assert tab.js(ANSWERED) == ANSWERS
    for heading in seen[1:]:
        tab.forward()
        tab.expect(heading)
    assert tab.js("document.getElementById('story').value") == STORY
    assert tab.js("[...document.querySelectorAll('#code span')].length") == 3
    assert STORY in tab.js("document.getElementById('check-list').textContent")
    assert titles == {NAME} and tab.js("location.href") == address + "/"
    # The page's own button goes the same way.
    tab.press("#back")
    tab.expect(seen[-2])
    tab.forward()
    tab.expect(seen[-1])


def test_back_from_the_first_screen_leaves(tab, elsewhere):
    tab.press("#tell")
    tab.expect("Is er nu gevaar?")
    tab.back()
    tab.expect("Voel jij je niet veilig op school?")
    tab.back()
    tab.until(f"location.href === {elsewhere.address + '/Ervoor'!r}", "the site before")


def test_after_the_exit_nothing_comes_back(tab, elsewhere, address):
    tell(tab)
    away = elsewhere.address + "/Weer"
    tab.js(f"void (document.getElementById('exit').href = {away!r})")
    tab.press("#exit")
    tab.until(f"location.href === {away!r}", "the exit")
    tab.back()
    tab.until(f"location.href === {elsewhere.address + '/Ervoor'!r}", "the site before it")
    tab.forward()
    tab.until(f"location.href === {away!r}", "the exit again")
    # The entries of the way are still in the tab's list; whoever opens one is led out at once.
    tab.forward()
    tab.until(f"location.href === {away!r} && document.readyState === 'complete'", "and again")
    tab.until(f"location.href === {away!r} && !document.body.innerText.includes({NAME!r})", "and only it")


def test_after_wiping_nothing_comes_back(tab, elsewhere, address):
    tell(tab)
    line = tab.js("document.querySelectorAll('#code span')[2].textContent")
    tab.type("#last-line", line)
    tab.press("#send")
    tab.expect("Je verhaal is verstuurd")
    # Back leads to the beginning, and on again to what was said; to nothing before it.
    tab.back()
    tab.expect("Voel jij je niet veilig op school?")
    tab.forward()
    tab.expect("Je verhaal is verstuurd")
    tab.press("#step-sent [data-wipe]")
    tab.expect("Dit scherm is leeg")
    tab.forward()
    tab.expect("Dit scherm is leeg")
    assert "fietsen" not in tab.words() and line not in tab.words()
    tab.back()
    tab.until(f"location.href === {elsewhere.address + '/Ervoor'!r}", "the site before")


@pytest.mark.parametrize("way", ["another page", "again"])
def test_a_page_that_is_loaded_again_begins_at_its_beginning(tab, elsewhere, way):
    tell(tab)
    if way == "again":
        tab.reload()
    else:
        tab.open(elsewhere.address + "/Erna")
        tab.back()
    tab.expect("Voel jij je niet veilig op school?")
    tab.until("(history.state || 0) === 0", "the first entry")
    assert tab.js(ANSWERED) == "" and "fietsen" not in tab.words()
    # Forward leads nowhere, Back out of the page at once.
    tab.forward()
    tab.expect("Voel jij je niet veilig op school?")
    tab.until("(history.state || 0) === 0", "the first entry")
    tab.back()
    tab.until(f"location.href === {elsewhere.address + '/Ervoor'!r}", "the site before")


def test_the_history_of_the_browser_has_one_entry_with_a_neutral_title(address, tmp_path):
    running = chromium(tmp_path / "profile")
    running.open(address + "/")
    tell(running)
    running.back()
    running.close()
    [file] = tmp_path.glob("profile/*/History")
    shutil.copy(file, tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy") as history:
        rows = history.execute("SELECT url, title FROM urls").fetchall()
    assert rows == [(address + "/", NAME)]
