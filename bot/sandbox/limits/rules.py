"""The small language that the tables of this folder are written in, and Slack's words for what is wrong.

The words are those of Slack's own generator of validators (github.com/slackhq/hack-json-schema, src/Constraints),
which real answers of Slack agree with. A rule looks at each part of a value once, and no deeper than the tables go, so
any JSON at all is judged in time that grows with its size.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]


def problem(what: str, path: str) -> str:
    """One entry of `response_metadata.messages`; `path` is a JSON pointer."""
    return f"[ERROR] {what} [json-pointer:{path}]"


class Rule(Protocol):
    """What a value has to be."""

    def problems(self, value: Any, path: str) -> Iterator[str]:
        """Everything that is wrong with the value that stands at the path."""
        ...


@dataclass(frozen=True)
class String:
    """Text of so many characters, in the form of the pattern where there is one."""

    least: int = 0
    most: int | None = None
    pattern: str | None = None

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must provide a string", path)
        elif self.most is not None and len(value) > self.most:
            yield problem(f"must be less than {self.most + 1} characters", path)
        elif len(value) < self.least:
            yield problem(f"must be more than {self.least - 1} characters", path)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield problem(f"input must match regex pattern: {self.pattern}", path)


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    values: tuple[str, ...]

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must provide a string", path)
        elif value not in self.values:
            yield problem("must be a valid enum value", path)


@dataclass(frozen=True)
class Number:
    """A number (`whole`: without a fraction), both ends included."""

    least: float | None = None
    most: float | None = None
    whole: bool = True

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            yield problem("must provide an integer" if self.whole else "must provide a number", path)
        elif self.most is not None and value > self.most:
            yield problem(f"must be less than {self.most}", path)
        elif self.least is not None and value < self.least:
            yield problem(f"must be greater than {self.least}", path)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield problem("must be a boolean", path)


@dataclass(frozen=True)
class Listed:
    """A list of so many entries, each by the same rule."""

    of: Rule
    least: int = 0
    most: int | None = None

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must provide an array", path)
        elif self.most is not None and len(value) > self.most:
            yield problem(f"no more than {self.most} items allowed", path)
        elif len(value) < self.least:
            yield problem(f"must provide at least {self.least} items", path)
        else:
            for index, entry in enumerate(value):
                yield from self.of.problems(entry, f"{path}/{index}")


@dataclass(frozen=True)
class Thing:
    """An object with these fields and no others (`others`: any others, unread)."""

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    least: int = 0
    others: bool = False

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", path)
            return
        if len(value) < self.least:
            yield problem(f"must have minimum {self.least} properties", path)
        for name in self.required:
            if name not in value:
                yield problem(f"missing required field: {name}", path)
        for name, inner in value.items():
            if name in self.fields:
                yield from self.fields[name].problems(inner, f"{path}/{name}")
            elif not self.others:
                yield problem(f"invalid additional property: {name}", path)


@dataclass(frozen=True)
class ByType:
    """An object of one of several kinds, told apart by its `type`."""

    kinds: Mapping[str, Rule]

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", path)
        elif "type" not in value:
            yield problem("missing required field: type", path)
        elif not isinstance(value["type"], str):
            yield problem("must provide a string", f"{path}/type")
        elif value["type"] not in self.kinds:
            yield problem(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            yield from self.kinds[value["type"]].problems(value, path)


@dataclass(frozen=True)
class AllOf:
    """Several rules at once. Slack says of the whole that it failed before it says why."""

    parts: tuple[Rule, ...]

    def problems(self, value: Any, path: str) -> Iterator[str]:
        found = [each for part in self.parts for each in part.problems(value, path)]
        if found:
            yield problem("failed to match all allowed schemas", path)
            yield from found


@dataclass(frozen=True)
class OrNull:
    """What the rule asks for, or null."""

    rule: Rule

    def problems(self, value: Any, path: str) -> Iterator[str]:
        if value is not None:
            yield from self.rule.problems(value, path)


FLAG = Flag()
NAME = String(least=1)  # an id, an address, a file type: Slack states no length


def typed(kind: str, fields: Mapping[str, Rule], required: tuple[str, ...] = ()) -> Thing:
    """A thing that says its type."""
    return Thing({"type": OneOf((kind,)), **fields}, ("type", *required))
