"""A typed client of the Braze REST API: messages booked at most once, errors that say what to do next.

    from braze_client import Braze, UserAttributes, TrackUsers

    with Braze("https://rest.fra-01.braze.eu", key) as braze:
        tracked = braze.track_users(TrackUsers(attributes=[UserAttributes(external_id="u-1", first_name="Ada")]))

README.md beside this file tells the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._public import *  # noqa: F403 - the list of names is kept once, in `_public`
else:  # type checkers would take any name for one of a module that has this function

    def __getattr__(name: str) -> object:
        """Load the client with its first name: `braze_client.liquid` alone needs none of it (PEP 562)."""
        # Public names begin in upper case; modules do not, and `from braze_client import liquid` asks here first.
        if name[:1].isupper() or name == "__all__":
            from . import _public

            if name in {*_public.__all__, "__all__"}:
                return getattr(_public, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
