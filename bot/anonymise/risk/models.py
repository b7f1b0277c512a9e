"""The facts of what is left after masking: a risk, all the risks of a text, and a story that is already out."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

#: a row with the header of members.csv; any column may be missing or empty
Row = Mapping[str, str]


class RiskKind(StrEnum):
    """How the words could lead back to somebody."""

    SINGLING_OUT = "singling out"
    LINKAGE = "linkage"
    ROSTER = "roster"
    INSIDER = "insider"


@dataclass(frozen=True)
class Risk:
    """One phrase that could tell who is speaking.

    `phrase` stands verbatim in the masked paragraph number `place`; `people` is how many members fit (0 where that is
    not the question); `fits` are profile terms ("practice manager", "rural"); `softer` may be put in its place.
    """

    kind: RiskKind
    place: int
    phrase: str
    people: int = 0
    fits: tuple[str, ...] = ()
    softer: str = ""


@dataclass(frozen=True)
class Assessment:
    """All risks of a text in the order of reading, and the facts that may stand beside it (none for no tag line)."""

    risks: tuple[Risk, ...] = ()
    tag_line: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As JSON text; `from_json` gives an equal assessment back."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Assessment":
        """From `to_json`'s text. ValueError, KeyError or TypeError if it is anything else."""
        raw = json.loads(text)
        risks = (_risk(row) for row in raw["risks"])
        return cls(tuple(risks), tuple(raw["tag_line"]))


def _risk(row: dict[str, object]) -> Risk:
    fits = row["fits"]
    assert isinstance(fits, list)
    known = row | {"kind": RiskKind(str(row["kind"])), "fits": tuple(fits)}
    return Risk(**known)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Published:
    """A story that the community may read, and the member whose words it is."""

    text: str
    speaker: str
