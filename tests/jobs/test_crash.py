"""The power goes off in the middle of the work. The next start goes on where it was."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.store.engine import normal

from .conftest import wait_for

PROGRAM = Path(__file__).with_name("bot_that_dies.py")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@contextmanager
def running(environment: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, which is gone afterwards, one way or another."""
    process = subprocess.Popen([sys.executable, str(PROGRAM), *arguments], env=environment)
    try:
        yield process
    finally:
        process.kill()  # -9
        process.wait()


def test_after_a_kill_in_the_second_step_the_first_is_not_done_again(
    url: str, tmp_path: Path, childs_environment: dict[str, str]
) -> None:
    diary, key = tmp_path / "diary", Fernet.generate_key().decode()
    diary.touch()
    with running(childs_environment, url, key, str(diary), "slowly"):
        wait_for(lambda: "listen r1 7" in diary.read_text(), within=60)
    assert diary.read_text().splitlines() == ["fetch r1", "listen r1 7"]
    with running(childs_environment, url, key, str(diary)) as second:
        assert second.wait(60) == 0
    assert diary.read_text().splitlines() == ["fetch r1", "listen r1 7", "listen r1 7", "heard", "keep r1", "done"]
    engine = sa.create_engine(normal(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT key FROM delivery").scalars().all() == ["r1"]
