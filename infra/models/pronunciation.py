"""How an English word that is missing in a pronouncing dictionary is said, made of words that are in it.

A job's terms are full of such words: initials ("rfq"), British spellings ("standardisation"), prefixes and compounds
("refactoring", "workstream"). Whatever cannot be put together from known parts has no pronunciation: none is guessed
from letters, since a word that is listened for under a wrong one is only heard where it was not said.
Phones are those of CMUdict (ARPAbet without stress).
"""

import re
from collections.abc import Iterable, Mapping

RESPELLINGS = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("iser", "izer"), ("yser", "yzer"),
    ("elling", "eling"), ("elled", "eled"), ("vapour", "vapor"), ("enrol", "enroll"), ("sulph", "sulf"),
    ("sceptic", "skeptic"), ("favour", "favor"), ("instal", "install"), ("metre", "meter"),
)  # fmt: skip
"""British spellings, and the American ones that the dictionary has."""
PREFIXES = {
    "re": "R IY", "de": "D IY", "un": "AH N", "pre": "P R IY", "mis": "M IH S", "non": "N AA N", "over": "OW V ER",
    "under": "AH N D ER", "micro": "M AY K R OW", "multi": "M AH L T IY", "hyper": "HH AY P ER", "up": "AH P",
    "pseud": "S UW D", "meta": "M EH T AH", "im": "IH M", "ir": "IH R", "off": "AO F", "on": "AA N",
}  # fmt: skip
"""As they are said before a word."""
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
INITIALS = 4
"""Letters up to which an unknown word is taken for initials, and spelled."""
PART = 3
"""Letters of the shorter part of a compound, at least."""
HISSING, VOICELESS = {"S", "Z", "SH", "CH", "JH", "ZH"}, {"P", "T", "K", "F", "TH", "S", "SH", "CH"}


def read_dictionary(lines: Iterable[str]) -> dict[str, str]:
    """The first pronunciation of every word of a dictionary in CMUdict's form."""
    found: dict[str, str] = {}
    for line in lines:
        word, _, phones = line.strip().partition(" ")
        if phones and not word.endswith(")"):  # "read(2)" is another way to say "read"
            found.setdefault(word, phones.strip())
    return found


class Pronunciations:
    """Looks words up, and puts together those that are not there."""

    def __init__(self, dictionary: Mapping[str, str]) -> None:
        self._known = dictionary

    def say(self, term: str) -> str | None:
        """The phones of a term of one or more words; None where one of them has no pronunciation."""
        said = [self._word(word) for word in re.findall(r"[a-z0-9']+", term.lower().replace("’", "'"))]
        return " ".join(phones for phones in said if phones) if said and all(said) else None

    def _word(self, word: str) -> str | None:
        return self._whole(word) or self._spelled(word) or self._prefixed(word) or self._compound(word)

    def _whole(self, word: str) -> str | None:
        """A word of the dictionary, in either spelling, or one of its inflections."""
        return self._known.get(word) or self._respelled(word) or self._inflected(word)

    def _respelled(self, word: str) -> str | None:
        for british, american in RESPELLINGS:
            if british in word and (phones := self._known.get(word.replace(british, american))):
                return phones
        return None

    def _inflected(self, word: str) -> str | None:
        for ending, say in (("s", _plural), ("ed", _past), ("ing", _going), ("er", _doer)):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < PART:
                continue
            for base in (stem, f"{stem}e"):
                if phones := self._known.get(base) or self._respelled(base):
                    return say(phones)
        return None

    def _spelled(self, word: str) -> str | None:
        if len(word) > INITIALS or not re.search("[a-z]", word) or re.search("[0-9]{2}|'", word):
            return None
        letters = [self._known.get(DIGITS[int(each)] if each.isdigit() else f"{each}.") for each in word]
        return " ".join(phones for phones in letters if phones) if all(letters) else None

    def _prefixed(self, word: str) -> str | None:
        for prefix, phones in PREFIXES.items():
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > PART and (said := self._whole(rest)):
                return f"{phones} {said}"
        return None

    def _compound(self, word: str) -> str | None:
        """Of two words, cut as near to the middle as possible: two long ones are seldom there by chance."""
        cuts = range(PART, len(word) - PART + 1)
        for cut in sorted(cuts, key=lambda cut: abs(2 * cut - len(word))):
            first, second = self._known.get(word[:cut]), self._whole(word[cut:])
            if first and second:
                return f"{first} {second}"
        return None


def _plural(phones: str) -> str:
    last = phones.rpartition(" ")[2]
    if last in HISSING:
        return f"{phones} IH Z"
    return f"{phones} {'S' if last in VOICELESS else 'Z'}"


def _past(phones: str) -> str:
    last = phones.rpartition(" ")[2]
    if last in ("T", "D"):
        return f"{phones} IH D"
    return f"{phones} {'T' if last in VOICELESS else 'D'}"


def _going(phones: str) -> str:
    return f"{phones} IH NG"


def _doer(phones: str) -> str:
    return f"{phones} ER"
