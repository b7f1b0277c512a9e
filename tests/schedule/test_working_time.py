"""Working days on four nations' calendars, over both changes of the clock, and hours in which nobody is disturbed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.working_time import (
    after_working_days,
    is_working_day,
    next_kind_moment,
    next_working_moment,
    working_days_ago,
)

LONDON = "Europe/London"
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
hours = st.integers(0, 23)


@pytest.mark.parametrize(
    ("day", "free_in"),
    [
        (date(2026, 1, 1), {"England", "Wales", "Scotland", "Northern Ireland"}),  # New Year's Day
        (date(2026, 1, 2), {"Scotland"}),
        (date(2026, 3, 17), {"Northern Ireland"}),  # St Patrick's Day
        (date(2026, 4, 3), {"England", "Wales", "Scotland", "Northern Ireland"}),  # Good Friday
        (date(2026, 4, 6), {"England", "Wales", "Northern Ireland"}),  # Easter Monday
        (date(2026, 7, 13), {"Northern Ireland"}),  # the Battle of the Boyne, in lieu of a Sunday
        (date(2026, 8, 3), {"Scotland"}),  # the first Monday in August
        (date(2026, 8, 31), {"England", "Wales", "Northern Ireland"}),  # the last
        (date(2026, 11, 30), {"Scotland"}),  # St Andrew's Day
        (date(2026, 12, 28), {"England", "Wales", "Scotland", "Northern Ireland"}),  # in lieu of a Saturday
        (date(2026, 3, 4), set()),
    ],
)
def test_each_nation_has_bank_holidays_of_its_own(day: date, free_in: set[str]) -> None:
    nations = ("England", "Wales", "Scotland", "Northern Ireland")
    assert {nation for nation in nations if not is_working_day(day, nation)} == free_in


def test_nobody_works_at_the_weekend_and_an_unsaid_nation_counts_as_england() -> None:
    assert not is_working_day(date(2026, 3, 7))
    assert not is_working_day(date(2026, 3, 8))
    assert is_working_day(date(2026, 11, 30), "not said")


def in_london(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(LONDON)).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (in_london(2026, 3, 2, 9, 30), 3, in_london(2026, 3, 5, 9, 30)),
        (in_london(2026, 3, 5, 9, 30), 3, in_london(2026, 3, 10, 9, 30)),  # over a weekend
        (in_london(2026, 4, 2, 17, 0), 1, in_london(2026, 4, 7, 17, 0)),  # over Easter
        (in_london(2026, 3, 27, 9, 30), 1, in_london(2026, 3, 30, 9, 30)),  # the clocks go forward
        (in_london(2026, 10, 23, 9, 30), 1, in_london(2026, 10, 26, 9, 30)),  # and back
        (in_london(2026, 3, 7, 9, 30), 1, in_london(2026, 3, 9, 9, 30)),  # begun on a Saturday
        (in_london(2026, 3, 2, 9, 30), 0, in_london(2026, 3, 2, 9, 30)),
    ],
)
def test_working_days_are_counted_at_the_same_time_of_day(start: datetime, days: int, end: datetime) -> None:
    assert after_working_days(start, days, time_zone=LONDON) == end


def test_working_days_are_counted_on_the_persons_own_calendar() -> None:
    late_on_friday_in_london = in_london(2026, 3, 6, 23, 30)
    assert after_working_days(late_on_friday_in_london, 1, time_zone=LONDON) == in_london(2026, 3, 9, 23, 30)
    already_saturday = after_working_days(late_on_friday_in_london, 1, time_zone="Asia/Tokyo")
    assert already_saturday.astimezone(ZoneInfo("Asia/Tokyo")).date() == date(2026, 3, 9)
    scotland = after_working_days(in_london(2026, 11, 27, 9, 0), 1, time_zone=LONDON, nation="Scotland")
    assert scotland == in_london(2026, 12, 1, 9, 0)


@given(moments, st.integers(1, 15))
def test_so_many_working_days_lie_between(start: datetime, days: int) -> None:
    end = after_working_days(start, days, time_zone=LONDON)
    first, last = (moment.astimezone(ZoneInfo(LONDON)).date() for moment in (start, end))
    between = [first + timedelta(days=count) for count in range(1, (last - first).days + 1)]
    assert sum(is_working_day(day) for day in between) == days
    assert is_working_day(last)
    assert end.utcoffset() == timedelta(0)


def test_so_many_working_days_ago() -> None:
    easter_tuesday = datetime(2026, 4, 7, 12, 0, tzinfo=UTC)
    assert working_days_ago(easter_tuesday, 1) == datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
    assert working_days_ago(easter_tuesday, 3) == datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


def kind(moment: datetime, quiet_from: int = 20, quiet_until: int = 8, time_zone: str = LONDON) -> datetime:
    return next_kind_moment(moment, time_zone=time_zone, quiet_from=quiet_from, quiet_until=quiet_until)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (in_london(2026, 3, 2, 9, 30), in_london(2026, 3, 2, 9, 30)),
        (in_london(2026, 3, 2, 7, 59), in_london(2026, 3, 2, 8, 0)),
        (in_london(2026, 3, 2, 19, 59), in_london(2026, 3, 2, 19, 59)),
        (in_london(2026, 3, 2, 20, 0), in_london(2026, 3, 3, 8, 0)),
        (in_london(2026, 3, 28, 22, 0), in_london(2026, 3, 29, 8, 0)),  # the night is an hour shorter
        (in_london(2026, 10, 24, 22, 0), in_london(2026, 10, 25, 8, 0)),  # and here longer
        (in_london(2026, 12, 31, 23, 0), in_london(2027, 1, 1, 8, 0)),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_the_morning(moment: datetime, expected: datetime) -> None:
    assert kind(moment) == expected


def test_quiet_hours_are_on_the_persons_own_clock() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert kind(noon) == noon
    assert kind(noon, time_zone="Asia/Tokyo") == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


def test_quiet_hours_may_begin_at_midnight_or_never_end() -> None:
    three_at_night, noon = in_london(2026, 3, 2, 3, 0), in_london(2026, 3, 2, 12, 0)
    assert kind(three_at_night, 0, 7) == in_london(2026, 3, 2, 7, 0)
    assert kind(noon, 0, 7) == noon
    assert kind(three_at_night, 24, 7) == in_london(2026, 3, 2, 7, 0)
    assert kind(three_at_night, 8, 8) == three_at_night


@given(moments, st.integers(0, 24), hours, st.sampled_from([LONDON, "Asia/Kolkata", "America/New_York"]))
def test_nobody_is_ever_disturbed_and_nobody_waits_a_day(
    moment: datetime, quiet_from: int, quiet_until: int, time_zone: str
) -> None:
    then = kind(moment, quiet_from, quiet_until, time_zone)
    assert moment <= then <= moment + timedelta(hours=25)
    assert kind(then, quiet_from, quiet_until, time_zone) == then


def test_a_reminder_that_falls_on_a_weekend_or_bank_holiday_waits_for_the_next_working_day() -> None:
    friday_night = datetime(2026, 4, 2, 21, 0, tzinfo=UTC)  # the evening before Good Friday
    quiet = {"quiet_from": 20, "quiet_until": 8}
    there = next_working_moment(friday_night, time_zone=LONDON, nation="England", **quiet)  # type: ignore[arg-type]
    assert there == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)  # Tuesday after Easter, eight o'clock in summer time
    in_scotland = next_working_moment(friday_night, time_zone=LONDON, nation="Scotland", **quiet)  # type: ignore[arg-type]
    assert in_scotland == datetime(2026, 4, 6, 7, 0, tzinfo=UTC)  # Easter Monday is no bank holiday there
