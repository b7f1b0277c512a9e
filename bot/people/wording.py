"""The words in which permission is asked: one file a version in prompts/consent/, kept for ever.

What a member agreed to is the sentence that was on the screen, so a change of wording is a new file, and a
decision is stored with the version that it was made under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.people.errors import WordingMissing
from bot.people.models import Scope
from bot.words import PROMPTS

FOLDER = PROMPTS / "consent"


@dataclass(frozen=True, slots=True)
class ScopeWording:
    """A permission's short label and the sentence that says what it means; each at most 75 characters."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One version: what stands above the permissions, the permissions, and what stands below them."""

    version: str
    opening: str
    administrators: str
    scopes: Mapping[Scope, ScopeWording]


def current() -> Wording:
    """The newest version: v10 comes after v9."""
    return wording(max((path.stem for path in FOLDER.glob("v*.yaml")), key=lambda stem: int(stem[1:]), default="v1"))


@cache
def wording(version: str) -> Wording:
    """The version's text; WordingMissing if it was never written."""
    path = FOLDER / f"{Path(version).name}.yaml"
    if not path.is_file():
        raise WordingMissing(version=version)
    facts: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    scopes = {Scope(name): ScopeWording(**words) for name, words in facts["scopes"].items()}
    return Wording(version, facts["opening"].strip(), facts["administrators"].strip(), scopes)
