"""The follow-up token (section 3)."""

import os
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .primitives import label, sha256
from .refusal import Refused

_VECTORS = Path(__file__).resolve().parents[2] / "Vectors"
_VOWELS = str.maketrans("0134", "oiea")
_CONSONANTS = str.maketrans("258", "zsb")
_KEPT = set(string.ascii_letters + string.digits)


class TokenRefused(Refused):
    """Why a typed code is none; `syllable` says which one (0..8), where one is to blame."""

    def __init__(self, reason: str, syllable: int | None = None) -> None:
        super().__init__(reason)
        self.syllable = syllable


@cache
def syllables() -> list[str]:
    """The table of 1,024 syllables; a broken table is refused."""
    found = (_VECTORS / "token-syllables.txt").read_text("ascii").split("\n")
    if found.pop() != "" or len(set(found)) != 1024 or any(len(one) != 3 for one in found):
        raise Refused("syllable table is broken, must be 1,024 lines of three letters")
    return found


@dataclass(frozen=True)
class Token:
    """Ten random bytes and their spelling in nine syllables."""

    value: bytes

    @staticmethod
    def make() -> "Token":
        """A fresh token."""
        return Token(os.urandom(10))

    @staticmethod
    def read(text: str) -> "Token":
        """Reads a typed code: letters and digits count, everything else is dropped."""
        kept = "".join(letter for letter in text if letter in _KEPT).lower()
        if len(kept) != 27:
            raise TokenRefused(f"{len(kept)} letters, must be 27")
        numbers = [_number(kept[3 * place : 3 * place + 3], place) for place in range(9)]
        bits = sum(number << 10 * (8 - place) for place, number in enumerate(numbers))
        token = Token((bits >> 10).to_bytes(10, "big"))
        if bits & 0x3FF != token._check:
            raise TokenRefused("check does not hold")
        return token

    @property
    def _check(self) -> int:
        digest = sha256(label("token-check") + self.value)
        return int.from_bytes(digest[:2], "big") >> 6

    @property
    def lines(self) -> list[str]:
        """Three lines of three syllables: `baf-bel-faf`."""
        bits = int.from_bytes(self.value, "big") << 10 | self._check
        spelled = [syllables()[bits >> 10 * (8 - place) & 0x3FF] for place in range(9)]
        return ["-".join(spelled[3 * line : 3 * line + 3]) for line in range(3)]

    @property
    def text(self) -> str:
        """All nine syllables, lines parted by a space."""
        return " ".join(self.lines)


def _number(typed: str, place: int) -> int:
    syllable = (
        typed[0].translate(_CONSONANTS)
        + typed[1].translate(_VOWELS)
        + typed[2].translate(_CONSONANTS)
    )
    try:
        return syllables().index(syllable)
    except ValueError:
        raise TokenRefused(f"syllable {syllable!r} is not in the table", place) from None
