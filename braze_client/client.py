"""One workspace of Braze: all endpoints, one key, one pool of connections."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx2
from pydantic import SecretStr

from ._caller import BeforeCall, Caller, OnCall
from ._http import Http, Timeouts, origin_of
from ._key import Key
from .endpoints.campaigns import Campaigns
from .endpoints.messages import Messages
from .endpoints.segments import Segments
from .endpoints.subscriptions import Subscriptions
from .endpoints.templates import Templates
from .endpoints.triggers import Triggers
from .endpoints.users import Users
from .endpoints.workspace import WorkspaceFacts
from .retry import Retry


class Braze(Users, Messages, Triggers, Campaigns, Segments, Subscriptions, Templates, WorkspaceFacts):
    """One workspace of Braze, reached at its instance's REST endpoint with one of its keys.

    Keeps a pool of connections and may be shared by threads: make one for a key and keep it. Every method
    raises a BrazeError (see `braze_client.errors`) or returns an answer whose `call` says how it went.
    `before_call` gets method and path of each HTTP call before anything is on the wire, repeats too; what it
    raises reaches the caller unchanged, so a limit shared with others belongs there. `on_call` gets each HTTP
    call once it is over, failed ones too; what it raises is logged and goes no further.
    """

    def __init__(
        self,
        endpoint: str,
        api_key: str | SecretStr,
        *,
        transport: httpx2.BaseTransport | None = None,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
        retry: Retry = Retry(),  # noqa: B008 - frozen
        before_call: BeforeCall | None = None,
        on_call: OnCall | None = None,
        max_connections: int = 100,
    ) -> None:
        """`endpoint` as URL or host; http only to this machine. InvalidRequest if it or the key cannot be one.

        `max_connections` is how many calls can be under way at once; more wait for `timeouts.pool` seconds.
        """
        key = Key(api_key)
        self.endpoint = origin_of(endpoint)
        self._http = Http(
            self.endpoint, key, transport=transport, timeouts=timeouts, max_connections=max_connections
        )
        self._caller = Caller(self._http, key, retry, before_call, on_call)

    def __repr__(self) -> str:
        return f"Braze({self.endpoint!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back. The client cannot be used afterwards."""
        self._http.close()
