from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from braze_client import BrazeError
from groups.importing import NotADirectory
from smartersends.seed.run import SeedError, seed
from smartersends.seed.sandbox import SandboxError


class Command(BaseCommand):
    help = "Fills an installation with the two brands of the demo. Run again, it adds only what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--groups",
            type=Path,
            metavar="FILE",
            help="a store directory (CSV, may be gzipped) for the coffee chain",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.HTTPS or not settings.DEMO:
            raise CommandError(
                "The demo's people share a printed password: set DEMO=yes, and never together with HTTPS."
            )
        if not settings.BRAZE_SANDBOX_URL:
            raise CommandError("Start the Braze sandbox and set BRAZE_SANDBOX_URL to its address.")
        try:
            seed(groups_file=options["groups"], say=self.stdout.write)
        except (SeedError, SandboxError, NotADirectory, BrazeError) as error:
            raise CommandError(str(error)) from error
