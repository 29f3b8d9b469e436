"""Wiring: settings, URLs, Celery, the embedded servers."""

from __future__ import annotations
