"""Other people's packages doing the same template, each in a process of its own, installed into a folder of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGES = {"mjml": "npm", "juice": "npm", "premailer": "PyPI"}


@dataclass
class Peer:
    """A warm process that is asked for one round at a time."""

    name: str
    process: subprocess.Popen[str]

    def milliseconds(self, calls: int) -> float:
        """Processor time a call."""
        assert self.process.stdin
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        return float(self.said()["ms"])

    def said(self) -> dict[str, Any]:
        assert self.process.stdout
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=60)


def started(folder: Path, mjml: Path, page: Path) -> list[Peer]:
    """Those that could be installed; of the others it is said that they could not."""
    found = []
    for name, registry in PACKAGES.items():
        try:
            found.append(_start(name, folder, mjml if name == "mjml" else page))
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            print(f"{name} of {registry} is left out, it could not be installed or started: {error}")
    return found


def _start(name: str, folder: Path, source: Path) -> Peer:
    command = _node(name, folder) if PACKAGES[name] == "npm" else _python(name, folder)
    process = subprocess.Popen(
        [*command, str(source)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    peer = Peer(name, process)
    peer.said()
    return peer


def _node(name: str, folder: Path) -> list[str]:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        raise OSError("there is no node and npm on this machine")
    if not (folder / "node_modules" / name).is_dir():
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), name]
        subprocess.run(install, check=True, timeout=300)
    return [node, str(HERE / "peer.cjs"), name, str(folder)]


def _python(name: str, folder: Path) -> list[str]:
    target = folder / "py"
    if not (target / name).is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, timeout=120)
        pip = [str(folder / "venv" / "bin" / "pip"), "install", "--quiet", "--target", str(target), name]
        subprocess.run(pip, check=True, timeout=300)
    return [sys.executable, str(HERE / "peer.py"), str(target)]
