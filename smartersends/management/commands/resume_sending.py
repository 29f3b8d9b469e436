from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from delivery import stops
from delivery.models import InstallationStop


class Command(BaseCommand):
    help = "Lifts what stop_sending stopped. What waits goes on by itself, as far as its time has not passed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not InstallationStop.objects.filter(lifted_at__isnull=True).exists():
            raise CommandError("Sending of this installation is not stopped.")
        stops.lift_installation(by=f"{getpass.getuser()} (command line)")
        self.stdout.write("Lifted. What waits goes on within seconds.")
