"""How far a leader has come in looking through a draft, and what their decisions do to its words. Pure.

Decisions wait until the leader is through (or closes the window), so that going back and choosing again costs
nothing, and then become one change of the draft. They are kept with the draft: any process may get the next tap.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from bot.stories.models import Draft
from bot.stories.review.lines import Line, LineKind, most_important


class Choice(StrEnum):
    """What was chosen for a line."""

    KEEP = "keep"
    CHANGE = "change"
    HIDE = "hide"
    SOFTEN = "soften"
    PUT_BACK = "put back"


@dataclass(frozen=True)
class Decision:
    """A choice for a line, and all it takes to carry it out, whatever became of the line meanwhile.

    `old` gives way to `new` (in paragraph `place`, unless it moved); `hide` is hidden everywhere; the words of
    `entity` are put back.
    """

    line: str
    choice: Choice
    place: int = 0
    old: str = ""
    new: str = ""
    hide: str = ""
    entity: str = ""

    @property
    def changes(self) -> bool:
        """Whether the words will be different."""
        return self.choice is not Choice.KEEP


@dataclass(frozen=True)
class Looked:
    """`lines` were looked at for good; `decisions` wait to be carried out, in the order they were made.

    `page` is the page of the full text that is open in the message (None: the first page), `window` a window that
    waits to hear how a change went.
    """

    lines: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    page: int | None = None
    window: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Looked":
        raw = json.loads(text)
        return cls(tuple(raw["lines"]), decisions_from(raw["decisions"]), raw["page"], raw["window"])

    def deciding(self, decision: Decision) -> "Looked":
        """With a decision, in place of an earlier one on the same line."""
        others = tuple(other for other in self.decisions if other.line != decision.line)
        return replace(self, decisions=(*others, decision))

    def on(self, line: str) -> Decision | None:
        """What was decided on a line, while it waits."""
        return next((decision for decision in self.decisions if decision.line == line), None)

    def settled(self) -> "Looked":
        """With nothing waiting any more."""
        return replace(self, lines=tuple(dict.fromkeys([*self.lines, *(d.line for d in self.decisions)])), decisions=())

    def unsettled(self, decisions: Sequence[Decision]) -> "Looked":
        """As it was before these decisions were carried out, as they were not; newer ones on the same lines win."""
        waiting = {decision.line: decision for decision in (*decisions, *self.decisions)}
        left = tuple(line for line in self.lines if line not in waiting)
        return replace(self, lines=left, decisions=tuple(waiting.values()))


def decisions_from(rows: Sequence[dict[str, object]]) -> tuple[Decision, ...]:
    """Decisions from what `asdict` made of them."""
    return tuple(Decision(**row | {"choice": Choice(str(row["choice"]))}) for row in rows)  # type: ignore[arg-type]


def decide(line: Line, choice: Choice, *, shown: str, typed: str = "") -> Decision:
    """The decision that a choice for a line means; `shown` is the stretch that was on the screen."""
    made = Decision(line.id, choice, line.place)
    if choice is Choice.CHANGE:
        return replace(made, old=shown, new=typed)
    if choice is Choice.SOFTEN and line.risk is not None:
        return replace(made, old=line.risk.phrase, new=line.risk.softer)
    if choice is Choice.PUT_BACK and line.hidden:
        return replace(made, entity=line.hidden[0].entity)
    if choice is Choice.HIDE:
        return replace(made, hide=line.anchor) if line.kind is LineKind.RISK else replace(made, old=shown)
    return made


@dataclass(frozen=True)
class Worked:
    """What decisions do to the paragraphs; `missed` are those whose words were not found."""

    texts: tuple[str, ...]
    hide: tuple[str, ...] = ()
    entities: frozenset[str] = frozenset()
    missed: frozenset[str] = field(default_factory=frozenset)

    @property
    def leaves_nothing(self) -> bool:
        """Whether no words would be left."""
        return not any(text.strip() for text in self.texts)


def worked(draft: Draft, decisions: Sequence[Decision]) -> Worked:
    """Carries decisions out, but for the hiding and putting back, which the anonymiser's log takes part in."""
    texts = [paragraph.text for paragraph in draft.paragraphs]
    missed = set()
    for decision in decisions:
        if decision.old:
            place = _place(texts, decision)
            if place is None:
                missed.add(decision.line)
            else:
                texts[place] = _replaced(texts[place], decision.old, decision.new)
    hide = tuple(decision.hide for decision in decisions if decision.hide)
    entities = frozenset(decision.entity for decision in decisions if decision.entity)
    return Worked(tuple(texts), hide, entities, frozenset(missed))


