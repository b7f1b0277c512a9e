"""Every setting, read once from the environment (or a .env file), typed. Secrets never print."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.addresses import is_loopback


class Settings(BaseSettings):
    """What an operator can set; each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    # where things live
    data_dir: Path = Field(
        Path(".collaborate"), description="Everything the bot keeps: database, audio, keys, weights."
    )
    database_url: str | None = Field(None, description="PostgreSQL, if not the SQLite file in DATA_DIR.")
    weights_dir: Path | None = Field(None, description="Where speech models are kept; DATA_DIR/weights if not set.")
    published_dir: Path = Field(Path("transcripts/published"), description="Where signed-off stories go as Markdown.")
    roster: Path | None = Field(None, description="members.csv of people whose names must always be hidden.")
    master_keys: SecretStr | None = Field(
        None, description="Encryption keys, newest first, with commas; else a file in DATA_DIR."
    )

    # Slack
    slack_bot_token: SecretStr | None = Field(None, description="xoxb-… from the app's page, OAuth & Permissions.")
    slack_app_token: SecretStr | None = Field(None, description="xapp-… from the app's page, Basic Information.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API; the sandbox sets its own.")
    stories_channel: str = Field("stories", description="The channel (name or id) that signed-off stories go to.")
    first_facilitator: str | None = Field(None, description="Slack user id of the first facilitator.")
    transcriber: str | None = Field(None, description="Slack user id of the one person who may correct transcripts.")

    # speech
    speech_engine: Literal["whisper", "faster-whisper"] = Field(
        "whisper", description="Which engine turns speech into text."
    )
    speech_model: str = Field("base", description="Model name, or the path of one.")
    speech_threads: int = Field(1, ge=1, description="Processor threads that one transcription uses.")
    engine_processes: int = Field(
        1, ge=1, description="Recordings worked on at the same time, each in its own process."
    )
    max_audio_minutes: int = Field(60, ge=1, description="The longest recording that is taken.")
    max_audio_mb: int = Field(200, ge=1, description="The largest file that is taken.")

    # keeping and deleting
    keep_unsigned_days: int = Field(
        90, ge=1, description="Days after which the audio and raw text of an unsigned draft go."
    )
    keep_raw_days: int = Field(
        0, ge=0, description="Days that audio and raw text stay after sign-off; 0 deletes them at once."
    )
    desk_minutes: int = Field(
        60, ge=5, le=480, description="Minutes that raw words stay open for the transcriber, each time."
    )

    # anonymising
    anonymise_model_url: str | None = Field(
        None,
        description="A language model on this machine that may add to what is hidden, e.g. http://127.0.0.1:8080/v1.",
    )
    anonymise_model: str = Field("local", description="The name by which that server knows the model.")

    # what may be told of people
    min_group: int = Field(
        5, ge=5, description="Facts about a speaker are shown only where so many members share them."
    )

    # people's time
    time_zone: str = Field("Europe/London", description="For people who have not said theirs.")
    quiet_from: int = Field(20, ge=0, le=24, description="Hour from which nothing is sent unasked.")
    quiet_until: int = Field(8, ge=0, le=24, description="Hour until which nothing is sent unasked.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much the log says (ids only)."
    )

    @field_validator("anonymise_model_url")
    @classmethod
    def _on_this_machine(cls, url: str | None) -> str | None:
        """Raw words never go to a model elsewhere (rule 8)."""
        if url and not is_loopback(url):
            raise ValueError("it should be an address on this machine, such as http://127.0.0.1:8080/v1")
        return url or None

    @property
    def weights(self) -> Path:
        """The folder of the speech models."""
        return self.weights_dir or self.data_dir / "weights"

    @property
    def gazetteer(self) -> Path:
        """The folder of the operator's own lists of names."""
        return self.data_dir / "gazetteer"

    @property
    def database(self) -> str:
        """The database's address: DATABASE_URL, or the SQLite file under DATA_DIR."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'collaborate.db').resolve()}"
