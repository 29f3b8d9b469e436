"""The one place that hands out a client for a brand's Braze workspace."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from braze_client import Braze, InvalidRequest, Retry, Timeouts
from workspace.endpoints import check_resolved
from workspace.errors import NotConnected
from workspace.gate import Gate
from workspace.governor import Purpose
from workspace.keys import key_refused
from workspace.models import Workspace
from workspace.secrets import SecretUnreadable

__all__ = ["braze_for", "braze_with_next_key", "connected", "key_refused"]

_clients: dict[tuple[int, str, bytes, Purpose], Braze] = {}
_lock = threading.Lock()


def connected() -> Workspace:
    """The workspace of the brand in scope, complete enough to call. Raises NotConnected with what is missing."""
    workspace = Workspace.objects.first()
    if workspace is None or not workspace.has_key:
        raise NotConnected(_("This brand is not connected to Braze yet: no REST API key is set."))
    return workspace


def braze_for(workspace: Workspace, purpose: Purpose = Purpose.READ) -> Braze:
    """A client with its connection pool, shared by the threads of this process until key or endpoint change.

    For reading, each call takes a permit of the governor and raises HeldBack where there is none. A client for
    sending calls freely: whoever sends takes permits by the dozen beforehand.
    """
    wanted = (workspace.pk, workspace.endpoint, bytes(workspace.api_key_encrypted), purpose)
    with _lock:
        client = _clients.get(wanted)
        if client is None:
            client = _clients[wanted] = _open(workspace, purpose, workspace.api_key)
            for stale in [key for key in _clients if key[0] == workspace.pk and key[:3] != wanted[:3]]:
                del _clients[stale]  # calls under way keep it alive; the pool closes with the last of them
        return client


def braze_with_next_key(workspace: Workspace) -> Braze:
    """A client with the key that waits, for its check alone. Close it."""
    return _open(workspace, Purpose.READ, workspace.next_api_key)


def _open(workspace: Workspace, purpose: Purpose, key: Callable[[], str]) -> Braze:
    try:
        check_resolved(workspace.endpoint)
        if purpose is not Purpose.READ:
            # Repeated by its lane alone, which asks for a permit each time and writes down each answer that was lost.
            return Braze(workspace.endpoint, key(), timeouts=_timeouts(), retry=Retry(attempts=1))
        gate = Gate(workspace.pk)
        return Braze(
            workspace.endpoint, key(), timeouts=_timeouts(), before_call=gate.before, on_call=gate.after
        )
    except (ValidationError, SecretUnreadable, InvalidRequest) as error:
        raise NotConnected(" ".join(getattr(error, "messages", [str(error)]))) from error
    except OSError as error:
        raise NotConnected(_("The Braze endpoint's host name cannot be found.")) from error


def _timeouts() -> Timeouts:
    seconds = float(settings.BRAZE_TIMEOUT_SECONDS)
    return Timeouts(read=seconds, write=seconds, answer=seconds + 5)
