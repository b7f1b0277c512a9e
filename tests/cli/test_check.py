"""`collaborate check` finds what is wrong, says how to mend it, and changes nothing."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from cryptography.fernet import Fernet

from bot.doctor import machine
from bot.doctor.findings import Finding, State, exit_code
from bot.doctor.slack import look_at_slack
from bot.doctor.visit import examine
from bot.people.models import Member
from bot.sandbox.driver import Sandbox
from bot.settings import Settings
from bot.slack.manifest import SCOPES, manifest
from bot.store.engine import Store
from bot.store.migrate import upgrade

Ask = Callable[..., Result]
Fit = Callable[..., Settings]
MODELS = ["speech model", "speaker model", "anonymiser"]
NAMES = ["settings", "data folder", "room on the disk", "master key", "database", *MODELS]
SLACK = ["bot token", "scopes", "clock", "stories channel", "app token"]


def start(*, without: str = "", more: str = "") -> Sandbox:
    """A workspace with the bot installed, perhaps with a scope too few or too many."""
    ours: dict[str, Any] = manifest()
    ours["oauth_config"]["scopes"]["bot"] = sorted({*SCOPES, *filter(None, [more])} - {without})
    return Sandbox.start(manifest=ours)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with start() as workspace:
        workspace.add_channel("stories")
        yield workspace


@pytest.fixture
def fit(somewhere: Path) -> Fit:
    """Settings in which nothing is wrong, with some of them changed."""

    def settings(sandbox: Sandbox | None = None, **changes: Any) -> Settings:
        tokens = {"slack_bot_token": sandbox.bot_token, "slack_app_token": sandbox.app_token} if sandbox else {}
        where = {"slack_api_url": sandbox.url} if sandbox else {}
        return Settings(**{**tokens, **where, **changes}, _env_file=None)

    return settings


def now() -> datetime:
    return datetime.now(UTC)


def ask_slack(settings: Settings, ahead: float = 0) -> dict[str, Finding]:
    found = look_at_slack(settings, lambda: now() + timedelta(seconds=ahead))
    return {finding.name: finding for finding in found}


def test_where_all_is_well_nothing_is_to_be_mended(sandbox: Sandbox, fit: Fit, somewhere: Path) -> None:
    key = Fernet.generate_key().decode()
    settings = fit(sandbox, master_keys=key, first_facilitator="U0FACIL", transcriber="U0TRANS")
    settings.data_dir.mkdir(mode=0o700)
    with closing(Store.open(settings)) as store:
        upgrade(store)
    findings = list(examine(lambda: settings))
    assert [each.name for each in findings] == [*NAMES, "first facilitator", "transcriber", *SLACK]
    assert [each.line() for each in findings if each.state is not State.OK] == []
    assert exit_code(findings) == 0


def test_on_the_first_day_it_says_what_is_missing_and_makes_nothing(ask: Ask, somewhere: Path) -> None:
    told = ask("check", "--json")
    findings = {each["name"]: each for each in json.loads(told.stdout)}
    assert told.exit_code == 1
    assert {tuple(each) for each in findings.values()} == {("name", "state", "found", "mend")}
    assert {name for name, each in findings.items() if each["state"] == "wrong"} == {"bot token", "app token"}
    assert {name for name, each in findings.items() if each["mend"] == ""} == {
        "settings", "data folder", "room on the disk", "database", "speech model", "speaker model", "anonymiser",
    }  # fmt: skip
    assert list(somewhere.iterdir()) == []


def test_for_people_every_line_starts_with_a_mark_and_says_how_to_mend(ask: Ask, somewhere: Path) -> None:
    lines = ask("check", FIRST_FACILITATOR="Amina").stdout.splitlines()
    assert {line[0] for line in lines} == {"✓", "!", "✗", " "}
    at = next(number for number, line in enumerate(lines) if line.startswith("✗ first facilitator"))
    assert "Copy member ID" in lines[at + 1]


def test_a_setting_that_cannot_be_read_is_the_one_finding(ask: Ask) -> None:
    told = ask("check", "--json", KEEP_RAW_DAYS="soon")
    (finding,) = json.loads(told.stdout)
    assert told.exit_code == 1
    assert finding["found"].startswith("KEEP_RAW_DAYS can't be used")


def test_a_mistyped_name_in_the_env_file_is_seen(fit: Fit, somewhere: Path) -> None:
    file = somewhere / ".env"
    file.write_text("# A comment = fine\nSLACK_BOT_TOKN=xoxb-1\n")
    finding = machine.look_at_env_file(fit(), file)
    assert finding.state is State.WARNING and "SLACK_BOT_TOKN" in finding.found and "xoxb" not in finding.line()


def test_an_env_file_that_others_can_open_is_warned_of(fit: Fit, somewhere: Path) -> None:
    file = somewhere / ".env"
    file.write_text("STORIES_CHANNEL=stories\n")
    file.chmod(0o644)
    assert machine.look_at_env_file(fit(), file).mend == "chmod 600 .env"
    file.chmod(0o600)
    assert machine.look_at_env_file(fit(), file).state is State.OK


def test_a_data_folder_that_is_a_file_or_open_to_others_is_said(fit: Fit, somewhere: Path) -> None:
    (somewhere / "file").write_text("")
    assert machine.look_at_data_dir(fit(data_dir="file")).state is State.WRONG
    (somewhere / "open").mkdir()
    (somewhere / "open").chmod(0o755)
    assert machine.look_at_data_dir(fit(data_dir="open")).mend == "chmod 700 open"
    assert machine.look_at_data_dir(fit(data_dir="/proc/collaborate")).state is State.WRONG


def test_a_key_beside_its_lock_is_warned_of_and_one_that_others_can_read_is_wrong(fit: Fit, somewhere: Path) -> None:
    settings = fit()
    Store.open(settings).close()
    assert machine.look_at_key(settings).state is State.WARNING
    key = settings.data_dir / "master.key"
    key.chmod(0o640)
    assert machine.look_at_key(settings).mend == f"chmod 600 {key}"
    key.write_text("spilled coffee\n")
    assert machine.look_at_key(settings).state is State.WRONG
    assert machine.look_at_key(fit(master_keys="spilled coffee")).state is State.WRONG


def test_a_database_without_tables_is_told_to_upgrade(fit: Fit, somewhere: Path) -> None:
    settings = fit()
    with closing(Store.open(settings)) as store, store.session() as session:
        session.connection()  # the file is there, and empty
    finding = machine.look_at_database(settings)
    assert (finding.state, finding.mend) == (State.WRONG, "collaborate db upgrade")


def test_a_key_that_does_not_fit_the_database_is_found(fit: Fit, somewhere: Path) -> None:
    settings = fit()
    with closing(Store.open(settings)) as store:
        upgrade(store)
        with store.session() as session:
            session.add(Member(workspace="T1", slack_id="U1", name="Wren Tansy", joined_at=now()))
    assert machine.look_at_database(settings).state is State.OK
    finding = machine.look_at_database(fit(master_keys=Fernet.generate_key().decode()))
    assert finding.state is State.WRONG and "another master key" in finding.mend


def test_a_database_out_of_reach_is_found(fit: Fit) -> None:
    finding = machine.look_at_database(fit(database_url="postgresql://nobody@127.0.0.1:9/nothing"))
    assert finding.state is State.WRONG and "DATABASE_URL" in finding.mend


def test_a_speech_model_and_a_roster_that_are_not_there_are_found(fit: Fit) -> None:
    assert machine.look_at_speech(fit(speech_model="./nowhere.pt")).state is State.WRONG
    assert [each.state for each in machine.look_at_roster(fit(roster="nowhere.csv"))] == [State.WRONG]


def test_an_operators_list_that_is_broken_is_found(fit: Fit) -> None:
    settings = fit()
    settings.gazetteer.mkdir(parents=True)
    (settings.gazetteer / "wards.tsv.gz").write_bytes(b"not a list")
    finding = machine.look_at_anonymiser(settings)
    assert finding.state is State.WRONG and "wards" in finding.found and "remove wards" in finding.mend


def test_a_token_that_slack_does_not_know_is_found(sandbox: Sandbox, fit: Fit) -> None:
    found = ask_slack(fit(sandbox, slack_bot_token="xoxb-old"))
    assert found["bot token"].state is State.WRONG and "invalid_auth" in found["bot token"].found
    assert found["app token"].state is State.OK
    assert "xoxb-old" not in found["bot token"].line()


def test_tokens_the_wrong_way_round_are_found(sandbox: Sandbox, fit: Fit) -> None:
    found = ask_slack(fit(sandbox, slack_app_token=sandbox.bot_token))
    assert "should start with xapp-" in found["app token"].found
    found = ask_slack(fit(sandbox, slack_app_token="xapp-1-old"))
    assert "invalid_auth" in found["app token"].found


@pytest.mark.parametrize("scope", ["channels:join", "chat:write", "im:write", "users:read"])
def test_a_scope_that_is_missing_is_named(scope: str, fit: Fit) -> None:
    with start(without=scope) as workspace:
        finding = ask_slack(fit(workspace))["scopes"]
    assert finding.state is State.WRONG and finding.found == f"missing: {scope}"
    assert "collaborate manifest" in finding.mend


def test_a_scope_too_many_is_a_warning(fit: Fit) -> None:
    with start(more="users:write") as workspace:
        finding = ask_slack(fit(workspace))["scopes"]
    assert finding.state is State.WARNING and "users:write" in finding.found


def test_a_stories_channel_that_does_not_exist_is_found(sandbox: Sandbox, fit: Fit) -> None:
    assert ask_slack(fit(sandbox))["stories channel"].found == "#stories"
    assert ask_slack(fit(sandbox, stories_channel="#stories"))["stories channel"].state is State.OK
    assert ask_slack(fit(sandbox, stories_channel="tales"))["stories channel"].state is State.WRONG


@pytest.mark.parametrize(("off", "state"), [(0, State.OK), (50, State.OK), (70, State.WARNING), (-4000, State.WARNING)])
def test_a_clock_more_than_a_minute_off_is_a_warning(sandbox: Sandbox, fit: Fit, off: int, state: State) -> None:
    finding = ask_slack(fit(sandbox), ahead=off)["clock"]
    assert finding.state is state
    assert ("ahead of" in finding.found) == (off == 70)


def test_slack_out_of_reach_is_said_once(fit: Fit, sandbox: Sandbox) -> None:
    found = ask_slack(fit(sandbox, slack_api_url="http://127.0.0.1:9/api/"))
    assert [each.state for each in found.values()] == [State.WRONG]
    assert "http://127.0.0.1:9/api/" in found["Slack"].found
