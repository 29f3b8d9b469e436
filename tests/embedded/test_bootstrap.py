"""How the commands in bin/ come by their packages."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path):
    """bin/bootstrap.py in a checkout that has lock files and an interpreter, and no packages yet."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "bootstrap.py", tmp_path / "bin")
    spec = importlib.util.spec_from_file_location("bootstrap", tmp_path / "bin" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.symlink_to(sys.executable)
    for kind in ("base", "dev"):
        module.lock_file(kind).parent.mkdir(exist_ok=True)
        module.lock_file(kind).write_text(f"{kind} packages")
    return module


def note_installed(bootstrap, kind):
    shutil.copyfile(bootstrap.lock_file(kind), bootstrap.stamp(kind))


def test_nothing_counts_as_installed_before_the_first_time(bootstrap):
    assert not bootstrap.installed("base")


def test_a_lock_file_that_changed_is_installed_again(bootstrap):
    note_installed(bootstrap, "base")
    assert bootstrap.installed("base")

    bootstrap.lock_file("base").write_text("base packages, and one more")
    assert not bootstrap.installed("base")


def test_the_packages_for_the_checks_serve_the_demo_too_but_not_the_other_way_round(bootstrap):
    note_installed(bootstrap, "base")
    assert not bootstrap.installed("dev")

    note_installed(bootstrap, "dev")
    bootstrap.stamp("base").unlink()
    assert bootstrap.installed("base")


def test_packages_are_installed_again_when_their_interpreter_has_gone(bootstrap):
    note_installed(bootstrap, "base")
    bootstrap.PYTHON.unlink()
    bootstrap.PYTHON.symlink_to("/nowhere/python")

    assert not bootstrap.installed("base")


def test_help_needs_no_packages(bootstrap):
    shutil.copytree(ROOT / "smartersends" / "embedded", bootstrap.ROOT / "smartersends" / "embedded")
    shutil.copytree(ROOT / "smartersends" / "supervisor", bootstrap.ROOT / "smartersends" / "supervisor")
    bare_python = Path(sys.base_prefix) / "bin" / "python3"
    command = [bare_python, bootstrap.__file__, "base", "-m", "smartersends.supervisor", "--help"]

    assert "--groups FILE" in subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["base", "dev", "uv"])
def test_a_lock_file_pins_every_package_by_hash_and_names_no_host(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]

    assert packages
    assert all("==" in package and package.endswith("\\") for package in packages)
    assert text.count("\\\n    --hash=sha256:") >= len(packages)
    assert "://" not in text
