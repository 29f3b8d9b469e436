"""The portal's Celery as it is, but for its clock: `celery -A faults.portal worker`."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils import timezone

from faults.clock import SharedClock
from smartersends.celery import app

__all__ = ["app"]

timezone.now = SharedClock(Path(os.environ["FAULTS_CLOCK"])).now
