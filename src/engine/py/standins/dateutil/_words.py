"""The words of a date, one after the other."""

import re
from typing import Any

from ._date import Date

_MONTHS = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december"
)
_WEEKDAYS = "mon monday|tue tuesday|wed wednesday|thu thursday|fri friday|sat saturday|sun sunday"
_UNITS = "h hour hours|m minute minutes|s second seconds"
_HALVES = "am a|pm p"
_SKIPPED = frozenset(" |.|,|;|-|/|'|at|on|and|ad|m|t|of|st|nd|rd|th".split("|"))

# Numbers, of which a fraction is a part, words, whose letters may have dots between them, and all else.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?(?![.,]?\d)|\d+|[^\W\d_]+(?:\.[^\W\d_]+)*|\s|.", re.DOTALL)
_DATE_OF_DOTS = re.compile(r"\d+(?:\.\d+){2,}")


def _indexed(words: str) -> dict[str, int]:
    groups = words.split("|")
    return {word: index for index, group in enumerate(groups) for word in group.split()}


MONTHS = _indexed(_MONTHS)
WEEKDAYS = _indexed(_WEEKDAYS)
UNITS = _indexed(_UNITS)
HALVES = _indexed(_HALVES)
_UNIT_NAMES = ("hour", "minute", "second")


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    # In 5.3.2024 the dots separate, in 5.3 there is a fraction.
    for part in re.split(rf"({_DATE_OF_DOTS.pattern})", text.replace("\0", "")):
        dotted = _DATE_OF_DOTS.fullmatch(part)
        found += re.findall(r"\d+|\.", part) if dotted else _TOKEN.findall(part)
    return [" " if token.isspace() else token for token in found]


