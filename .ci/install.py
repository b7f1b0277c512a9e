"""Makes .venv and puts what constraints.txt pins into it, after saying how much that is.

    python3 .ci/install.py bot      what the bot needs
    python3 .ci/install.py tests    what the tests add

constraints.txt is a full lock in sections, so pip runs with --no-deps: nothing comes that is not listed
there. Only the standard library is used, and nothing newer than Python 3.7, so that an old Python gets
as far as the sentence that says it is too old.
"""

import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 14)  # every pin was seen to have wheels for these

HEADING = re.compile(r"# \[(?P<name>\w+)\] (?P<download>\d+) MB to download, (?P<disk>\d+) MB on disk: (?P<what>.+)")
PIN = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)"
    r'(?:; python_version (?P<side><|>=) "3\.(?P<minor>\d+)")?'
    r"(?:\s+# (?P<size>\d.+))?$"
)


class Sorry(Exception):
    """What stops the installation, as the sentence that says how to go on."""


class Section:
    """A part of constraints.txt: its name, what it is, its sizes in MB; its pins {name: (version, size in words)}."""

    def __init__(self, name, download, disk, what):
        self.name, self.download, self.disk, self.what = name, int(download), int(disk), what
        self.pins = {}

    def missing(self, there):
        """The pins `name==version` that `there` ({name: version}) does not satisfy."""
        return [f"{name}=={pin[0]}" for name, pin in self.pins.items() if there.get(name, "").split("+")[0] != pin[0]]


def read_lock(text, minor=sys.version_info[1]):
    """{section name: Section} of constraints.txt's text, with the pins that are meant for Python 3.`minor`."""
    sections, section = {}, None
    for line in text.splitlines():
        heading, pin = HEADING.match(line), PIN.match(line)
        if heading:
            section = sections[heading["name"]] = Section(**heading.groupdict())
        elif pin and meant_for(minor, pin["side"], pin["minor"]):
            section.pins[plain_name(pin["name"])] = (pin["version"], pin["size"])
    return sections


def meant_for(minor, side, bound):
    """Whether a pin's condition on Python's minor version ("<" or ">=" `bound`; None for no condition) holds."""
    return side is None or (minor < int(bound)) == (side == "<")


def plain_name(name):
    """A package's name as the indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def check_python(version, sqlite, has_module):
    """Sorry unless this Python can make the environment and run the bot.

    `version` and `sqlite` are version tuples; `has_module(name)` says whether a module is there.
    From Python 3.12 on, DBOS counts on unixepoch('subsec'), which SQLite has since 3.42; before, it does without.
    """
    if not OLDEST <= version[:2] <= NEWEST:
        here = ".".join(map(str, version[:2]))
        raise Sorry(
            f"This needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, and this one is {here}. "
            "Install one of those and name it: make install PYTHON=python3.11"
        )
    if version[:2] >= (3, 12) and sqlite < (3, 42):
        raise Sorry(
            f"This Python was built with SQLite {'.'.join(map(str, sqlite))}; from Python 3.12 on it has to be 3.42 or "
            "newer. Python 3.11 does with an older one: make install PYTHON=python3.11"
        )
    if not (has_module("venv") and has_module("ensurepip")):
        raise Sorry("Python's venv is missing. On Debian: apt install python3-venv, then run this again.")


def check_disk(needed_mb, free_mb):
    """Sorry if what has to be unpacked, beside what is downloaded first, does not fit."""
    if free_mb < needed_mb:
        raise Sorry(
            f"This needs about {needed_mb:,} MB of disk and {free_mb:,} MB are free here. Make room and run this again."
        )


def cuda_expected(platform, offered, pin):
    """Whether the ordinary build of torch, which on Linux brings CUDA, is all that is offered (no +cpu one)."""
    if not any(version.split("+")[0] == pin for version in offered):
        raise Sorry(
            f"pip finds no torch {pin} for this machine. Is there a network, is TORCH_INDEX right if you set it? "
            "There are builds for Linux and for Macs with Apple's own processors."
        )
    return platform.startswith("linux") and f"{pin}+cpu" not in offered


def cuda_of(version_py):
    """The CUDA version that a torch was built for, from the text of its version.py; None for a CPU build."""
    found = re.search(r"^cuda\b[^=]*= '([^']+)'", version_py, re.MULTILINE)
    return found and found[1]


def pip(*arguments, index=None):
    """Runs .venv's pip; its exit code becomes a sentence."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    where = ["--index-url", index] if index else []
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *quiet, "install", "--no-deps", *where]
    if subprocess.run([*command, *arguments], cwd=str(ROOT)).returncode:
        raise Sorry("pip could not install that; what it says is above. Nothing is broken: run this again once mended.")


