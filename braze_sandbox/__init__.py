"""A Braze on this machine, for demonstrations and tests: ``python -m braze_sandbox --port 8090 --data DIR``.

It speaks the part of Braze's REST protocol that a key with ten permissions opens, really sends what is scheduled (into
an inbox of its own, never off the machine) and fails on demand. It is a process of its own; nothing imports it.

Stack: falcon routes (small, typed, no dependencies, and quick enough that SQLite and not the framework is the limit),
granian serves, minijinja renders the pages, python-liquid the mails, SQLite keeps.
"""
