"""The ids of this room's buttons and windows, and what they carry. Old messages keep theirs for ever."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """Ids of the buttons."""

    OPEN = "desk.open"
    DONE = "desk.done"
    PAGE = "desk.page"
    PLAY = "desk.play"
    CORRECT = "desk.correct"
    WHY_OPENED = "desk.why_opened"


class Callback(StrEnum):
    """Ids of the windows."""

    REASON = "desk.reason_given"
    CORRECT = "desk.corrected"
    NOTHING = "desk.nothing"


@dataclass(frozen=True)
class Ref:
    """What a button is about: a transcript, and (once it is open) the opening and the page."""

    t: str
    o: str = ""
    p: int = 0


@dataclass(frozen=True)
class PartRef:
    """A part of the raw words: the opening, where the part starts and ends (seconds), and the page it was on."""

    o: str
    s: float
    e: float
    p: int = 0
