from __future__ import annotations

import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.db import migrations, models

import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_wall_around_sign_in"),
        ("branding", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.CharField(help_text="Name and address, or what acted by itself.", max_length=320),
                ),
                ("actor_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("connection_changed", "Changed the Braze connection"),
                            ("key_set", "Set a Braze key"),
                            ("key_promoted", "Put the waiting Braze key to use"),
                            ("key_removed", "Removed a Braze key"),
                            ("variations_changed", "Changed message variations"),
                            ("attributes_changed", "Changed attributes"),
                            ("segments_changed", "Changed segments"),
                            ("sending_stopped", "Stopped sending"),
                            ("sending_resumed", "Let sending go on"),
                            ("dispatch_retried", "Had a hand-over tried again"),
                            ("dispatch_resolved", "Settled an unknown hand-over"),
                        ],
                        max_length=40,
                    ),
                ),
                ("target", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=1000)),
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
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-id"],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="accounts_auditentry_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(fields=("brand", "id"), name="accounts_auditentry_brand_key"),
                ],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION accounts_audit_is_written_once() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'An audit entry is written once.'; END $$;
            CREATE TRIGGER accounts_audit_is_written_once BEFORE UPDATE OR DELETE ON accounts_auditentry
                FOR EACH ROW EXECUTE FUNCTION accounts_audit_is_written_once();
            """,
            """
            DROP TRIGGER accounts_audit_is_written_once ON accounts_auditentry;
            DROP FUNCTION accounts_audit_is_written_once();
            """,
        ),
    ]
