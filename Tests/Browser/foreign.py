"""Languages that nobody speaks, made from the Dutch, to see what real ones will do to the page."""

import json
import re
import shutil
from pathlib import Path

from house import ASSETS, TREE
from reporter.primitives import sha256

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _ARABIC + _ARABIC)

#: Papiamentu as in Bonaire: no browser has its days and months.
DATES = {
    "js.datum.weekdagen": "djadumingu djaluna djamars djárason djaweps djabièrnè djasabra",
    "js.datum.maanden": "yanüari febrüari mart aprel mei yüni yüli ougùstùs sèptèmber òktober"
    " novèmber desèmber",
    "js.datum.dag": "{weekdag} {dag} di {maand}",
    "js.datum.maand": "{maand} {jaar}",
}
#: What one, few and many hours are in Ukrainian.
HOURS = {
    "js.wanneer.uren.one": "приблизно за {n} годину",
    "js.wanneer.uren.few": "приблизно за {n} години",
    "js.wanneer.uren.many": "приблизно за {n} годин",
}


def from_the_right(text: str) -> str:
    """The same text in Arabic letters, half as long again; numbers and placeholders stay."""
    parts = re.split(r"(\{[^}]+\}|[^\W\d_]+)", text)
    for place, part in enumerate(parts):
        if part and part[0] != "{" and part[0].isalpha():
            parts[place] = (part + part[: (len(part) + 1) // 2]).translate(_LETTERS)
    return "".join(parts)


def assets(folder: Path) -> Path:
    """The built page with these languages besides its own."""
    for name in (f"intake.{kind}{form}" for kind in ("wasm", "js") for form in ("", ".br", ".gz")):
        shutil.copy(ASSETS / name, folder / name)
    shutil.copytree(ASSETS / "web", folder / "web")
    dutch = json.loads((folder / "web" / "texts" / "nl.json").read_text())
    made = {
        "ar-EG": {key: from_the_right(text) for key, text in dutch.items()},
        "pap": dutch | {"taal.naam": "Papiamentu"} | DATES,
        "uk": dutch | {"taal.naam": "Українська"} | HOURS,
    }
    for language, texts in made.items():
        (folder / "web" / "texts" / f"{language}.json").write_text(json.dumps(texts))
    return folder


#: The tree's texts in these languages, and from which side they are read.
SPOKEN = {"ar-EG": "rtl", "pap": "ltr", "uk": "ltr"}


def tree(folder: Path) -> Path:
    """The tree with its texts in these languages besides its own."""
    for file in TREE.parent.glob("wegwijzer.*.texts"):
        shutil.copy(file, folder / file.name)
    head, *dutch = (TREE.parent / "wegwijzer.nl.texts").read_text().splitlines()
    assert head == "sealedintake/v1/texts nl ltr"
    lines = TREE.read_text().splitlines()
    for language, direction in SPOKEN.items():
        said = [line.split(" ", 1) for line in dutch]
        if direction == "rtl":
            said = [[key, from_the_right(text)] for key, text in said]
        texts = [f"sealedintake/v1/texts {language} {direction}", *map(" ".join, said)]
        data = "".join(line + "\n" for line in texts).encode()
        (folder / f"wegwijzer.{language}.texts").write_bytes(data)
        lines.append(f"texts {language} {sha256(data).hex()}")
    # The default stands first, the others by name.
    named = [line for line in lines if line.startswith("texts ")]
    rest = [line for line in lines[2:] if line not in named]
    built = folder / TREE.name
    lines = [*lines[:2], named[0], *sorted(named[1:]), *rest]
    built.write_text("".join(line + "\n" for line in lines))
    return built
