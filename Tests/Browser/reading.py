"""How hard a text is to read, and what a translation must have in common with the Dutch."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TEXTS = PROJECT / "Sources" / "IntakePage" / "Web" / "texts"
TREE = PROJECT / "tree"
#: What the page and the tree are written in first; everything else is held to it.
FIRST = "nl"

#: Words that blame, or that only officials use; the names of organisations are none of these.
_DUTCH = re.compile(
    r"\b(ongeldig\w*|verplicht\w*|fout(?!\s+doet)\w*|error|indienen van|slachtoffer(?!hulp)\w*"
    r"|dader\w*|beklaagde\w*|melder\w*|invoer\w*|succesvol\w*|middels|derhalve|dient te|teneinde"
    r"|met taken belast\w*|inzake|omtrent|indien|hierbij|desgewenst|aangeklaagde\w*|casus)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(victims?(?! support)|perpetrators?|offenders?|accused|complainants?|invalid|mandatory"
    r"|pursuant|hereby|errors?|in order to|utili[sz]e|prior to|commence)\b",
    re.IGNORECASE,
)
#: Long words that have no shorter one, or that stand on signs, letters and in a browser's menu.
_NAMES = frozenset(
    "vertrouwensinspecteur vertrouwensinspecteurs vertrouwenspersoon vertrouwenspersonen"
    " kindertelefoon".split()
)


@dataclass(frozen=True)
class Level:
    """The longest sentence in words and the longest word in letters."""

    words: int
    letters: int
    banned: re.Pattern
    allowed: frozenset = _NAMES


LEVELS = {
    "nl": Level(
        15,
        12,
        _DUTCH,
        _NAMES | set("discriminatie overschrijven terugschrijven buitensluiten".split()),
    ),
    "nl-x-simpel": Level(
        10,
        10,
        _DUTCH,
        _NAMES
        | set(
            "discriminatie bijvoorbeeld geschiedenis privévenster overschrijven"
            " teruggenomen basisschool basisscholen universiteit schooldagen handtekening"
            " naaktfoto’s naaktfoto's".split()
        ),
    ),
    "en": Level(15, 12, _ENGLISH, _NAMES | {"discrimination"}),
}
#: Which forms of a number a language needs besides its one text (CLDR); others need none.
PLURALS = {"uk": {"one", "few", "many"}, "ar": {"zero", "one", "two", "few", "many"}}
#: Texts that count something.
COUNTED = [
    "js.schrijf.over", "js.schrijf.te-lang", "js.typ.lengte", "js.weg.nog",
]
#: What a language has where browsers do not know its days and months.
OWN_DATES = {f"js.datum.{name}" for name in ("weekdagen", "maanden", "dag", "maand")}
_PLURAL = re.compile(r"\.(zero|one|two|few|many)$")


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:;])[”’)]?\s+", text) if part]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w’'-]*", text)


def names(texts: dict[str, str]) -> frozenset[str]:
    """The words in names of organisations: people will hear and see these, however long."""
    found = [text for key, text in texts.items() if re.fullmatch(r"organisation\.[^.]+\.name", key)]
    return frozenset(word.lower() for text in found for word in words(text))


def hard_parts(language: str, text: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What somebody who reads badly would fall over; `allowed` are long words besides the level's."""
    level = LEVELS[language]
    found = [f"“{match[0]}” is not for readers" for match in level.banned.finditer(text)]
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > level.words:
            found.append(f"{count} words, must be {level.words}: {sentence}")
    for word in words(text):
        for part in word.split("-"):
            if len(part) > level.letters and part.lower() not in level.allowed | allowed:
                found.append(f"“{part}” is longer than {level.letters} letters")
    return found


def numbers(text: str) -> list[str]:
    """Every number of a text, whole hours without their minutes, "half 5" as 16.30."""
    text = re.sub(r"\bhalf (\d{1,2})\b", lambda hour: f"{int(hour[1]) + 11}.30", text)
    return sorted(re.findall(r"\d+", re.sub(r"\b(\d{1,2})[:.]00\b", r"\1", text)))


def differences(language: str, texts: dict[str, str], first: dict[str, str]) -> list[str]:
    """What is missing, too much or too long, against the Dutch."""
    found = [f"{key} is missing" for key in first.keys() - texts.keys()]
    for key, text in texts.items():
        base = _PLURAL.sub("", key)
        if key in first:
            found += [f"{key}: {fault}" for fault in _faults(text, first[key])]
        elif key not in OWN_DATES and (base not in COUNTED or base not in first):
            found.append(f"{key} is in no other language")
    for key in [key for key in COUNTED if key in first]:
        for form in PLURALS.get(language.split("-")[0], set()):
            if f"{key}.{form}" not in texts:
                found.append(f"{key}.{form} is missing")
    dates = OWN_DATES & texts.keys()
    if dates and dates != OWN_DATES:
        found.append(f"only {sorted(dates)} of the dates")
    return sorted(found)


def _faults(text: str, first: str) -> list[str]:
    found = []
    if not text or text.strip() != text or "\n" in text:
        found.append("is empty or has space around it")
    if re.search(r"[<>&{}]", re.sub(r"\{[\w.-]+\}", "", text)):
        found.append("has a mark that is none of a text")
    if sorted(re.findall(r"\{[\w.-]+\}", text)) != sorted(re.findall(r"\{[\w.-]+\}", first)):
        found.append("has other placeholders")
    if numbers(text) != numbers(first):
        found.append(f"has the numbers {numbers(text)}, must be {numbers(first)}")
    if len(text) > 2 * len(first) + 20:
        found.append(f"is {len(text)} long, must be {2 * len(first) + 20} at most")
    return found


def addressed(text: str, polite: bool = False) -> str:
    """A text as it is said to who is "je" to us, or "u": where both stand in it, `[je|u]`."""
    return re.sub(r"\[([^]|]*)\|([^]|]*)\]", lambda both: both[2 if polite else 1], text)


def page_texts(polite: bool = False) -> dict[str, dict[str, str]]:
    """The texts of the page, by language, as they are said to a pupil or to a parent."""
    read = {path.stem: json.loads(path.read_text()) for path in sorted(TEXTS.glob("*.json"))}
    found = {
        language: {key: addressed(text, polite) for key, text in texts.items()}
        for language, texts in read.items()
    }
    assert FIRST in found, "no Dutch found, it must be there"
    return found


def tree_texts() -> dict[str, dict[str, str]]:
    """The texts of the built tree, by language: `KEY TEXT` lines, of the languages it names."""
    lines = (TREE / "wegwijzer.tree").read_text().splitlines()
    languages = [line.split(" ")[1] for line in lines if line.startswith("texts ")]
    found = {}
    for language in languages:
        text = (TREE / f"wegwijzer.{language}.texts").read_text()
        found[language] = dict(line.split(" ", 1) for line in text.splitlines())
        assert found[language], f"no text of the tree in {language}, there must be some"
    return found
