"""Pages of a template's versions."""
