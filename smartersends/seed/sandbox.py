"""The control API of the Braze sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx2

AT_ONCE = 5_000


class SandboxError(Exception):
    """The sandbox is not there or does not take what it is given; the text says which."""


class Sandbox:
    def __init__(self, url: str, transport: httpx2.BaseTransport | None = None) -> None:
        self._http = httpx2.Client(base_url=url, transport=transport, timeout=60, trust_env=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def define(self, workspace: dict[str, Any]) -> None:
        """Make or replace a workspace by its name."""
        self._post("/sandbox/workspaces", workspace)

    def add_profiles(self, workspace: str, profiles: Sequence[dict[str, Any]]) -> None:
        """Make or change profiles, as /users/track would, without its limits."""
        for start in range(0, len(profiles), AT_ONCE):
            self._post(
                "/sandbox/profiles",
                {"workspace": workspace, "profiles": profiles[start : start + AT_ONCE]},
            )

    def _post(self, path: str, body: dict[str, Any]) -> None:
        try:
            answer = self._http.post(path, json=body)
        except httpx2.TransportError as error:
            raise SandboxError(
                f"The Braze sandbox does not answer at {self._http.base_url}: {error}"
            ) from error
        if not answer.is_success:
            raise SandboxError(
                f"The Braze sandbox refused {path} with {answer.status_code}: {answer.text[:300]}"
            )
