"""Working days and quiet hours: when a person may be reached without being asked for."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.clock import local

if TYPE_CHECKING:
    from holidays import HolidayBase

#: the `holidays` package's name of each nation's bank holidays
SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
WEEKDAYS = frozenset(range(5))


def is_working_day(day: date, nation: str = "England") -> bool:
    """Monday to Friday, bank holidays of the nation left out."""
    return day.weekday() in WEEKDAYS and day not in _bank_holidays(SUBDIVISIONS.get(nation, "ENG"))


def after_working_days(start: datetime, days: int, *, time_zone: str, nation: str = "England") -> datetime:
    """The same time of day so many working days later, in UTC; counted on the person's own calendar."""
    here = local(start, time_zone)
    day = here.date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, nation)
    return datetime.combine(day, here.timetz().replace(tzinfo=None), ZoneInfo(time_zone)).astimezone(start.tzinfo)


def working_days_ago(moment: datetime, days: int) -> datetime:
    """The same time so many working days (England's) before."""
    day = moment
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working_day(day.date())
    return day


def next_kind_moment(moment: datetime, *, time_zone: str, quiet_from: int, quiet_until: int) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into, in UTC."""
    here = local(moment, time_zone)
    if not _is_quiet(here.hour, quiet_from, quiet_until):
        return moment
    day = here.date() + timedelta(days=1 if here.hour >= quiet_until else 0)
    return datetime.combine(day, time(quiet_until), ZoneInfo(time_zone)).astimezone(moment.tzinfo)


def next_working_moment(
    moment: datetime, *, time_zone: str, nation: str, quiet_from: int, quiet_until: int
) -> datetime:
    """The moment itself, or the first one after it on a working day outside the quiet hours, in UTC."""
    moment = next_kind_moment(moment, time_zone=time_zone, quiet_from=quiet_from, quiet_until=quiet_until)
    day = local(moment, time_zone).date()
    if is_working_day(day, nation):
        return moment
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return datetime.combine(day, time(quiet_until), ZoneInfo(time_zone)).astimezone(moment.tzinfo)


def _is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    """Quiet hours may span midnight (20 to 8) or not (0 to 7); from an hour to the same hour there are none."""
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


@cache
def _bank_holidays(subdivision: str) -> "HolidayBase":
    from holidays import country_holidays

    return country_holidays("GB", subdiv=subdivision)
