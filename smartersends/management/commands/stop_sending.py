from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delivery import stops
from delivery.errors import DeliveryError


class Command(BaseCommand):
    help = (
        "Stops all sending of this installation at once: nothing more is handed to Braze, and what is scheduled there is "
        "taken back. It holds until resume_sending."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--because", required=True, help="the reason; everybody whose campaigns wait reads it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        because: str = options["because"]
        try:
            stop = stops.stop_installation(because=because, by=f"{getpass.getuser()} (command line)")
        except DeliveryError as error:
            raise CommandError(str(error)) from error
        if stop.because != because.strip()[:300]:
            self.stdout.write(
                f"It is stopped already, since {stop.stopped_at:%Y-%m-%d %H:%M} UTC: {stop.because}"
            )
            return
        self.stdout.write("Stopped. What Braze has is being taken back, the soonest first.")
