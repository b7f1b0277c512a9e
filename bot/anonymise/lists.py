"""The word lists of data/, each read once. Their sources and licences stand in data/README.md."""

import gzip
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
PACKED = ("english", "family_names", "given", "places", "surnames")
EDITED = (
    "coastal_towns", "conditions", "counted_heads", "districts", "eponyms", "everyday_names", "function_words",
    "generic_words", "health_words", "keep", "kin_words", "london_boroughs", "market_towns", "medicines",
    "nicknames", "not_after_title", "not_names", "not_places", "org_common", "org_endings", "org_heads",
    "practice_words", "role_words", "spoken", "weak_endings", "word_names", "word_towns", "work_words",
)  # fmt: skip


def read_all() -> None:
    """Reads every list. OSError if one is missing, ValueError if one is empty or broken."""
    if not all(packed(name) for name in PACKED) or not all(plain(name) for name in EDITED):
        raise ValueError("an empty list")


def missing() -> list[str]:
    """The files of lists that aren't there."""
    names = [f"{name}.txt.gz" for name in PACKED] + [f"{name}.txt" for name in EDITED]
    return [name for name in names if not (DATA / name).exists()]


def packed(name: str) -> list[str]:
    """The lines of a compressed list."""
    return gzip.decompress((DATA / f"{name}.txt.gz").read_bytes()).decode().split("\n")


@cache
def plain(name: str) -> tuple[str, ...]:
    """The lines of a list that people edit, without blanks and # comments."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.split(" #")[0].strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """The same lines as a set."""
    return frozenset(plain(name))


@cache
def english() -> frozenset[str]:
    """Ordinary English words, folded; names are not among them unless they are words too (mark, reading)."""
    return frozenset(packed("english")) | frozenset(plain("spoken"))


@cache
def given_names() -> frozenset[str]:
    """First names, folded."""
    return frozenset(packed("given")) - frozenset(plain("not_names"))


@cache
def surnames() -> frozenset[str]:
    """Family names, folded."""
    return frozenset(packed("surnames")) - frozenset(plain("not_names"))


@cache
def family_names() -> frozenset[str]:
    """Rarer family names, folded: none of them is an English word or on the other lists of names."""
    return frozenset(packed("family_names")) - frozenset(plain("not_names"))


def is_persons(folded: str) -> bool:
    """Whether a folded word is on a list of first or family names."""
    return folded in given_names() or folded in surnames()


@cache
def places() -> dict[str, str]:
    """Place name, folded words with single spaces -> kind (city, town, village, suburb, hamlet, county, district)."""
    found = dict(line.split("\t") for line in packed("places"))
    found |= {name.casefold(): kind for kind, _, name in (row.partition(" ") for row in plain("districts"))}
    return {name: kind for name, kind in found.items() if name not in frozenset(plain("not_places"))}


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """First name or nickname, folded -> everything it may stand for."""
    found: dict[str, frozenset[str]] = {}
    for line in plain("nicknames"):
        group = frozenset(line.split())
        for name in group:
            found[name] = found.get(name, frozenset()) | group
    return found
