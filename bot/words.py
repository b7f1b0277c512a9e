"""Loads prompts/: every sentence the bot says, by name, with the variables it declares.

A file `prompts/messages/people.yaml` holds entries such as

    hello:
      vars: [name]
      text: Hello {{ name }}.

and `say("people.hello", who="Amina")` fills it in. What comes from a person is escaped for Slack on the
way in, so that it cannot ping a channel or forge a link (rule 9); `Safe` marks what is already safe.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

PROMPTS = Path(__file__).parent.parent / "prompts"


class Safe(str):
    """Text that needs no escaping: made by the bot itself (a date, a mention, a link)."""


def escape(value: object) -> str:
    """Slack's three control characters, escaped; `Safe` text and our own `say()` pass unchanged."""
    if isinstance(value, Safe):
        return value
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _environment(finalize: Any) -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, finalize=finalize, trim_blocks=True, lstrip_blocks=True)


_FOR_SLACK = _environment(escape)
_PLAIN = _environment(None)


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Every entry of prompts/messages/, keyed `file.entry`: {"vars": [...], "text": "..."}."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((PROMPTS / "messages").glob("*.yaml")):
        for name, entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            entry = {"text": entry} if isinstance(entry, str) else entry
            if set(entry) - {"vars", "text"}:
                raise ValueError(f"{path.name}: {name} has unknown keys")
            found[f"{path.stem}.{name}"] = {"vars": entry.get("vars", []), "text": entry["text"].strip()}
    return found


@cache
def _template(name: str, for_slack: bool) -> Template:
    return (_FOR_SLACK if for_slack else _PLAIN).from_string(entries()[name]["text"])


def say(name: str, /, **values: object) -> Safe:
    """The sentence `name` for a Slack message. KeyError if there is none, TypeError unless its variables come."""
    return Safe(_fill(name, True, values))


def plain(name: str, /, **values: object) -> str:
    """The sentence `name` where nothing is parsed as markup: modal titles, Markdown files, the terminal."""
    return _fill(name, False, values)


def _fill(name: str, for_slack: bool, values: dict[str, object]) -> str:
    declared = set(entries()[name]["vars"])
    if declared != set(values):
        raise TypeError(f"{name} takes {sorted(declared)}, not {sorted(values)}")
    return _template(name, for_slack).render(values)


def vocabulary() -> list[str]:
    """The domain's words for the speech engine: one a line in prompts/vocabulary.txt, most important first."""
    lines = (PROMPTS / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
