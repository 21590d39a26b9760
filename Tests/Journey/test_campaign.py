"""`scripts/campaign` as a school's webmaster runs it: the sheets are looked at as printed."""

import base64
import hashlib
import html
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from stage.commands import FOLDERS, PROJECT, Commands
from stage.deployment import Deployment
from stage.root_keys import RootKeys

SHEETS = ("infographic", "poster-leerling", "poster-ouder", "poster-personeel")
NAME = "wegwijzer-op-school.nl"
#: Width and height in millimetres.
PAPER = {"a4": (210, 297), "a3": (297, 420)}
SVG = "{http://www.w3.org/2000/svg}"


def campaign(*words: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the script; `path` is all it can find programs in."""
    environment = os.environ | {"INTAKE_BIN": ":".join(map(str, FOLDERS))}
    if path is not None:
        environment["PATH"] = path
    command = [str(PROJECT / "scripts" / "campaign"), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, timeout=300
    )


@dataclass(frozen=True)
class Made:
    """A campaign that was made, and what it was made of."""

    folder: Path
    roots: Path
    tree: Path
    said: str

    def file(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The campaign of a tree in which somebody called every number."""
    home = tmp_path_factory.mktemp("campaign")
    tree = shutil.copytree(PROJECT / "tree", home / "tree")
    yaml = tree / "organisations.yaml"
    yaml.write_text(yaml.read_text().replace("checked_on: null", "checked_on: 2026-11-20"))
    roots = RootKeys.make(Commands(home), 1, 1).roots
    out = home / "out"
    done = campaign("--address", NAME, "--roots", roots, "--tree", tree, "--out", out)
    assert done.returncode == 0, done.stderr
    return Made(out, roots, tree, done.stderr)


class Text(HTMLParser):
    """The words of a document, its head left out."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words += data.split()


@dataclass(frozen=True)
class Word:
    """A word of a PDF and where it stands, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Word") -> bool:
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )


def run(*words: object) -> str:
    """What a tool prints; it must succeed."""
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def words_of(pdf: Path) -> tuple[tuple[float, float], list[Word]]:
    """The size of the one page, and its words without the room above capitals."""
    page = run("pdftotext", "-bbox", pdf, "-")
    (size,) = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', page)
    found = []
    for box in re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<', page
    ):
        left, top, right, bottom = map(float, box[:4])
        high = bottom - top
        found.append(Word(box[4], left, top + 0.26 * high, right, bottom - 0.05 * high))
    assert found
    return (float(size[0]), float(size[1])), found


def test_all_files_are_there_and_nothing_is_a_proof(sheets: Made) -> None:
    kinds = ("svg", "pdf")
    drawn = [f"{name}-{paper}.{kind}" for name in SHEETS for paper in PAPER for kind in kinds]
    texts = [f"{name}.html" for name in (*SHEETS, "scholen", "schoolgids")] + ["schoolgids.txt"]
    assert sorted(path.name for path in sheets.folder.iterdir()) == sorted(drawn + texts)
    assert "warning" not in sheets.said
    for name in SHEETS:
        assert "Proefdruk" not in run("pdftotext", sheets.file(f"{name}-a4.pdf"), "-")


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("paper", PAPER)
def test_a_pdf_is_one_tagged_page_with_its_fonts(sheets: Made, name: str, paper: str) -> None:
    pdf = sheets.file(f"{name}-{paper}.pdf")
    said = run("pdfinfo", pdf)
    assert re.search(r"Pages: +1\n", said) and re.search(r"Tagged: +yes", said)
    (width, height), _ = words_of(pdf)
    wide, high = PAPER[paper]
    assert abs(width / 72 * 25.4 - wide) < 1 and abs(height / 72 * 25.4 - high) < 1
    fonts = run("pdffonts", pdf).splitlines()[2:]
    assert fonts and all(re.search(r" yes yes yes ", line) for line in fonts)
    tags = run("pdfinfo", "-struct", pdf)
    assert "H1" in tags and "LI" in tags
    assert "Mozilla" not in said


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("paper", PAPER)
def test_no_word_is_off_the_sheet_or_over_another(sheets: Made, name: str, paper: str) -> None:
    (width, height), words = words_of(sheets.file(f"{name}-{paper}.pdf"))
    # Printers leave out the last five millimetres.
    edge = 5 / 25.4 * 72
    for word in words:
        assert edge <= word.left and word.right <= width - edge, word
        assert edge <= word.top and word.bottom <= height - edge, word
    over = [(one.text, two.text) for one, two in combinations(words, 2) if one.meets(two)]
    assert over == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_word_lies_on_the_code_or_the_fold(sheets: Made, name: str) -> None:
    drawn = ET.parse(sheets.file(f"{name}-a4.svg")).getroot()
    (code,) = drawn.findall(f"{SVG}svg")
    (width, _), words = words_of(sheets.file(f"{name}-a4.pdf"))
    scale = width / 2100
    x, y, side = (float(code.attrib[key]) * scale for key in ("x", "y", "width"))
    areas = [Word("code", x, y, x + side, y + side)]
    if name.startswith("poster"):
        areas.append(Word("fold", 1650 * scale, 100 * scale, 1990 * scale, 440 * scale))

    assert [(area.text, word.text) for area in areas for word in words if word.meets(area)] == []


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("shade", [(), ("-gray",)])
def test_the_code_leads_to_the_plain_address(
    sheets: Made, tmp_path: Path, name: str, shade: tuple[str, ...]
) -> None:
    run("pdftoppm", "-r", "100", "-png", *shade, sheets.file(f"{name}-a4.pdf"), tmp_path / "sheet")
    (picture,) = tmp_path.glob("sheet*.png")
    assert run("zbarimg", "--quiet", "--raw", picture).strip() == f"https://{NAME}"


