"""Where the demo happens: a folder of its own, a sandbox, and the operator's settings for speech."""

import os
import shutil
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.errors import Trouble
from bot.sandbox.driver import Sandbox
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.store.lock import OnlyOne

SAMPLES = Path(__file__).parents[2] / "transcripts" / "samples"


class PortUnusable(Trouble):
    """I can't use port {port} ({why}). Name another with --port, or leave it out and I find a free one."""


def fresh_folder(settings: Settings) -> Path:
    """An empty folder for this demo's data. AlreadyRunning if a demo is at work in it."""
    folder = settings.data_dir / "demo"
    OnlyOne(folder).release()
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def start_sandbox(port: int | None, **options: Any) -> Sandbox:
    """A workspace for the bot, on the port or on a free one; `options` as of Sandbox.start. PortUnusable."""
    try:
        return Sandbox.start(manifest=manifest(), port=port or 0, **options)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        raise PortUnusable(port=port or 0, why=why.lower()) from error


def own_settings(settings: Settings, sandbox: Sandbox, folder: Path, facilitator: str | None = None) -> Settings:
    """The operator's settings for speech; everything else is the demo's own."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "weights_dir": settings.weights,
            "database_url": None,
            "master_keys": None,
            "published_dir": folder / "published",
            "roster": SAMPLES / "members.csv",
            "slack_bot_token": SecretStr(sandbox.bot_token),
            "slack_app_token": SecretStr(sandbox.app_token),
            "slack_api_url": sandbox.url,
            "stories_channel": "stories",
            "first_facilitator": facilitator,
            "transcriber": None,
        }
    )
