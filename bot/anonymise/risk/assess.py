"""Everything that is left after masking, looked at in four ways before anybody signs it off."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from bot.anonymise.risk import clues as clue_table
from bot.anonymise.risk import insider, linkage, singling, tag_line
from bot.anonymise.risk.community import Community
from bot.anonymise.risk.models import Assessment, Published, Risk, RiskKind, Row
from bot.anonymise.risk.rehearsal import THIS_YEAR, Intruder
from bot.anonymise.risk.singling import Told, Whom

_NAMES = {"name": "a name", "slack_name": "a name", "organisation": "an organisation", "place": "a place"}


def assess(
    paragraphs: Sequence[str],
    *,
    speaker: str,
    members: Sequence[Row],
    published: Sequence[Published] = (),
    k: int = 5,
    year: int = THIS_YEAR,
) -> Assessment:
    """The risks of masked paragraphs in the order of reading, and the finest tag line that may stand beside them.

    `members` are rows as in members.csv, the speaker's among them; `published` the stories that are out. Pure and
    deterministic; a community of nobody, columns that are missing and odd text do no harm.
    """
    intruder = Intruder(members, year=year)
    clues = intruder.clues(paragraphs)
    facts = singling.told(clues, intruder.community, speaker)
    line = _line(speaker, intruder.community, members, published, facts, k)
    beside = tag_line.sharing(line or {}, intruder.community)
    found = [
        *_leaks(paragraphs, intruder),
        *singling.risks(facts, beside, k),
        *insider.risks(clues, speaker, intruder),
        *linkage.risks(paragraphs, speaker, published),
    ]
    return Assessment(tuple(_in_order(found, paragraphs)), tuple((line or {}).values()))


def _line(
    speaker: str,
    community: Community,
    members: Sequence[Row],
    published: Sequence[Published],
    facts: Sequence[Told],
    k: int,
) -> dict[str, str] | None:
    heard = frozenset(story.speaker for story in published) | {speaker}
    return tag_line.coarsened(tag_line.whole(_row(speaker, members)), community, heard, fit_all(facts, community), k)


def _row(speaker: str, members: Sequence[Row]) -> Row:
    return next((row for row in members if str(row.get("id") or "") == speaker), {})


def line_beside(
    texts: Sequence[str],
    *,
    speaker: str,
    members: Sequence[Row],
    heard: Collection[str],
    k: int,
    before: Mapping[str, str] | None = None,
    year: int = THIS_YEAR,
) -> dict[str, str] | None:
    """The tag line (column -> value) that may stand beside all of a speaker's texts; None for none.

    `heard` are the members with a story that is out; `before` what was printed once: no fact is added to it.
    """
    community = Community.of(members)
    line: dict[str, str] | None = tag_line.whole(_row(speaker, members))
    if before is not None:
        line = {column: value for column, value in (line or {}).items() if before.get(column) == value}
    for text in texts:
        clues = [
            c for place, part in enumerate(text.split("\n")) for c in clue_table.find(part, year=year, place=place)
        ]
        told = fit_all(singling.told(clues, community, speaker), community)
        line = tag_line.coarsened(line, community, heard, told, k) if line is not None else None
    return line


def fit_all(facts: Sequence[Told], community: Community) -> Whom:
    """Whom everything that a text tells fits."""
    whom = np.ones(len(community), dtype=np.bool_)
    for fact in facts:
        whom &= fact.fits
    return whom


def _leaks(paragraphs: Sequence[str], intruder: Intruder) -> Iterator[Risk]:
    """Names of the roster that are still there, as written or as they sound; the longest of those that overlap."""
    found = intruder.names(paragraphs)
    upto = (-1, -1)
    for clue in found:
        if (clue.place, clue.start) >= upto:
            upto = clue.place, clue.end
            where = clue.place, clue.start, clue.end
            owned = (other.facts[0][0] for other in found if (other.place, other.start, other.end) == where)
            what = tuple(dict.fromkeys(_NAMES[column] for column in owned))
            yield Risk(RiskKind.ROSTER, clue.place, clue.phrase, 0, what, clue.softer)


def _in_order(found: Sequence[Risk], paragraphs: Sequence[str]) -> list[Risk]:
    """By paragraph and position; of risks about the same words, the first kind to have found them."""
    kept: dict[tuple[int, str], Risk] = {}
    for risk in found:
        if risk.phrase in paragraphs[risk.place]:
            kept.setdefault((risk.place, risk.phrase.lower()), risk)
    return sorted(
        kept.values(), key=lambda risk: (risk.place, paragraphs[risk.place].find(risk.phrase), -len(risk.phrase))
    )