@pytest.mark.parametrize("name", SHEETS)
def test_address_and_fingerprint_are_printed_as_they_are(sheets: Made, name: str) -> None:
    digest = hashlib.sha256(sheets.roots.read_bytes()).hexdigest()[:32]
    fours = " ".join(digest[at : at + 4] for at in range(0, 32, 4))
    said = " ".join(run("pdftotext", sheets.file(f"{name}-a3.pdf"), "-").split())
    assert fours in said and NAME in said
    assert fours in sheets.file("scholen.html").read_text()


@pytest.mark.parametrize("name", SHEETS)
def test_the_text_alternative_has_every_word(sheets: Made, name: str) -> None:
    alternative = Text(sheets.file(f"{name}.html").read_text()).words
    printed = [word.text for word in words_of(sheets.file(f"{name}-a4.pdf"))[1]]
    plain = html.unescape(" ".join(alternative))
    assert [word for word in printed if html.unescape(word) not in plain] == []
    drawn = ET.parse(sheets.file(f"{name}-a4.svg")).getroot()
    assert drawn.findtext(f"{SVG}title") and drawn.findtext(f"{SVG}desc")


def test_the_same_order_gives_the_same_bytes(sheets: Made, tmp_path: Path) -> None:
    again = tmp_path / "again"
    done = campaign(
        "--address", f"https://{NAME}/", "--roots", sheets.roots, "--tree", sheets.tree, "--out", again
    )
    assert done.returncode == 0, done.stderr
    for path in sheets.folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_the_longest_name_stands_on_the_sheets(sheets: Made, tmp_path: Path) -> None:
    name = "w" * 60 + ".nl"
    done = campaign(
        "--address", name, "--roots", sheets.roots, "--tree", sheets.tree, "--out", tmp_path
    )
    assert done.returncode == 0, done.stderr
    for sheet in SHEETS:
        (width, _), words = words_of(tmp_path / f"{sheet}-a4.pdf")
        (found,) = [word for word in words if word.text == name]
        assert 0 < found.left and found.right < width


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--address", "https://a.nl/?school=7"], 1, "is not plain, it must be a name with nothing"),
        (["--address", "http://a.nl"], 1, "is not plain, it must be a name with nothing"),
        (["--address", "localhost"], 1, "is not plain, it must be a name with nothing"),
        (["--address", "w" * 61 + ".nl"], 1, "has 64 letters, it must have at most 63"),
        (["--tree", "/nowhere"], 1, 'no folder "/nowhere" found, it must be the tree'),
        (["--roots", "/nowhere"], 1, 'no roots file "/nowhere" found, --roots must name it'),
        (["--out", "/dev/null/out"], 1, "nothing can be written to"),
        (["--address"], 64, "--address has no value, it must have one"),
        (["--adress", "a.nl"], 64, "usage: scripts/campaign"),
    ],
)
def test_a_wrong_order_is_one_clear_line(
    sheets: Made, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    right = {"--roots": sheets.roots, "--tree": sheets.tree, "--out": tmp_path / "out"}
    given = [word for key, value in right.items() if key not in words for word in (key, value)]
    done = campaign("--address", NAME, *given, *words)
    assert done.returncode == status
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_roots_that_are_none_are_refused(sheets: Made, tmp_path: Path) -> None:
    roots = tmp_path / "roots"
    roots.write_text("threshold 1\n")
    done = campaign("--address", NAME, "--roots", roots, "--tree", sheets.tree, "--out", tmp_path)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["roots"]


@pytest.mark.parametrize("missing", ["qrencode", "chromium"])
def test_a_missing_tool_is_named(sheets: Made, tmp_path: Path, missing: str) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in {"dirname", "qrencode", "chromium"} - {missing}:
        (tools / tool).symlink_to(shutil.which(tool) or "/nowhere")
    done = campaign("--address", NAME, "--roots", sheets.roots, path=str(tools))
    assert done.returncode == 1
    assert done.stderr == f"campaign: {missing} is not there, scripts/setup test must install it\n"


def test_a_tree_with_an_error_makes_nothing(sheets: Made, tmp_path: Path) -> None:
    tree = shutil.copytree(sheets.tree, tmp_path / "tree")
    yaml = tree / "wegwijzer.yaml"
    yaml.write_text(yaml.read_text().replace("to: wens,", "to: wenz,", 1))
    done = campaign(
        "--address", NAME, "--roots", sheets.roots, "--tree", tree, "--out", tmp_path / "out"
    )
    assert done.returncode == 1
    assert 'did you mean "wens"?' in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="session")