def to_look_at(draft: Draft, found: Sequence[Line], looked: Looked) -> tuple[list[Line], int]:
    """The lines of this sitting, decided or not, and how many more there would be.

    A line whose words went with another decision needs none of its own.
    """
    chosen, more = most_important(found, looked=looked.lines)
    after = worked(draft, looked.decisions)
    return [line for line in chosen if looked.on(line.id) or _stands(line, after)], more


def undecided(lines: Sequence[Line], looked: Looked) -> list[Line]:
    """Those of the lines that nothing was decided on."""
    return [line for line in lines if looked.on(line.id) is None]


def shown(line: Line, draft: Draft, looked: Looked) -> str:
    """The stretch of text to show for a line: as other decisions have left it, and without its own."""
    others = tuple(decision for decision in looked.decisions if decision.line != line.id)
    text = worked(draft, others).texts[line.place]
    return line.text if line.text in text or not text.strip() else text


def _stands(line: Line, after: Worked) -> bool:
    text = after.texts[line.place]
    return bool(text.strip()) if line.kind is LineKind.UNCLEAR else line.anchor in text


def _place(texts: Sequence[str], decision: Decision) -> int | None:
    """The paragraph with the words that give way: its own, or another where it moved meanwhile."""
    places = [decision.place, *range(len(texts))]
    return next((place for place in places if place < len(texts) and decision.old in texts[place]), None)


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(r"[ \t]{2,}", " ", text.replace(old, new, 1)).strip()


def forgotten(looked: Looked, lines: Collection[str]) -> Looked:
    """Without the decisions on these lines, which are asked again."""
    return replace(looked, decisions=tuple(d for d in looked.decisions if d.line not in lines))


@dataclass(frozen=True)
class Sitting:
    """What there is to look at: `lines` decided on or not, `more` that are left to the full text."""

    draft: Draft
    looked: Looked
    lines: tuple[Line, ...]
    more: int

    @property
    def undecided(self) -> tuple[Line, ...]:
        """What still wants an eye."""
        return tuple(undecided(self.lines, self.looked))

    def line(self, line_id: str) -> Line | None:
        """A line of this sitting; None where it went with its words."""
        return next((line for line in self.lines if line.id == line_id), None)

    def after(self, line_id: str) -> Line | None:
        """The next line that wants an eye: from this one on, else from the start; None when all are decided."""
        ids = [line.id for line in self.lines]
        at = ids.index(line_id) + 1 if line_id in ids else 0
        rest = [line for line in (*self.lines[at:], *self.lines[:at]) if line in self.undecided]
        return rest[0] if rest else None

    def beside(self, line_id: str, step: int) -> Line | None:
        """The line before (-1) or behind (1), decided or not; before the end (no line) stands the last."""
        ids = [line.id for line in self.lines]
        at = ids.index(line_id) + step if line_id in ids else len(ids) - 1
        return self.lines[at] if 0 <= at < len(ids) else None

    def shown(self, line: Line) -> str:
        """The stretch of text of a line, as it stands now."""
        return shown(line, self.draft, self.looked)


def offers(line: Line, choice: Choice) -> bool:
    """Whether a line has this choice: only what is the leader's own is put back, only risks have softer words."""
    if choice is Choice.PUT_BACK:
        return line.may_put_back
    return choice is not Choice.SOFTEN or (line.kind is LineKind.RISK and bool(line.risk and line.risk.softer))


def counts(undecided: Collection[Line]) -> dict[LineKind, int]:
    """How many lines there are of each kind."""
    return {kind: sum(line.kind is kind for line in undecided) for kind in LineKind}
