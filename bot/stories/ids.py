"""The ids of this room's buttons and windows, and what they carry. Old messages keep theirs for ever."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """Ids of the buttons."""

    PAGE = "stories.page"
    EDIT = "stories.edit"
    HIDE = "stories.hide"
    SHOW_HIDDEN = "stories.show_hidden"
    PUT_BACK = "stories.put_back"
    APPROVE = "stories.approve"
    WITHDRAW = "stories.withdraw"
    REVIEW = "stories.review"
    READ_ALL = "stories.read_all"
    FIRST_PAGE = "stories.first_page"
    KEEP_LINE = "stories.keep_line"
    CHANGE_LINE = "stories.change_line"
    HIDE_LINE = "stories.hide_line"
    SOFTEN_LINE = "stories.soften_line"
    PUT_LINE_BACK = "stories.put_line_back"
    PLAY_LINE = "stories.play_line"
    ASK_FOR_EAR = "stories.ask_for_ear"
    LINE_BEFORE = "stories.line_before"
    LINE_BEHIND = "stories.line_behind"
    APPROVE_LOOKED = "stories.approve_looked"
    CLIP = "stories.clip"
    CLIP_HOW = "stories.clip_how"


class Callback(StrEnum):
    """Ids of the modals."""

    EDIT = "stories.edited"
    HIDE = "stories.hidden"
    PUT_BACK = "stories.back"
    CONSENT = "stories.consented"
    REVIEW = "stories.reviewed"
    CHANGE_LINE = "stories.line_changed"
    NOTHING = "stories.nothing"


@dataclass(frozen=True)
class Ref:
    """What a button or modal is about: a transcript, the version that was on the screen, the page, and (where
    permissions are asked or named) how they stood: `signing.Asked.mark`."""

    t: str
    v: int
    p: int = 0
    w: str = ""


@dataclass(frozen=True)
class LineRef:
    """What a button of the window for looking through is about: a transcript, and a line of it ("" for none)."""

    t: str
    line: str = ""
