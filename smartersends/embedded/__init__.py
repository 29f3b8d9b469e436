"""PostgreSQL and Valkey of the project's own, for whoever names no others in DATABASE_URL and REDIS_URL.

Both are real servers out of Python wheels. They serve one data folder, are shared by all commands that use
this folder at the same time, and stop when the last of these commands ends, however it ends.
"""

from __future__ import annotations

from smartersends.embedded.errors import ServersError
from smartersends.embedded.servers import Servers, data_folder, ensure_servers, in_use

__all__ = ["Servers", "ServersError", "data_folder", "ensure_servers", "in_use"]
