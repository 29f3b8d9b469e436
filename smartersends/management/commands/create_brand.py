from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import DomainNameValidator, validate_email, validate_slug

from branding.models import Brand, Domain
from groups.models import known_zone
from smartersends.founding import Beginning, first_link, found


class Command(BaseCommand):
    help = (
        "Makes a brand: its host, the built-in roles, modules and templates to start with, and its first admin, for "
        "whom it prints a link to set a password. All of it or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "slug", help="short name in lower case, such as bluebird; it does not change later"
        )
        parser.add_argument("name", help="what people read, such as 'Bluebird Coffee'")
        parser.add_argument("host", help="where its portal is reached, such as mail.bluebird.example")
        parser.add_argument("admin_email", help="address of its first admin")
        parser.add_argument("--admin-name", default="")
        parser.add_argument("--language", default="en", help="of its mails, unless a group has another")
        parser.add_argument(
            "--time-zone", default="UTC", help="such as Europe/London, unless a group has another"
        )
        identity = parser.add_argument_group("for the footer that the law wants in every mail")
        identity.add_argument("--legal-name", default="", help="without it the brand's name")
        for name in ("street", "city", "postcode"):
            identity.add_argument(f"--{name}", default="")
        identity.add_argument("--country", default="", help="ISO 3166-1, two letters")

    def handle(self, *_args: Any, **options: Any) -> None:
        names = Beginning.__dataclass_fields__
        beginning = Beginning(**{name: str(options[name]).strip() for name in names})
        self._check(beginning)
        brand, admin = found(beginning)
        self.stdout.write(
            f"{brand.name} is there. {admin.email} sets a password here, within three days, and once:"
        )
        self.stdout.write(first_link(brand, admin))
        self.stdout.write(
            "Next, they connect it to Braze on the page Braze; groups come as a CSV file or by the admin."
        )
        if not (beginning.street and beginning.city and beginning.country):
            self.stdout.write(
                "Its postal address is incomplete: complete it in the ops admin under Legal identities, since no "
                "mail goes out without one."
            )

    def _check(self, beginning: Beginning) -> None:
        """Everything at once, so that nobody runs it five times."""
        wrong = [
            *_wrong("slug", validate_slug, beginning.slug),
            *_wrong("host", DomainNameValidator(), beginning.host),
            *_wrong("admin_email", validate_email, beginning.admin_email),
            *_wrong("--time-zone", known_zone, beginning.time_zone),
        ]
        if beginning.country and len(beginning.country) != len("GB"):
            wrong.append("--country: give two letters, such as GB.")
        if Brand.objects.filter(slug=beginning.slug).exists():
            wrong.append(f"slug: there is a brand '{beginning.slug}' already.")
        if Domain.objects.filter(host=beginning.host).exists():
            wrong.append(f"host: {beginning.host} belongs to a brand already.")
        if wrong:
            raise CommandError("\n".join(wrong))


def _wrong(name: str, check: Any, value: str) -> list[str]:
    try:
        check(value)
    except ValidationError as error:
        return [f"{name}: {' '.join(error.messages)}"]
    return []
