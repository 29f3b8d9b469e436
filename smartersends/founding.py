"""How a brand begins: its host, its roles, the node all its groups hang on, and somebody to let the others in."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from accounts.models import Role, User
from accounts.permissions import BUILT_IN_ROLES
from branding.models import Brand, Domain, LegalIdentity, Theme
from branding.scope import brand_scope, current_brand_id
from branding.urls import base_url
from groups.models import Group, Membership
from library.installing import install_common

ADMIN = "brand_admin"


@dataclass(frozen=True)
class Beginning:
    """What is known of a brand on its first day. The legal identity may be completed in the ops admin."""

    slug: str
    name: str
    host: str
    admin_email: str
    admin_name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    legal_name: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""


def found(beginning: Beginning) -> tuple[Brand, User]:
    """All of it or nothing. The admin has no password yet: see `first_link`."""
    with transaction.atomic():
        brand = open_brand(beginning.slug, beginning.name, beginning.host)
        with brand_scope(brand.pk):
            Theme.objects.create(logo_alt=beginning.name)
            _identity(beginning)
            root = _root(beginning)
            roles = install_roles()
            admin = enrol(beginning.admin_email, beginning.admin_name, password=None)
            Membership.objects.create(person=admin, group=root, role=roles[ADMIN])
            install_common(brand)
    return brand, admin


def open_brand(slug: str, name: str, host: str, *, is_default: bool = False) -> Brand:
    """The brand and the host it answers on."""
    brand = Brand.objects.create(slug=slug, name=name, is_default=is_default)
    Domain.objects.create(brand=brand, host=host, is_primary=True)
    return brand


def install_roles() -> dict[str, Role]:
    """The built-in roles by key, in the brand's scope; those that are there stay as the brand made them."""
    return {
        key: Role.objects.get_or_create(key=key, defaults={"name": name, "permissions": sorted(held)})[0]
        for key, name, held in BUILT_IN_ROLES
    }


def enrol(email: str, name: str, *, password: str | None) -> User:
    """Somebody of the brand in scope whose address needs no confirmation. `password` is hashed already."""
    user = User(brand_id=current_brand_id(), email=email.strip().lower(), name=name)
    if password is None:
        user.set_unusable_password()
    else:
        user.password = password
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def first_link(brand: Brand, user: User) -> str:
    """Where somebody sets a password; good for the days of PASSWORD_RESET_TIMEOUT, and once."""
    with brand_scope(brand.pk):
        token = default_token_generator.make_token(user)
    names = {"uidb36": user_pk_to_url_str(user), "key": token}
    return base_url(brand) + reverse("account_reset_password_from_key", kwargs=names)


def _identity(beginning: Beginning) -> None:
    LegalIdentity.objects.create(
        legal_name=beginning.legal_name or beginning.name,
        street=beginning.street,
        city=beginning.city,
        postcode=beginning.postcode,
        country=beginning.country.upper(),
    )


def _root(beginning: Beginning) -> Group:
    root = Group(
        kind=Group.Kind.BRAND, code=beginning.slug, name=beginning.name, sender_name=beginning.name[:80],
        language=beginning.language, time_zone=beginning.time_zone,
    )  # fmt: skip
    root.full_clean(exclude=["brand", "path"])
    root.save()
    root.place()
    root.save(update_fields=["path"])
    return root