class Reader:
    """Reads a date, a time and a zone out of a text; raises ValueError for a word that is none of these."""

    def __init__(self, text: str, fuzzy: bool) -> None:
        self.tokens = _tokens(text)
        self.fuzzy = fuzzy
        self.date = Date()
        self.clock: dict[str, int] = {}
        self.weekday: int | None = None
        self.zone: str | None = None
        self.offset: int | None = None
        self.place = 0

    def found_anything(self) -> bool:
        """Whether the text says anything of a date."""
        stated = self.date.parts() or self.clock or self.weekday is not None
        return bool(stated or self.zone or self.offset is not None)

    def read(self) -> None:
        """Reads all words."""
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token[0].isdigit() and token.isascii():
                taken = self._number(token)
            else:
                taken = self._word(token)
            self.place += taken

    def _at(self, distance: int) -> str:
        place = self.place + distance
        return self.tokens[place] if place < len(self.tokens) else ""

    def _number(self, token: str) -> int:
        """Takes a number, and says how many words it and what belongs to it are."""
        following = self._at(1)
        digits = token.partition(".")[0]
        if len(self.date.values) == 3 and len(token) in (2, 4) and "hour" not in self.clock:
            if following != ":" and following.lower() not in UNITS:
                self._set_clock(token[:2], token[2:])
                return 1
        if len(digits) == 6 and "," not in token:
            if not self.date.values and "." not in token:
                for part in (token[:2], token[2:4], token[4:]):
                    self.date.append(part)
            else:
                self._set_clock(token[:2], token[2:4], token[4:])
            return 1
        if token.isdigit() and len(token) in (8, 12, 14):
            for part in (token[:4], token[4:6], token[6:8]):
                self.date.append(part)
            self._set_clock(token[8:10], token[10:12], token[12:])
            return 1
        return self._number_by_what_follows(token, following)

    def _number_by_what_follows(self, token: str, following: str) -> int:
        unit = following.lower()
        if unit in UNITS or (following == " " and self._at(2).lower() in UNITS and self._at(2) != "m"):
            return self._with_unit(token, 1 if unit in UNITS else 2)
        if following == ":" and self._at(2)[:1].isdigit():
            seconds = self._at(4) if self._at(3) == ":" else ""
            self._set_clock(token, self._at(2), seconds)
            return 5 if seconds else 3
        if following and following in "-/." and "." not in token:
            return self._separated(token, following)
        half = HALVES.get((self._at(2) if following == " " else following).lower().replace(".", ""))
        if half is not None and "hour" not in self.clock and float(token) <= 12:
            self._set_clock(token)
            self._set_half(half)
            return 3 if following == " " else 2
        if following == "" or unit in _SKIPPED or self.date.could_be_day(token):
            self.date.append(token)
            return 1
        return self._skip()

    def _with_unit(self, token: str, distance: int) -> int:
        index = UNITS[self._at(distance).lower()]
        self._set_clock(*[""] * index, token)
        return distance + 1

    def _separated(self, first: str, separator: str) -> int:
        """Takes a date of numbers, or of numbers and a month's name, between separators."""
        self.date.append(first)
        taken = 2
        for _ in range(2):
            part = self._at(taken)
            if not part or part.lower() in _SKIPPED:
                break
            if part.lower() in MONTHS:
                self.date.append_month(MONTHS[part.lower()] + 1)
            elif part.isdigit():
                self.date.append(part)
            else:
                raise ValueError(part)
            taken += 1
            if self._at(taken) != separator:
                break
            taken += 1
        return taken

    def _word(self, token: str) -> int:
        word = token.lower()
        if word in WEEKDAYS:
            self.weekday = WEEKDAYS[word]
        elif word in MONTHS:
            return self._month(MONTHS[word] + 1)
        elif word.replace(".", "") in HALVES and "hour" in self.clock and self.clock["hour"] <= 12:
            self._set_half(HALVES[word.replace(".", "")])
        elif self._could_be_zone(token):
            return self._zone(token)
        elif token in ("+", "-") and "hour" in self.clock and self._at(1).isdigit():
            return self._offset(token)
        else:
            return self._skip()
        return 1

    def _month(self, month: int) -> int:
        self.date.append_month(month)
        separator, taken = self._at(1), 1
        if separator and separator in "-/":
            while taken < 5 and self._at(taken) == separator and self._at(taken + 1).isdigit():
                self.date.append(self._at(taken + 1))
                taken += 2
        return taken

    def _could_be_zone(self, token: str) -> bool:
        if "hour" not in self.clock or self.zone is not None or self.offset is not None:
            return False
        upper = token.isascii() and token.isalpha() and token.isupper() and len(token) <= 5
        return upper or token in ("utc", "gmt", "z", "Z")

    def _zone(self, token: str) -> int:
        self.zone = token.upper() if token in ("utc", "gmt", "z") else token
        if self._at(1) not in ("+", "-") or not self._at(2).isdigit():
            return 1
        # "GMT+3" means that it is three hours later here than GMT, and only the offset counts.
        self.place += 1
        self.zone = None if self.zone in ("UTC", "GMT", "Z") else self.zone
        return self._offset("-" if self._at(0) == "+" else "+")

    def _offset(self, sign: str) -> int:
        digits, taken = self._at(1), 2
        if len(digits) == 4:
            hours, minutes = int(digits[:2]), int(digits[2:])
        elif self._at(2) == ":" and self._at(3).isdigit():
            hours, minutes, taken = int(digits), int(self._at(3)), 4
        elif len(digits) <= 2:
            hours, minutes = int(digits), 0
        else:
            raise ValueError(digits)
        self.offset = (-1 if sign == "-" else 1) * (hours * 3600 + minutes * 60)
        name = [self._at(taken + index) for index in range(4)]
        if name[0] == " " and name[1] == "(" and name[3] == ")" and self.zone is None:
            self.zone, taken = name[2], taken + 4
        return taken

    def _skip(self) -> int:
        if self.tokens[self.place].lower() not in _SKIPPED and not self.fuzzy:
            raise ValueError(self.tokens[self.place])
        return 1

    def _set_half(self, half: int) -> None:
        self.clock["hour"] = self.clock["hour"] % 12 + 12 * half

    def _set_clock(self, *parts: Any) -> None:
        """Sets hours, minutes and seconds; a fraction of one is so many of the next."""
        for index, (name, part) in enumerate(zip(_UNIT_NAMES, parts, strict=False)):
            if not part:
                continue
            whole, _, fraction = part.replace(",", ".").partition(".")
            self.clock[name] = int(whole)
            if fraction and name == "second":
                self.clock["microsecond"] = int(fraction[:6].ljust(6, "0"))
            elif fraction:
                self.clock[_UNIT_NAMES[index + 1]] = int(60 * float(f"0.{fraction}"))
