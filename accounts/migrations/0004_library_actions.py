from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_audit_entry"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="action",
            field=models.CharField(
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
                    ("module_published", "Published a module"),
                    ("template_published", "Published a template"),
                    ("template_retired", "Retired a template"),
                    ("template_shared", "Changed who sees a template"),
                    ("template_merged", "Merged a template into campaigns"),
                    ("theme_changed", "Changed the brand's look"),
                    ("identity_changed", "Changed the legal identity"),
                    ("rules_changed", "Changed the mail rules"),
                    ("finding_bypassed", "Let a campaign pass a finding"),
                    ("image_recalled", "Recalled a picture"),
                ],
                max_length=40,
            ),
        ),
    ]
