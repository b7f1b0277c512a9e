"""What a look at something finds: how it stands, and how to mend it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


MARKS = {State.OK: "✓", State.WARNING: "!", State.WRONG: "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found, and how to mend it (empty where nothing is to be mended)."""

    name: str
    state: State
    found: str
    mend: str = ""

    def line(self) -> str:
        """The finding for a person to read."""
        mend = f"\n  {' ' * len(self.name)}   {self.mend}" if self.mend else ""
        return f"{MARKS[self.state]} {self.name}:  {self.found}{mend}"

    def to_json(self) -> dict[str, str]:
        """The finding as plain JSON types: name, state, found, mend."""
        return {key: str(value) for key, value in asdict(self).items()}


def ok(name: str, found: str) -> Finding:
    """All is well."""
    return Finding(name, State.OK, found)


def warning(name: str, found: str, mend: str) -> Finding:
    """The bot runs, and somebody should look."""
    return Finding(name, State.WARNING, found, mend)


def wrong(name: str, found: str, mend: str) -> Finding:
    """The bot can't do its work like this."""
    return Finding(name, State.WRONG, found, mend)


def exit_code(findings: Iterable[Finding]) -> int:
    """0 where nothing is wrong (warnings are no fault), 1 otherwise."""
    return int(any(finding.state is State.WRONG for finding in findings))
