"""HTTP in, one call, HTTP out."""

from __future__ import annotations
