"""The install story: what is pinned, what is left out and why, what a newcomer is told."""

import ast
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
TARGETS = ["install", "demo", "test", "check"]


#: declared because another library loads it by its name, not because bot/ does
LOADED_BY_OTHERS = {"psycopg": "SQLAlchemy", "websockets": "uvicorn", "python-multipart": "starlette"}


def load_installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("installer", ROOT / ".ci" / "install.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


installer = load_installer()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "constraints.txt").read_text(encoding="utf-8")
LOCK = installer.read_lock(LOCK_TEXT)
LEFT_OUT = dict(re.findall(r"^# - ([\w-]+): (.+)$", LOCK_TEXT, re.MULTILINE))
DECLARED = {
    "bot": PROJECT["project"]["dependencies"],
    "tests": PROJECT["project"]["optional-dependencies"]["tests"],
}


def pinned(*sections: str) -> set[str]:
    return {name for section in sections for name in LOCK[section].pins}


def name_of(requirement: str) -> str:
    return str(installer.plain_name(Requirement(requirement).name))


def our_text_files() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes())[:8000]:
            yield path, content.decode(encoding="utf-8", errors="replace")


def imported_by(folder: Path, *, but: Path | None = None) -> set[str]:
    """The top-level names that the Python files in a folder import, wherever in the file; those in `but` left out."""
    found = set()
    for path in folder.rglob("*.py"):
        if but and path.is_relative_to(but):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"bot", "tests"}


# what is declared


def test_every_dependency_says_in_a_comment_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for requirement in DECLARED["bot"] + DECLARED["tests"]:
        assert re.search(rf'^    "{re.escape(requirement)}",  # \w.{{8,}}$', text, re.MULTILINE), requirement


def test_whatever_the_bot_imports_is_declared() -> None:
    training = ROOT / "bot" / "anonymise" / "training"  # run by hand, with what the tests install
    bot = {name_of(requirement) for requirement in DECLARED["bot"]}
    tests = {name_of(requirement) for requirement in DECLARED["tests"]}
    dists = importlib.metadata.packages_distributions()
    for modules, declared in ((imported_by(ROOT / "bot", but=training), bot), (imported_by(training), bot | tests)):
        for module in modules:
            assert declared & {installer.plain_name(name) for name in dists.get(module, [module])}, module


def test_whatever_is_declared_is_named_somewhere_in_the_bot() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    modules: dict[str, list[str]] = {}
    for module, dists in importlib.metadata.packages_distributions().items():
        for dist in dists:
            modules.setdefault(installer.plain_name(dist), []).append(module)
    wanted = {name_of(requirement) for requirement in DECLARED["bot"]} - set(LOADED_BY_OTHERS)
    assert [name for name in sorted(wanted) if not any(re.search(rf"\b{m}\b", source) for m in modules[name])] == []


def test_torch_is_the_same_pin_everywhere() -> None:
    assert "torch==2.13.0" in DECLARED["bot"]
    assert LOCK["torch"].pins["torch"][0] == "2.13.0"
    assert importlib.metadata.version("torch").split("+")[0] == "2.13.0"


# what is pinned


def test_everything_declared_is_pinned_in_its_section() -> None:
    assert {name_of(requirement) for requirement in DECLARED["bot"]} <= pinned("torch", "bot")
    assert {name_of(requirement) for requirement in DECLARED["tests"]} <= pinned("tests")


def test_every_line_of_the_lock_is_a_comment_or_an_exact_pin() -> None:
    for line in filter(None, LOCK_TEXT.splitlines()):
        assert line.startswith("# ") or installer.PIN.match(line) or line == "#", line


def test_no_package_is_pinned_in_two_sections() -> None:
    names = [name for section in LOCK.values() for name in section.pins]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_each_python_gets_the_same_packages(minor: int) -> None:
    lock = installer.read_lock(LOCK_TEXT, minor)
    assert {name: set(section.pins) for name, section in lock.items()} == {
        name: set(section.pins) for name, section in LOCK.items()
    }


def test_what_is_installed_here_is_what_the_lock_says() -> None:
    there = installer.installed()
    for section in ("build", "torch", "bot", "tests"):
        assert LOCK[section].missing(there) == [], section


def test_what_a_package_asks_for_is_pinned_too_or_left_out_for_a_reason() -> None:
    named = pinned("build", "torch", "bot", "tests")
    extras = {name_of(r): Requirement(r).extras for r in DECLARED["bot"] + DECLARED["tests"]}
    for name in named:
        for text in importlib.metadata.requires(name) or []:
            wanted = Requirement(text)
            groups = ["", *extras.get(name, [])]
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": group}) for group in groups):
                assert installer.plain_name(wanted.name) in named | set(LEFT_OUT), f"{name} asks for {wanted.name}"


def test_what_is_left_out_has_a_reason_and_is_not_installed_unless_with_cuda() -> None:
    assert LEFT_OUT
    for name, reason in LEFT_OUT.items():
        assert len(reason) > 20
        assert name not in pinned("build", "torch", "bot", "tests")


# what a newcomer is told


def test_the_sizes_are_told_before_anything_comes(capsys: pytest.CaptureFixture[str]) -> None:
    download, disk = installer.tell([LOCK["torch"], LOCK["bot"]])
    told = capsys.readouterr().out
    assert "torch: 192 MB to download" in told
    assert f"About {download:,} MB to download and {disk:,} MB on disk in all." in told


