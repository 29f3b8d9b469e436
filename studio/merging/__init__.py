"""Taking all campaigns of a template to its published version, in the background."""
