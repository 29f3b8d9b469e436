"""Counts what hangs on a version of a template without looking at what was sent long ago."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_merging_and_bypasses")]

    operations = [
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(status__in=["draft", "in_review", "approved", "scheduled"]),
                fields=["brand", "template_version", "status", "group"],
                name="campaigns_on_version",
            ),
        ),
    ]
