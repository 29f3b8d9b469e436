import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0001_initial"),
        ("delivery", "0001_initial"),
        ("groups", "0001_initial"),
        ("library", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstallationStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("because", models.CharField(max_length=300, verbose_name="reason")),
                ("stopped_by", models.CharField(max_length=320)),
                ("stopped_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_by", models.CharField(blank=True, max_length=320)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("brand", "Everything of this brand"),
                            ("template", "One template"),
                            ("group", "A group and all below it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(max_length=300, verbose_name="reason")),
                ("stopped_by", models.CharField(max_length=320)),
                ("stopped_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_by", models.CharField(blank=True, max_length=320)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="dispatch",
            name="delivery_scheduled_has_schedule_id",
        ),
        migrations.RemoveIndex(
            model_name="dispatch",
            name="delivery_due",
        ),
        migrations.RemoveIndex(
            model_name="dispatch",
            name="delivery_awaiting",
        ),
        migrations.RemoveField(
            model_name="dispatch",
            name="nudged_at",
        ),
        migrations.AddField(
            model_name="attempt",
            name="content_hash",
            field=models.CharField(
                blank=True, help_text="Of the sealed message that was given.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="duration_ms",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="next_message",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="next_of",
                to="delivery.sealedmessage",
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="next_planned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Local campaign"), (1, "Roll-out")], default=0
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispatches",
                to="library.template",
            ),
        ),
        migrations.AddField(
            model_name="sendid",
            name="asked_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="dispatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Waiting to be handed to Braze"),
                    ("calling", "Being handed to Braze"),
                    ("scheduled", "Scheduled at Braze"),
                    ("changing", "Being changed"),
                    ("recalling", "Being taken back"),
                    ("refused", "Refused"),
                    ("unknown", "Outcome unknown"),
                    ("cancelling", "Being cancelled"),
                    ("cancelled", "Cancelled"),
                    ("done", "Sent"),
                ],
                default="pending",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ["pending", "changing", "recalling", "cancelling"])),
                fields=["brand", "priority", "planned_at"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ["pending", "scheduled", "unknown"])),
                fields=["planned_at"],
                name="delivery_awaiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=branding.constraints.SameBrand(
                field="template", name="delivery_dispatch_template_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=branding.constraints.SameBrand(
                field="next_message", name="delivery_dispatch_next_message_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["scheduled", "changing", "recalling", "cancelling"]), _negated=True
                    ),
                    models.Q(("schedule_id", ""), _negated=True),
                    _connector="OR",
                ),
                name="delivery_scheduled_has_schedule_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="installationstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("lifted_at",),
                name="delivery_one_installation_stop",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="stop",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="library.template",
            ),
        ),
        migrations.AddIndex(
            model_name="stop",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)), fields=["brand"], name="delivery_stops_now"
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="delivery_stop_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="delivery_stop_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=branding.constraints.SameBrand(field="template", name="delivery_stop_template_brand"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=branding.constraints.SameBrand(field="group", name="delivery_stop_group_brand"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group__isnull", True), ("scope", "brand"), ("template__isnull", True)),
                    models.Q(("group__isnull", True), ("scope", "template"), ("template__isnull", False)),
                    models.Q(("group__isnull", False), ("scope", "group"), ("template__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_stop_names_what_it_covers",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("brand", "scope", "template", "group"),
                name="delivery_stop_once",
                nulls_distinct=False,
            ),
        ),
    ]
