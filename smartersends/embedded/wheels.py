"""Where the Python wheels that carry the servers' programs are installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from smartersends.embedded.errors import ServersError


def wheel_folder(package: str, variable: str, server: str) -> Path:
    """The package's folder, found without importing it. Raises ServersError when it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServersError(
            f"The package {package.replace('_', '-')} is not installed. Start through bin/demo or bin/test, which "
            f"install it, or set {variable} to a {server} of your own."
        )
    return Path(spec.submodule_search_locations[0])
