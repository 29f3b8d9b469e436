"""What an import brings along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import braze_client
from braze_client import _public

ROOT = Path(__file__).parents[2]


def loaded_by(statement: str) -> set[str]:
    """The modules in a fresh interpreter after it."""
    program = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import braze_client.liquid", "from braze_client import liquid"])
def test_liquid_alone_needs_neither_http_nor_pydantic(statement: str) -> None:
    loaded = loaded_by(statement)

    assert "braze_client.liquid" in loaded
    assert loaded.isdisjoint({"httpx2", "httpcore2", "pydantic", "braze_client.client"})


def test_the_client_comes_with_its_first_name_and_without_django() -> None:
    loaded = loaded_by("from braze_client import Braze")

    assert {"httpx2", "pydantic"} <= loaded
    assert not any(name.startswith("django") for name in loaded)


def test_every_public_name_is_there() -> None:
    for name in _public.__all__:
        assert getattr(braze_client, name) is getattr(_public, name)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        braze_client.Nonsense  # type: ignore[attr-defined]  # noqa: B018 - the look-up is the test