@given(free=st.integers(0, 10_000), needed=st.integers(1, 10_000))
def test_a_disk_too_small_is_said_before_it_is_full(free: int, needed: int) -> None:
    if free >= needed:
        installer.check_disk(needed, free)
    else:
        with pytest.raises(installer.Sorry, match=f"needs about {needed:,} MB .* {free:,} MB are free"):
            installer.check_disk(needed, free)


@pytest.mark.parametrize("version", [(3, 9, 6), (3, 10, 14), (3, 15, 0)])
def test_a_python_that_is_too_old_or_too_new_is_named_with_the_way_out(version: tuple[int, int, int]) -> None:
    with pytest.raises(installer.Sorry, match=rf"this one is 3\.{version[1]}\. .*make install PYTHON="):
        installer.check_python(version, (3, 46, 0), lambda name: True)


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_a_missing_venv_is_named_with_the_way_out(lacking: str) -> None:
    with pytest.raises(installer.Sorry, match="apt install python3-venv"):
        installer.check_python((3, 11, 2), (3, 40, 1), lambda name: name != lacking)


def test_a_python_that_is_fine_passes_in_silence() -> None:
    installer.check_python((3, 11, 2), (3, 40, 1), lambda name: True)
    installer.check_python((3, 13, 0), (3, 46, 1), lambda name: True)


def test_a_newer_python_with_an_older_sqlite_is_turned_away_as_durable_work_would_fail() -> None:
    with pytest.raises(installer.Sorry, match=r"SQLite 3\.40\.1; from Python 3\.12 on it has to be 3\.42"):
        installer.check_python((3, 12, 1), (3, 40, 1), lambda name: True)


def test_cuda_is_expected_only_on_linux_and_only_where_no_cpu_build_is_offered() -> None:
    assert installer.cuda_expected("linux", ["2.13.0", "2.12.0"], "2.13.0")
    assert not installer.cuda_expected("linux", ["2.13.0+cpu", "2.13.0"], "2.13.0")
    assert not installer.cuda_expected("darwin", ["2.13.0"], "2.13.0")


@pytest.mark.parametrize("offered", [[], ["2.12.0+cpu", "2.14.0"]])
def test_no_torch_to_be_had_is_said_before_anything_comes(offered: list[str]) -> None:
    with pytest.raises(installer.Sorry, match=r"no torch 2\.13\.0 for this machine\. Is there a network"):
        installer.cuda_expected("linux", offered, "2.13.0")


def test_a_torch_says_itself_whether_it_was_built_for_cuda() -> None:
    assert installer.cuda_of("debug = False\ncuda: Optional[str] = '13.0'\nhip = None") == "13.0"
    assert installer.cuda_of("debug = False\ncuda: Optional[str] = None\nhip = '6.1'") is None


def test_cuda_is_told_with_its_size_and_the_variable_that_avoids_it(capsys: pytest.CaptureFixture[str]) -> None:
    installer.tell_cuda(LOCK["cuda"], wait=False)
    told = capsys.readouterr().out
    assert f"{LOCK['cuda'].download:,} MB more to download" in told
    assert "TORCH_INDEX=" in told


# what is there to be run


def test_make_has_the_targets_and_names_them_at_its_head() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in TARGETS:
        assert re.search(rf"^{target}:", text, re.MULTILINE)
        assert re.search(rf"^#   make {target}\b", text, re.MULTILINE)


def test_the_readme_explains_the_targets() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in TARGETS if f"make {target}" not in text] == []


def test_make_finds_nothing_to_do_twice_in_a_row(tmp_path: Path) -> None:
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "install.py").write_text("", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".installed-bot").touch()
    quiet = {**os.environ, "MAKEFLAGS": ""}
    command = ["make", "--question", "install"]
    assert subprocess.run(command, cwd=tmp_path, env=quiet, capture_output=True).returncode == 0
    os.utime(tmp_path / "constraints.txt", (4e9, 4e9))
    assert subprocess.run(command, cwd=tmp_path, env=quiet, capture_output=True).returncode == 1


def test_ci_is_a_script_that_can_be_run_and_calls_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"^make test\b", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0


def test_every_room_of_the_bot_stands_in_the_import_contracts() -> None:
    street = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    named = set(re.findall(r"bot\.(\w+)", " ".join(street))) | {"sandbox"}
    there = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    there |= {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    assert there - named == set()


def test_the_licence_is_apache_2() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_nothing_that_is_installed_for_the_bot_is_under_the_gpl() -> None:
    for name in pinned("torch", "bot", "tests"):
        about = importlib.metadata.metadata(name)
        said = [about.get("License-Expression"), *about.get_all("Classifier", [])]
        assert not re.search(r"(?<![LA-Za-z])A?GPL|Affero|General Public License v", " ".join(filter(None, said))), name


def test_no_file_names_a_registry_s_host_or_a_path_of_one_machine() -> None:
    hosts = r"p[y]pi\.org|pythonh[o]sted\.org|download\.p[y]torch\.org|registry\.np[m]js"
    machine = "/w[o]rk/|/opt/wh[e]els|/opt/p[y]pi"
    found = [str(path.relative_to(ROOT)) for path, text in our_text_files() if re.search(f"{hosts}|{machine}", text)]
    assert found == []
