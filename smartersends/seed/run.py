"""The whole demo, brand by brand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from branding.scope import brand_scope
from braze_client import Braze, ExportUsers
from groups.importing import Report
from groups.models import Group
from library.installing import install_starter
from smartersends.seed import (
    attributes,
    brands,
    connection,
    history,
    library,
    network,
    people,
    profiles,
    segments,
)
from smartersends.seed.brands import BRANDS, DemoBrand
from smartersends.seed.sandbox import Sandbox
from workspace.models import Workspace
from workspace.services import braze_for

Say = Callable[[str], object]


class SeedError(Exception):
    """What keeps the demo from being made, and what to do about it."""


def seed(*, groups_file: Path | None, say: Say) -> None:
    """Everything, or what is missing of it. Each brand's part in the portal is made whole or not at all."""
    people.install_ops()
    with Sandbox(settings.BRAZE_SANDBOX_URL) as sandbox:
        for demo in BRANDS:
            brand = brands.ensure(demo)
            file = groups_file if demo.is_default else None
            with brand_scope(brand.pk):
                workspace = _portal(demo, file, say)
            with brand_scope(brand.pk):
                _braze(demo, workspace, sandbox, say)


def _portal(demo: DemoBrand, file: Path | None, say: Say) -> Workspace:
    install_starter(demo.slug)
    report = _network(demo, file)
    if report is not None:
        _tell(demo, report, say)
    made = people.install(demo)
    if made:
        say(f"{demo.name}: {made} people")
    attributes.install(demo)
    library.install(demo)
    return connection.install(demo)


def _braze(demo: DemoBrand, workspace: Workspace, sandbox: Sandbox, say: Say) -> None:
    now = timezone.now()
    connection.describe(demo, workspace, sandbox)
    braze = braze_for(workspace)
    added = _profiles(demo, braze, sandbox, now)
    if added:
        say(f"{demo.name}: {added} customers in the sandbox")
    segments.install(demo)
    made = history.install(demo, workspace)
    if made or added:  # a sandbox that started over learns what it would know of the past
        connection.describe(demo, workspace, sandbox, sends=history.sends(now))
    if made:
        scheduled = history.schedule(made)
        say(f"{demo.name}: {len(made)} campaigns, {scheduled} of them on their way to Braze")


# The network


def _tell(demo: DemoBrand, report: Report, say: Say) -> None:
    """A summary here; every row that was skipped or repaired, with its line and why, in a file beside the data."""
    first, *faults = report.summary()
    say(f"{demo.name}: {first}")
    for fault in faults:
        say(fault)
    if notes := [*report.skipped, *report.repaired]:
        file = Path(settings.DATA_DIR) / f"network-of-{demo.slug}.txt"
        file.write_text("".join(f"{note}\n" for note in notes), encoding="utf-8")
        say(f"  each of these rows is named in {file}")


def _network(demo: DemoBrand, file: Path | None) -> Report | None:
    """None when it is there already. A file that has changed since is loaded again."""
    locations = Group.objects.filter(kind=Group.Kind.LOCATION)
    first = locations.order_by("code").values_list("code", flat=True).first()
    if file is None:
        return None if first else network.install(demo, network.made_up(demo))
    if first and network.is_made_up(first):
        raise SeedError(
            f"{demo.name} has its own network already. Start over with --fresh to use {file} instead."
        )
    if first and _stamp(demo).exists() and _stamp(demo).read_text() == _fingerprint(file):
        return None
    report = network.install(demo, network.read(file))
    _stamp(demo).write_text(_fingerprint(file))
    return report


def _stamp(demo: DemoBrand) -> Path:
    """Which file the network was last loaded from."""
    return Path(settings.DATA_DIR) / f"network-of-{demo.slug}.sha256"


def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


# Customers


def _profiles(demo: DemoBrand, braze: Braze, sandbox: Sandbox, now: datetime) -> int:
    """Put the customers in, unless the last of them is there already."""
    groups = {
        group.code: group for group in Group.objects.locations().exclude(fence_value="").order_by("code")
    }
    counts = {code: count for code, count in profiles.counts(demo, tuple(groups)).items() if count}
    last = max(counts)
    last_one = profiles.external_id(last, counts[last] - 1)
    if braze.export_users(ExportUsers(external_ids=[last_one], fields_to_export=["external_id"])).users:
        return 0
    everybody = [
        profile
        for code in sorted(counts)
        for profile in profiles.of_group(demo, groups[code], counts[code], now)
    ]
    sandbox.add_profiles(demo.name, everybody)
    return len(everybody)
