"""What rooms to the right do for a transcript: they hand these in (app.py), so that nobody looks right."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session


@dataclass(frozen=True)
class Recalled:
    """What a room took back, for the leader's list.

    `what` names a sentence of prompts/messages with the variable `count`, "" for what isn't worth a mention; of
    nothing (`count` 0) nothing is said. `beyond`: sentences (from `say`) on what can't be reached, honestly and kindly.
    """

    what: str = ""
    count: int = 0
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class PullBack:
    """One room's way to take back all that it made of a recording; both take the recording's id.

    `act` removes and bears repeating: it is a durable step under `name`, tried again until it is done, whatever
    becomes of the others. `look`, where given, says beforehand what there is: it is asked before anything goes, so
    that the list is right even when `act` needs several tries.
    """

    name: str
    act: Callable[[str], Recalled]
    look: Callable[[str], Recalled] = lambda recording_id: Recalled()


@dataclass(frozen=True)
class Elsewhere:
    """`pull_back`: every room's way to take its part back. `forget_raw`: audio and raw text of a recording go.
    `clip_link`: the address of the leader's own clip in Slack, "" once it is gone. `play(recording_id, start, end,
    slack_id)`: puts that stretch (seconds) into that person's chat for a while; False if there is nothing to hear.
    `ask_for_ear(session, transcript_id)`: asks the transcriber to listen; False where nobody can."""

    pull_back: tuple[PullBack, ...]
    forget_raw: Callable[[str], None]
    clip_link: Callable[[str], str]
    play: Callable[[str, float, float, str], bool] = lambda recording_id, start, end, slack_id: False
    ask_for_ear: Callable[[Session, str], bool] = lambda session, transcript_id: False
