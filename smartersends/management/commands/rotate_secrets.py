from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workspace import rotating
from workspace.rotating import Outcome


class Command(BaseCommand):
    help = (
        "Re-encrypts every stored secret under the newest key of ENCRYPTION_KEYS. Killed, it goes on where it stopped "
        "when it is run again. Once it ends without complaint, older keys can be taken out of ENCRYPTION_KEYS."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        total: Counter[str] = Counter()
        unreadable: list[int] = []
        for brand_id, workspace_pk in rotating.owners():
            outcomes = rotating.rotate(brand_id, workspace_pk)
            total += outcomes
            if outcomes[Outcome.UNREADABLE]:
                unreadable.append(brand_id)
        self.stdout.write(
            f"{total[Outcome.MOVED]} secrets re-encrypted, {total[Outcome.NEWEST]} were under the newest key already."
        )
        if unreadable:
            raise CommandError(
                f"{total[Outcome.UNREADABLE]} secrets of the brands {', '.join(map(str, unreadable))} open with no key "
                "of ENCRYPTION_KEYS. Add the key they were made under, or have those brands paste their Braze keys again."
            )
        self.stdout.write("Older keys can be taken out of ENCRYPTION_KEYS now.")
