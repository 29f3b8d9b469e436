"""Makes a template out of a newsletter that exists already: everything in it locked, ready to be opened field by field."""