def installed():
    """{name: version} of what is in .venv."""
    listing = "import importlib.metadata as m; [print(d.metadata['Name'], d.version) for d in m.distributions()]"
    output = subprocess.run([str(PYTHON), "-c", listing], stdout=subprocess.PIPE, check=True).stdout.decode()
    return {plain_name(name): version for name, version in map(str.split, output.splitlines())}


def offered_torch(index):
    """The versions of torch that pip can get for this machine, asked for without downloading any."""
    where = ["--index-url", index] if index else []
    command = [str(PYTHON), "-m", "pip", "index", "versions", "torch", *where]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = re.search(r"^Available versions: (.+)$", answer.stdout.decode(), re.MULTILINE)
    return found[1].split(", ") if found else []


def tell(sections):
    """Says what is about to come, section by section and the big packages by name; gives (download, disk) in MB."""
    for section in sections:
        say(f"{section.name}: {section.what}: {section.download:,} MB to download, {section.disk:,} MB on disk")
        for name, (_, size) in section.pins.items():
            if size:
                say(f"    {name}: {size}")
    download, disk = sum(s.download for s in sections), sum(s.disk for s in sections)
    say(f"About {download:,} MB to download and {disk:,} MB on disk in all.")
    return download, disk


def tell_cuda(cuda, wait):
    """Says, before anything comes, that torch will bring CUDA, how much more that is, and how to do without."""
    say(
        f"No CPU build of torch is offered here, only the one that brings CUDA: {cuda.download:,} MB more to download "
        f"and {cuda.disk:,} MB more on disk, of no use to the bot.\n"
        "To do without, stop now (Ctrl-C) and name an index of CPU builds: make install TORCH_INDEX=https://…"
    )
    if wait:
        say("Going on with CUDA in 15 seconds (CUDA=yes doesn't wait).")
        time.sleep(15)


def say(sentence):
    """Prints at once, also into a pipe, so that it stands before what it speaks of."""
    print(sentence, flush=True)


def install(wanted):
    """Brings .venv to what constraints.txt says for `wanted` ("bot" or "tests")."""
    lock = read_lock((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    if not PYTHON.exists():
        say(f"Making {VENV.name} …")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    there = installed()
    coming = [lock[name] for name in {"bot": ("build", "torch", "bot"), "tests": ("tests",)}[wanted]]
    coming = [section for section in coming if section.missing(there)]
    if lock["torch"] in coming:
        index = os.environ.get("TORCH_INDEX")
        if cuda_expected(sys.platform, offered_torch(index), lock["torch"].pins["torch"][0]):
            coming.append(lock["cuda"])
            tell_cuda(lock["cuda"], wait=sys.stdin.isatty() and os.environ.get("CUDA") != "yes")
    if coming:
        check_disk(sum(tell(coming)), shutil.disk_usage(str(ROOT)).free // 1_000_000)
    bring(lock, there, wanted)


def bring(lock, there, wanted):
    """Downloads and installs what is missing, torch first, as that decides whether CUDA's packages are needed."""
    if wanted == "tests":
        add(lock["tests"], there)
        return
    add(lock["build"], there)
    add(lock["torch"], there, index=os.environ.get("TORCH_INDEX"))
    if cuda_of(next(VENV.glob("lib/python*/site-packages/torch/version.py")).read_text(encoding="utf-8")):
        add(lock["cuda"], there)
    add(lock["bot"], there, "--no-build-isolation")
    pip("--no-build-isolation", "--editable", ".")


def add(section, there, *options, index=None):
    """Installs what a section lacks."""
    missing = section.missing(there)
    if missing:
        say(f"Installing {section.name} ({len(missing)} of {len(section.pins)} packages) …")
        pip(*options, *missing, index=index)


def main(wanted):
    """Checks, installs, leaves a stamp for make."""
    started = time.monotonic()
    try:
        check_python(sys.version_info, sqlite3.sqlite_version_info, importlib.util.find_spec)
        install(wanted)
    except Sorry as reason:
        sys.exit(str(reason))
    (VENV / f".installed-{wanted}").touch()
    say(f"Installed ({wanted}) in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main(sys.argv[1])
