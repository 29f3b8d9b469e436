"""The checks themselves, by subject. Plain: no Django, no network, no clock of their own."""
