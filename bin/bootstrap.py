"""Make .venv from the locked requirements, then become a command in it. Needs Python and its library only.

bootstrap.py base|dev ARGUMENTS…   run `python ARGUMENTS…` with the packages of requirements/<base|dev>.txt
bootstrap.py uv ARGUMENTS…         run uv
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".data" / "tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(kind: str, *arguments: str) -> NoReturn:
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # an exception, so that a running installer ends too
    if kind == "uv":
        become([uv(), *arguments])
    if {"-h", "--help"} & set(arguments):
        become([sys.executable, *arguments])  # which needs no packages
    if not installed(kind):
        with one_at_a_time():
            install(kind)
    become([str(PYTHON), *arguments])


def become(command: list[str]) -> NoReturn:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "VIRTUAL_ENV": str(VENV)}
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    sys.stdout.flush()
    os.execvpe(command[0], command, environment)  # noqa: S606 - the command was made above


def installed(kind: str) -> bool:
    """Whether .venv holds just what the lock file says. The packages of dev include those of base."""
    kinds = ("base", "dev") if kind == "base" else ("dev",)
    return PYTHON.exists() and any(same(stamp(kind), lock_file(kind)) for kind in kinds)


def same(one: Path, other: Path) -> bool:
    return one.exists() and filecmp.cmp(one, other, shallow=False)


def stamp(kind: str) -> Path:
    """A copy of the lock file that was installed last."""
    return VENV / f"installed-{kind}.txt"


def lock_file(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(kind: str) -> None:
    if stamp("dev").exists():
        kind = "dev"  # whoever has the tools keeps them
    if installed(kind):
        return  # another command did it while this one waited
    say(f"Installing the packages of requirements/{kind}.txt into {VENV} …")
    command = uv()
    for old in VENV.glob("installed-*.txt"):
        old.unlink()
    if not works(PYTHON):
        run([command, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
    run(
        [command, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(lock_file(kind))]
    )
    shutil.copyfile(lock_file(kind), stamp(kind))


def works(python: Path) -> bool:
    """False without .venv, and when the Python that it was made from has gone."""
    return python.exists() and succeeds([str(python), "-c", ""])


def uv() -> str:
    """The uv on the path, or one that pip puts under .data/, checked against its hash."""
    own = TOOLS / "uv" / "bin" / "uv"
    if found := shutil.which("uv"):
        return found
    if not own.exists():
        say(f"Installing uv into {own.parent} …")
        run([*pip(), "install", "--quiet", "--disable-pip-version-check",
                "--root-user-action=ignore", "--require-hashes", "--only-binary=:all:",
             "--upgrade", "--target", str(TOOLS / "uv"), "-r", str(lock_file("uv"))])  # fmt: skip
    return str(own)


def pip() -> list[str]:
    """This Python's pip, or that of a small environment of its own; distributions often leave out one of them."""
    for command in ([sys.executable, "-m", "pip"], [str(TOOLS / "pip" / "bin" / "python"), "-m", "pip"]):
        if Path(command[0]).exists() and succeeds([*command, "--version"]):
            return command
    if succeeds([sys.executable, "-m", "venv", "--clear", str(TOOLS / "pip")]):
        return command
    sys.exit(
        f"{sys.executable} has neither pip nor venv, so nothing can be installed with it. "
        "Install one of them (Debian, Ubuntu: apt install python3-venv), or install uv, and start again."
    )


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - made above


def run(command: list[str]) -> None:
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    failed = subprocess.run(command, check=False, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
    if failed.returncode:
        sys.exit(
            f"Installing failed (see above; the command was: {' '.join(command)}). The usual causes are no network, "
            f"a full disk, or a {VENV.name} of another user; after mending it, start again."
        )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
