from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_draft_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="restriction",
            name="needs",
            field=models.CharField(
                blank=True, help_text="It may stand where the mail also says this.", max_length=200
            ),
        ),
    ]
