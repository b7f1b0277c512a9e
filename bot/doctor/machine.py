"""What can be seen on this machine. Each look takes the settings and tells what it found."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.doctor.findings import Finding, ok, warning, wrong
from bot.errors import Trouble
from bot.settings import Settings

ENV_FILE = Path(".env")
MEGABYTE = 1_000_000
#: free room in MB below which the bot can't do its work, and below which it is time to look
TOO_LITTLE, LITTLE = 300, 2_000


def look_at_env_file(_settings: Settings, file: Path = ENV_FILE) -> Finding:
    """Names that are no settings (a typing mistake would go unseen), and who can read the tokens."""
    if not file.is_file():
        return ok("settings", "from the environment; there is no .env in this folder")
    names = re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", file.read_text(encoding="utf-8"), re.MULTILINE)
    unknown = [name for name in names if name.lower() not in Settings.model_fields]
    if unknown:
        return warning(
            "settings", f".env has {', '.join(unknown)}, which I don't know", "See .env.example for the names."
        )
    if file.stat().st_mode & 0o077:
        return warning("settings", "others on this machine can open .env, tokens and all", "chmod 600 .env")
    return ok("settings", "from .env and the environment")


def look_at_data_dir(settings: Settings) -> Finding:
    """Whether what has to be kept can be kept, and for this account only."""
    folder = settings.data_dir
    if folder.exists() and not folder.is_dir():
        return wrong("data folder", f"{folder} is a file, not a folder", "Set DATA_DIR to a folder.")
    if not _may_write(_nearest(folder)):
        return wrong(
            "data folder", f"this account may not write in {folder}", "Give it to this account, or set DATA_DIR."
        )
    if not folder.exists():
        return ok("data folder", f"{folder} will be made when it is needed")
    if folder.stat().st_mode & 0o077:
        return warning("data folder", f"others on this machine can look into {folder}", f"chmod 700 {folder}")
    return ok("data folder", str(folder))


def look_at_room(settings: Settings) -> Finding:
    """Free room on the disk where the data is."""
    free = shutil.disk_usage(_nearest(settings.data_dir)).free // MEGABYTE
    told = f"{free:,} MB free"
    if free < TOO_LITTLE:
        return wrong("room on the disk", told, "Make room: recordings and speech models need some.")
    if free < LITTLE:
        return warning("room on the disk", told, "Make room before long.")
    return ok("room on the disk", told)


def look_at_key(settings: Settings) -> Finding:
    """Whether the master key is there, unreadable for others, and kept somewhere else too."""
    from bot.store.crypto import KEY_FILE, Keyring, open_keyring

    path = settings.data_dir / KEY_FILE
    if not settings.master_keys and not path.exists():
        return warning("master key", "it will be made at the first start", "Then copy it to where you keep passwords.")
    try:
        if settings.master_keys:
            open_keyring(settings)
            return ok("master key", "from MASTER_KEYS")
        Keyring(path.read_text(encoding="ascii").split())
    except (Trouble, OSError, UnicodeDecodeError):
        where = "MASTER_KEYS" if settings.master_keys else str(path)
        return wrong("master key", f"{where} holds no key that I can use", "Put back the key that you kept elsewhere.")
    if path.stat().st_mode & 0o077:
        return wrong("master key", f"others on this machine can open {path}", f"chmod 600 {path}")
    return warning(
        "master key",
        f"it is only in {path}, beside what it locks",
        "Copy it to where you keep passwords, and set MASTER_KEYS. Without it nothing can be read again.",
    )


def look_at_database(settings: Settings) -> Finding:
    """Whether the database answers, has the tables of this version, and fits the master key."""
    from bot.store.engine import Store, sqlite_path
    from bot.store.migrate import current, head
    from bot.store.rotate import try_key

    mend = "collaborate db upgrade"
    file = sqlite_path(settings.database)
    if file is not None and not file.exists():
        return ok("database", "it will be made at the first start")
    try:
        with closing(Store(settings.database, _keys_in_place(settings))) as store:
            at = current(store)
            if at != head():
                return wrong("database", f"its tables are at revision {at or 'none'}, not {head()}", mend)
            try_key(store)
    except Trouble as trouble:
        return wrong("database", "it can't be used", trouble.sentence)
    return ok("database", f"{'SQLite' if file else 'PostgreSQL'}, revision {at}")


def _keys_in_place(settings: Settings) -> Any:
    """The keyring; where no key was made yet, a passing one, so that looking makes no file."""
    from cryptography.fernet import Fernet

    from bot.store.crypto import KEY_FILE, Keyring, open_keyring

    if settings.master_keys or (settings.data_dir / KEY_FILE).exists():
        return open_keyring(settings)
    return Keyring([Fernet.generate_key().decode("ascii")])


def look_at_roster(settings: Settings) -> Iterator[Finding]:
    """Whether the roster, if one is set, can be read."""
    from bot.people.roster import read

    if settings.roster is None:
        return
    try:
        yield ok("roster", f"{len(read(settings.roster))} people whose names are always hidden")
    except Trouble as trouble:
        yield wrong("roster", f"{settings.roster} can't be used", trouble.sentence)


def look_at_speech(settings: Settings) -> Finding:
    """Whether the speech model is on this machine, whole."""
    from bot.voice.weights import describe

    report = describe(settings.speech_engine, settings.speech_model, settings.weights)
    told = f"{report.model} for {report.engine}"
    if not report.ok:
        return wrong("speech model", f"{told} is not ready", report.mend)
    return ok("speech model", f"{told}, {report.megabytes} MB ({report.source})")


def look_at_voices() -> Finding:
    """Whether two voices on a recording can be told apart; without that, leaders are told that nobody could look."""
    from bot.voice.speaker_weights import checked

    try:
        megabytes = len(checked()) // 1_000_000
    except Trouble as trouble:
        return warning("speaker model", "two voices on a recording can't be told apart", trouble.sentence)
    return ok("speaker model", f"tells two voices apart, {megabytes} MB")


def look_at_anonymiser(settings: Settings) -> Finding:
    """Whether every part of the anonymiser is there, the operator's lists too: with one missing nothing comes out."""
    from bot.anonymise.check import describe
    from bot.anonymise.gazetteer import shelf

    try:
        shelf.listing(settings.gazetteer)
    except shelf.GazetteerBroken as broken:
        return wrong("anonymiser", broken.sentence, f"collaborate gazetteer remove {broken.facts['name']}")
    parts = describe()
    missing = [part for part in parts if not part.there]
    if missing:
        found = "; ".join(f"{part.name}: {part.detail}" for part in missing)
        return wrong("anonymiser", found, "; ".join(part.mend for part in missing))
    return ok("anonymiser", f"all {len(parts)} parts are there")


def look_at_people(settings: Settings) -> Iterator[Finding]:
    """Whether somebody can start things, and somebody may mend a transcript."""
    for name, who, what in (
        ("first facilitator", settings.first_facilitator, "nobody can appoint hosts or see what waits"),
        ("transcriber", settings.transcriber, "nobody may correct a transcript but its leader"),
    ):
        setting = name.replace(" ", "_").upper()
        how = f"Set {setting} to a Slack member id (in Slack: the person's profile, three dots, Copy member ID)."
        if not who:
            yield warning(name, f"none, so {what}", how)
        elif not re.fullmatch(r"[UW][A-Z0-9]+", who):
            yield wrong(name, f"{setting} isn't a Slack member id", how)
        else:
            yield ok(name, who)


def _may_write(folder: Path) -> bool:
    """Tried with a file that has no name, since permissions alone don't tell of a disk that is read-only."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    folder = folder.expanduser().absolute()
    return next(each for each in (folder, *folder.parents) if each.exists())
