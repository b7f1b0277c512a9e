"""What can go wrong between a recording and its text; each docstring is the sentence that the person reads."""

from bot.errors import Failure, Trouble


class Empty(Trouble):
    """That recording arrived empty, so there is nothing to listen to. Please send it again."""


class NotAudio(Trouble):
    """That file has no sound in it that I can read, so I left it alone. Please send a voice note or an audio file."""


class Corrupt(Trouble):
    """That recording is damaged and I could not read it. Please record it again, or send another copy."""


class Truncated(Trouble):
    """Only the first {got} of {expected} seconds of that recording arrived. Please send it again."""


class TooLong(Trouble):
    """That recording is longer than {minutes} minutes, the most I can take. Please send it in shorter parts."""


class NoSpeech(Trouble):
    """I could not hear anybody speaking in that recording. Please check the microphone and try again."""


class NoSuchFile(Trouble):
    """There is no file {file} that I can read."""


class WeightsMissing(Failure):
    """The speech model "{model}" is not on this machine and could not be downloaded. {mend}"""


class WeightsUnusable(Failure):
    """The speech model "{model}" cannot be used with {engine}. It needs {needs}."""


class WeightsDamaged(Failure):
    """The files of the speech model "{model}" are not the ones that were expected. {mend}"""


class DiskFull(Failure):
    """There is not enough room on the disk to keep the speech model: about {megabytes} MB are needed in {folder}."""


class CannotKeep(Failure):
    """The speech model cannot be kept in {folder}, because this account may not write there."""


class EngineBroke(Failure):
    """The speech engine stopped in the middle of a recording. The recording is safe; it will be tried again."""
