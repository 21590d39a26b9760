"""Languages that nobody speaks, made from the Dutch, to see what real ones will do to the page."""

import json
import re
import shutil
from pathlib import Path

from house import ASSETS

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
    parts = re.split(r"(\{\w+\}|[^\W\d_]+)", text)
    for place, part in enumerate(parts):
        if part and part[0] != "{" and part[0].isalpha():
            parts[place] = (part + part[: (len(part) + 1) // 2]).translate(_LETTERS)
    return "".join(parts)


def assets(folder: Path) -> Path:
    """The built page with these languages besides its own."""
    for name in ("intake.wasm", "intake.wasm.gz", "intake.js", "intake.js.gz"):
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
