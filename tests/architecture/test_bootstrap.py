"""Does the script that installs careledger know when it has to, and when it cannot?"""

import ast
import os
import re
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "careledger"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, for a project of its own that has a .venv but no record of an installation."""
    loader = SourceFileLoader("bootstrap", str(SCRIPT))
    spec = spec_from_loader("bootstrap", loader)
    assert spec
    module = module_from_spec(spec)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader.exec_module(module)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch(mode=0o755)
    (tmp_path / "uv.lock").write_text("version = 1")
    (tmp_path / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(module, "PROJECT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(venv))
    monkeypatch.setattr(module, "PYTHON", str(venv / "bin" / "python"))
    return module


def installed(bootstrap: ModuleType, group: str) -> None:
    Path(bootstrap.stamp_of(group)).write_bytes(bootstrap.fingerprint())


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_the_script_can_be_run_and_asks_for_the_python_on_the_path() -> None:
    assert os.access(SCRIPT, os.X_OK)
    assert SCRIPT.read_text().startswith("#!/usr/bin/env python3\n")


def test_the_script_names_no_host_so_that_a_mirror_is_honoured() -> None:
    assert not re.search(r"https?:|\.(org|com|io|net)\b", SCRIPT.read_text())


def test_an_old_python_says_which_one_is_needed(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 6, 15))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.6\.15"):
        bootstrap.need_new_python([])


def test_nothing_counts_as_installed_until_it_was_finished(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_installed("main")
    installed(bootstrap, "main")
    assert bootstrap.is_installed("main")


def test_tests_need_their_tools_and_other_commands_do_with_them(bootstrap: ModuleType) -> None:
    installed(bootstrap, "main")
    assert not bootstrap.is_installed("dev")
    installed(bootstrap, "dev")
    Path(bootstrap.stamp_of("main")).unlink()
    assert bootstrap.is_installed("main")


@pytest.mark.parametrize("changed", ["uv.lock", "pyproject.toml", ".venv/pyvenv.cfg"])
def test_a_change_of_what_is_wanted_is_noticed(bootstrap: ModuleType, tmp_path: Path, changed: str) -> None:
    installed(bootstrap, "main")
    with (tmp_path / changed).open("a") as file:
        file.write("\n# changed")
    assert not bootstrap.is_installed("main")


def test_a_project_that_was_moved_is_installed_again(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(bootstrap, "main")
    other = Path(bootstrap.PROJECT + "-moved")
    Path(bootstrap.PROJECT).rename(other)
    monkeypatch.setattr(bootstrap, "PROJECT", str(other))
    monkeypatch.setattr(bootstrap, "VENV", str(other / ".venv"))
    monkeypatch.setattr(bootstrap, "PYTHON", str(other / ".venv" / "bin" / "python"))
    assert not bootstrap.is_installed("main")


def test_a_venv_whose_python_was_removed_is_made_again(bootstrap: ModuleType) -> None:
    installed(bootstrap, "main")
    Path(bootstrap.PYTHON).unlink()
    assert not bootstrap.is_installed("main")
