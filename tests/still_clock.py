"""A clock for tests."""

from datetime import UTC, datetime, timedelta


class StillClock:
    """Says the same time until it is moved; a Monday, half past nine in London."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **amount: float) -> datetime:
        """Lets time pass (`hours=1`, `days=3`) and says what time it is then."""
        self.now += timedelta(**amount)
        return self.now
