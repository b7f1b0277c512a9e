"""What the transcriber may be told at the desk."""

from bot.errors import Failure, Trouble


class NothingToOpen(Trouble):
    """There is nothing to open there any more: its leader has decided, or the time of the recording is over."""


class TimeOver(Trouble):
    """The time of this opening is over, so the words are closed again. You can open them once more with a reason."""


class SaidNothing(Trouble):
    """Please say in a few words what it is."""


class PartMoved(Trouble):
    """The words around this have changed meanwhile. Copy what you wrote, close this window, and open it once more."""


class NothingLeft(Trouble):
    """No words at all would be left, so I kept them as they were. Its leader can withdraw them."""


class LeaderAtWork(Failure):
    """The leader is just changing their words. The correction follows in a moment."""
