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
    CLIP = "stories.clip"
    CLIP_HOW = "stories.clip_how"


class Callback(StrEnum):
    """Ids of the modals."""

    EDIT = "stories.edited"
    HIDE = "stories.hidden"
    PUT_BACK = "stories.back"
    CONSENT = "stories.consented"
    NOTHING = "stories.nothing"


@dataclass(frozen=True)
class Ref:
    """What a button or modal is about: a transcript, the version that was on the screen, the page, and (where a
    permission is asked) the version of its wording."""

    t: str
    v: int
    p: int = 0
    w: str = ""
