import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.conf import settings
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0002_dark_look_and_identities"),
        ("campaigns", "0002_changes_while_scheduled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="open_points",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("move", "Status"),
                    ("created", "Created"),
                    ("cancel_wanted", "Cancel asked for"),
                    ("resolved", "Outcome settled by a person"),
                    ("rescheduled", "Time changed"),
                    ("retargeted", "Audience changed"),
                    ("refreshed", "Mail renewed"),
                    ("change_refused", "Braze did not take the change"),
                    ("merged", "Taken to a newer version of the template"),
                    ("bypassed", "A finding was let pass"),
                ],
                default="move",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Bypass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=8)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("subject_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        default=branding.scope.current_brand_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branding.brand",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bypasses",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bypasses",
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="campaigns_bypass_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(fields=("brand", "id"), name="campaigns_bypass_brand_key"),
                    branding.constraints.SameBrand(field="campaign", name="campaigns_bypass_campaign_brand"),
                    branding.constraints.SameBrand(field="by", name="campaigns_bypass_by_brand"),
                    models.UniqueConstraint(
                        fields=("brand", "campaign", "rule", "place", "subject_hash"),
                        name="campaigns_bypass_once",
                    ),
                ],
            },
        ),
    ]
