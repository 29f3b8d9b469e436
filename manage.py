#!/usr/bin/env python
"""Django's command line, with the embedded servers behind it when no others are named."""

from __future__ import annotations

import os
import sys


def main() -> None:
    from smartersends.embedded import ensure_servers

    ensure_servers()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartersends.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
