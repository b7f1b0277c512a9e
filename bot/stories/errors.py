"""What a leader may be told about a draft or a story."""

from bot.errors import Failure, Trouble


class NotYours(Trouble):
    """Those words belong to somebody else, so I can't open them."""


class OldDraft(Trouble):
    """That was an earlier version of your words. The newest one is in this chat; nothing you did there is lost."""


class StillChanging(Trouble):
    """I'm still working in your last change. Give me a moment, then try again."""


class AlreadyDecided(Trouble):
    """You've already decided about these words, so there is nothing left to change."""


class NothingThere(Trouble):
    """Those words are gone: they were taken back, or their time here was over."""


class NoShareConsent(Trouble):
    """You haven't said yes to sharing without your name, so this stays between us."""


class NotInDraft(Trouble):
    """I can't find that in your words."""


class NothingLeft(Trouble):
    """There would be nothing left to share. If you'd rather not keep it, you can withdraw it."""


class StillOut(Failure):
    """Not everything that was taken back is gone yet. It is tried again."""


class CannotPublish(Failure):
    """I couldn't write your story to where stories are kept. Nobody has seen it."""
