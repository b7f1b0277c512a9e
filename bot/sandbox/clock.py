"""A clock that runs like the machine's and can be moved on, so that next week can be looked at today."""

from datetime import datetime, timedelta

from bot.clock import Clock, system_clock


class MovableClock:
    """The time of `base`, plus all that it was moved on by. It never goes back: what was due has happened."""

    def __init__(self, base: Clock = system_clock) -> None:
        self._base, self._ahead = base, timedelta(0)

    def __call__(self) -> datetime:
        return self._base() + self._ahead

    def moves_on(self, by: timedelta) -> datetime:
        """Move on, and say what time it is now. ValueError for a step backwards."""
        if by < timedelta(0):
            raise ValueError("time only moves on")
        self._ahead += by
        return self()