def offering(sheets: Made, made: Callable[..., Deployment]) -> Deployment:
    """A deployment that serves the campaign."""
    found = made("schools", desks=("helpdesk",))
    shutil.copytree(sheets.folder, found.data / "scholen")
    (found.data / "scholen" / "geheim.key").write_text("not for anybody")
    found.serve()
    return found


def test_schools_find_the_page_under_a_policy_that_runs_nothing(
    sheets: Made, offering: Deployment
) -> None:
    answer = offering.serve().server.request("GET", "/scholen")
    page = sheets.file("scholen.html").read_bytes()
    assert answer.status == 200 and answer.body == page
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    (style,) = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    pinned = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert answer.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{pinned}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    assert b"<script" not in page and b" style=" not in page and b"http:" not in page


def test_every_download_of_the_page_is_there(sheets: Made, offering: Deployment) -> None:
    server = offering.serve().server
    links = re.findall(r'href="(/[^"]*)"', sheets.file("scholen.html").read_text())
    downloads = [link for link in links if link.startswith("/scholen/")]
    assert len(downloads) == len(set(downloads)) == 22
    types = {
        "pdf": "application/pdf",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "html": "text/html; charset=utf-8",
    }
    for link in downloads:
        answer = server.request("GET", link)
        assert answer.status == 200, link
        assert answer.headers["content-type"] == types[link.rsplit(".")[-1]]
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.body == sheets.file(link.rsplit("/")[-1]).read_bytes()


@pytest.mark.parametrize(
    "path", ["/scholen/", "/scholen/geheim.key", "/scholen/../log.key", "/scholen/scholen.html"]
)
def test_nothing_else_of_the_folder_is_served(offering: Deployment, path: str) -> None:
    assert offering.serve().server.request("GET", path).status == 404


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<style>a{}</style><script>1</script>", "holds <script, it must hold words"),
        ("<style>a{}</style><style>b{}</style>", "has not one <style>, it must have"),
        ("<p>geen stijl</p>", "has not one <style>, it must have"),
    ],
)
def test_a_page_that_cannot_be_pinned_is_not_served(
    made: Callable[..., Deployment], page: str, said: str
) -> None:
    found = made("unpinned", desks=("helpdesk",))
    (found.data / "scholen").mkdir()
    (found.data / "scholen" / "scholen.html").write_text(page)
    refused = found.commands.server("serve", "--data", found.data, "--no-page", expect=1)
    assert said in refused.error and refused.error.count("\n") == 1


def test_without_the_folder_there_is_no_page(deployment: Deployment) -> None:
    assert deployment.serve().server.request("GET", "/scholen").status == 404


def test_a_browser_styles_the_served_page_and_saves_a_poster(
    sheets: Made, offering: Deployment, tmp_path: Path
) -> None:
    server = offering.serve().server
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://127.0.0.1:{server.port}/scholen")
        colour = "getComputedStyle(document.documentElement).backgroundColor"
        assert page.evaluate(colour) == "rgb(251, 247, 240)"
        with page.expect_download() as saved:
            page.locator('a[href="/scholen/poster-leerling-a4.pdf"]').click()
        saved.value.save_as(tmp_path / "poster.pdf")
        assert said == []
        browser.close()
    poster = sheets.file("poster-leerling-a4.pdf").read_bytes()
    assert (tmp_path / "poster.pdf").read_bytes() == poster


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(sheets: Made, width: int, colours: str) -> None:
    names = ["scholen.html", "schoolgids.html", *(f"{name}.html" for name in SHEETS)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme=colours  # type: ignore
        )
        for name in names:
            page.goto(f"file://{sheets.file(name)}")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} at {width}"
        browser.close()
