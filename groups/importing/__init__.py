"""Loading a network: rows of any source into the country > region > group tree, each row told apart by its code."""

from __future__ import annotations

from groups.importing.directory import NotADirectory, read_directory
from groups.importing.load import load
from groups.importing.rows import Location, Network, Note, Report

__all__ = ["Location", "Network", "NotADirectory", "Note", "Report", "load", "read_directory"]
