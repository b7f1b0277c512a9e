"""Numbers and years as they are said, read back."""

import re

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
             "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
             "nineteenth", "twentieth")  # fmt: skip
_VALUES = {word: value for value, word in enumerate(_ONES)} | {w: 10 * i for i, w in enumerate(TENS, 2)}
_VALUES |= {"fourty": 40, "oh": 0, "o": 0}
#: "first" -> 1 … "thirty first" -> 31
ORDINAL_VALUES = {word: value for value, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30, "thirty first": 31}
ORDINAL_VALUES |= {f"twenty {word}": 20 + value for value, word in enumerate(_ORDINALS[:9], 1)}


def number(said: str) -> int | None:
    """0 to 99 in figures or words ("forty-seven"); None if it is anything else."""
    words = said.lower().replace("-", " ").split()
    if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) < 4:
        return int(words[0])
    values = [_VALUES.get(word) for word in words]
    if len(values) == 1:
        return values[0]
    tens, ones = (values[0] or 0, values[1] or 0) if len(values) == 2 else (0, 0)
    return tens + ones if tens in range(20, 100, 10) and 0 < ones < 10 else None


def year(said: str) -> int | None:
    """A year from 1900 to 2099: "2019", "'19", "twenty nineteen", "two thousand and four"; None if it is none."""
    figures = re.fullmatch(r"['’]?(\d{2}|(?:19|20)\d\d)", said.strip())
    if figures:
        value = int(figures[1])
        return value if value > 99 else value + (2000 if value < 50 else 1900)
    words = said.lower().replace("-", " ").split()
    if words[:2] == ["two", "thousand"]:
        rest = [word for word in words[2:] if word != "and"]
        late = number(" ".join(rest)) if rest else 0
        return None if late is None else 2000 + late
    if len(words) > 1 and words[0] in ("nineteen", "twenty"):
        rest = words[2:] if words[1] in ("oh", "o") else words[1:]
        late = number(" ".join(rest))
        return (
            None
            if late is None or (words[0] == "twenty" and late < 1)
            else (1900 if words[0][0] == "n" else 2000) + late
        )
    return None
