"""What rooms to the right do for a transcript: they hand these in (app.py), so that nobody looks right."""

from collections.abc import Callable
from dataclasses import dataclass

#: removes all that a room made from a recording; takes the recording's id, bears repeating
PullBack = Callable[[str], None]


@dataclass(frozen=True)
class Elsewhere:
    """`pull_back`: every room's way to take its part back. `forget_raw`: audio and raw text of a recording go.
    `clip_link`: the address of the leader's own clip in Slack, "" once it is gone."""

    pull_back: tuple[PullBack, ...]
    forget_raw: Callable[[str], None]
    clip_link: Callable[[str], str]
