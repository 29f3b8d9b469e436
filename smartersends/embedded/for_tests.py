"""A pytest plugin, `-p smartersends.embedded.for_tests`: servers of the tests' own, before Django reads its settings.

A conftest.py would come too late, for pytest-django reads the settings before any of them.
"""

from __future__ import annotations

from smartersends.embedded.servers import ROOT, ensure_servers

ensure_servers(ROOT / ".data" / "test", durable=False)
