"""Celery: doors to services, never the place where something is remembered."""

from __future__ import annotations

import gc
import os
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_ready
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartersends.settings")


class Nudge(DjangoTask[Any, Any]):
    """A task is a nudge about a row that is safe already, so a broker that is away must not fail the request."""

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as in Celery itself
        transaction.on_commit(lambda: self.delay(*args, **kwargs), robust=True)


app = Celery("smartersends", task_cls=Nudge)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def leave_the_code_alone(**_signal: object) -> None:
    """What is loaded by now stays for good: looking through it for garbage again and again cost a fifth of a hand-over."""
    gc.collect()
    gc.freeze()
