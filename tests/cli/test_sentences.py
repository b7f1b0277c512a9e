"""Whatever goes wrong is one sentence on stderr and an exit code, and nobody's words are in it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Ask = Callable[..., Result]
Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]

BAD = [
    (["transcribe", "nowhere.ogg", "--engine", "gramophone"], {}, "gramophone"),
    (["transcribe"], {}, "AUDIO"),
    (["transcribe", "nowhere.ogg"], {"SPEECH_THREADS": "none"}, "SPEECH_THREADS can't be used as it is: it should be"),
    (["transcribe", "nowhere.ogg"], {"SPEECH_ENGINE": "ear"}, "SPEECH_ENGINE can't be used as it is: it should be"),
    (["anonymise", "nowhere.txt"], {}, "There is no file nowhere.txt that I can read."),
    (["anonymise", "."], {}, "say with --out where the masked interviews should go"),
    (["anonymise", ".", "--out", "."], {}, "can't go into the folder that it comes from"),
    (["anonymise", "--out", "masked", "--jsonl"], {}, "--out takes files and folders"),
    (["anonymise", "nowhere.txt", "--out", "masked"], {}, "nowhere.txt"),
    (["unmask", "nowhere.md", "nowhere.log.json"], {}, "I can't read nowhere.md"),
    (["gazetteer", "add", "nowhere.csv"], {}, "I can't open nowhere.csv"),
    (["gazetteer", "add", "picture.txt", "--kind", "places"], {}, "line 1 isn't text in UTF-8"),
    (["gazetteer", "remove", "wards"], {}, "There is no list called wards"),
    (["anonymise", "picture.txt"], {}, "picture.txt isn't text in UTF-8"),
    (["anonymise", "--roster", "nowhere.csv"], {}, "there is no such file"),
    (["anonymise", "--roster", "picture.txt"], {}, "it isn't a CSV file in UTF-8"),
    (["anonymise", "--jsonl", "--json"], {}, "leave out --json"),
    (["anonimise"], {}, "anonimise"),
    (["manifest", "--yaml"], {}, "--yaml"),
    (["demo", "--port", "99999"], {}, "--port"),
    (["serve"], {}, "I have no Slack tokens"),
    (["key", "rotate"], {}, "There is only one master key"),
    (["db", "upgrade"], {"MASTER_KEYS": "not-a-key"}, "The master key isn't one I can use"),
]


@pytest.mark.parametrize(("arguments", "settings", "sentence"), BAD, ids=lambda each: " ".join(each)[:40])
def test_bad_input_is_one_sentence(
    ask: Ask, somewhere: Path, arguments: list[str], settings: dict[str, str], sentence: str
) -> None:
    (somewhere / "picture.txt").write_bytes(b"\xff\xd8\xff\xe0 not words")
    told = ask(*arguments, **settings)
    assert sentence in told.stderr
    assert told.stderr.count("\n") == 1
    assert told.stdout == ""
    assert told.exit_code in ((1, 2) if arguments[0] == "db" else (2,))


def test_a_setting_in_the_env_file_is_named_and_its_value_is_not(ask: Ask, somewhere: Path) -> None:
    (somewhere / ".env").write_text("MAX_AUDIO_MB=xoxb-pasted-by-mistake\n")
    told = ask("transcribe", "nowhere.ogg")
    assert told.stderr.startswith("MAX_AUDIO_MB can't be used")
    assert "xoxb" not in told.stderr


def test_an_env_file_that_is_no_text_is_a_sentence(ask: Ask, somewhere: Path) -> None:
    (somewhere / ".env").write_bytes(b"\xff\xfe\x00")
    told = ask("db", "upgrade")
    assert (told.exit_code, told.stderr) == (2, "I can't read .env: it isn't text in UTF-8.\n")


def test_a_database_out_of_reach_is_a_failure(run: Run) -> None:
    told = run("db", "upgrade", DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing")
    assert told.returncode == 1
    assert told.stderr.startswith("I can't reach the database") and told.stderr.count("\n") == 1


def test_slack_out_of_reach_is_a_failure(run: Run) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    told = run("serve", SLACK_API_URL="http://127.0.0.1:9/api/", **tokens)
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("I can't reach Slack at http://127.0.0.1:9/api/")


def test_a_reader_who_goes_away_is_no_traceback(start: Start) -> None:
    begun = start("manifest")
    assert begun.stdout and begun.stderr
    begun.stdout.close()  # as `| head` does
    told = begun.stderr.read()
    assert (begun.wait(30), told) == (1, "Whoever was reading my output went away, so I stopped.\n")


def test_ctrl_c_is_quiet(start: Start) -> None:
    begun = start("anonymise", "--jsonl")
    assert begun.stdin and begun.stdout and begun.stderr
    begun.stdin.write('{"id": "a", "text": "I am Amina Okafor from Norwich."}\n')
    begun.stdin.flush()
    assert '"id": "a"' in begun.stdout.readline()  # a line at a time: the next one hasn't come yet
    begun.send_signal(signal.SIGINT)
    assert begun.wait(30) == 130
    assert begun.stderr.read() == ""


SURPRISE = """
import sys
from bot import terminal
sys.excepthook = terminal.broke
def tell(words):
    raise ValueError(words)
tell("behind the walled garden")
"""


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_an_error_that_nobody_foresaw_says_its_type_and_never_what_it_was_about(level: str, somewhere: Path) -> None:
    env = os.environ | {"LOG_LEVEL": level}
    told = subprocess.run([sys.executable, "-c", SURPRISE], env=env, capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr.startswith("Something broke on our side (ValueError).")
    assert "walled garden" not in told.stderr
    assert ("in tell" in told.stderr) == (level == "DEBUG")
