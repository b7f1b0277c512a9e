"""The whole visit: everything looked at, one thing after the other."""

from collections.abc import Callable, Iterator

from bot.clock import Clock, system_clock
from bot.doctor import machine
from bot.doctor.findings import Finding, wrong
from bot.doctor.slack import look_at_slack
from bot.errors import Trouble
from bot.settings import Settings


def examine(read_settings: Callable[[], Settings], *, clock: Clock = system_clock) -> Iterator[Finding]:
    """Everything, one finding after the other. Where the settings can't be read, that is the only one."""
    try:
        settings = read_settings()
    except Trouble as trouble:
        yield wrong("settings", trouble.sentence, "Change that line; .env.example shows every setting.")
        return
    yield machine.look_at_env_file(settings)
    yield machine.look_at_data_dir(settings)
    yield machine.look_at_room(settings)
    yield machine.look_at_key(settings)
    yield machine.look_at_database(settings)
    yield from machine.look_at_roster(settings)
    yield machine.look_at_speech(settings)
    yield machine.look_at_voices()
    yield machine.look_at_anonymiser(settings)
    yield from machine.look_at_people(settings)
    yield from look_at_slack(settings, clock)
