"""A workspace on a clock that the page can move, and people who come to look at it."""

from collections.abc import Callable, Iterator

import pytest

from bot.sandbox.clock import MovableClock
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person

from ..helpers import MANIFEST, OwnClock
from .visitor import Visitor


@pytest.fixture
def sandbox(clock: OwnClock) -> Iterator[Sandbox]:
    with Sandbox.start(manifest=MANIFEST, clock=MovableClock(clock)) as started:
        yield started


@pytest.fixture
def visits(sandbox: Sandbox) -> Iterator[Callable[[Person], Visitor]]:
    """Somebody sits down at the page; everybody gets up at the end."""
    visitors: list[Visitor] = []

    def _visits(person: Person) -> Visitor:
        visitors.append(Visitor(sandbox, person))
        return visitors[-1]

    yield _visits
    for visitor in visitors:
        visitor.leaves()
