"""How the cast is made: brands, groups, people and a small template, built in a brand's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import Role, User
from accounts.permissions import BUILT_IN_ROLES
from branding.models import Brand, Domain, LegalIdentity, Theme
from branding.scope import brand_scope
from campaigns.models import Campaign
from groups.models import Group, Membership
from library import engine
from library.engine import ModuleSpec, TemplateSpec
from library.models import Image, Template, TemplateVersion
from workspace.models import Workspace

PASSWORD = "a-quiet-harbour-42"
#: Looks like one of Braze's; every test that says the key never shows looks for it.
API_KEY = "7d1f0c52-5b0e-4c1e-9a53-0c8f3e5a91bb"
ENDPOINT = "http://localhost:9"

STORY = ModuleSpec.model_validate(
    {
        "slug": "story",
        "name": "Story",
        "fields": [
            {"key": "headline", "type": "text", "label": "Headline", "required": True, "max_length": 60,
             "default": "Autumn is here"},
            {"key": "body", "type": "rich_text", "label": "Text", "marks": ["bold", "link"], "max_length": 300,
             "default": "<p>Warm cups.</p>"},
            {"key": "picture", "type": "image", "label": "Picture", "display_width": 300},
            {"key": "more", "type": "button", "label": "Button",
             "default": {"label": "Read on", "url": "tel:+441632960123"}},
            {"key": "tone", "type": "choice", "label": "Tone",
             "options": [{"value": "calm", "label": "Calm"}, {"value": "loud", "label": "Loud"}]},
            {"key": "ruled", "type": "toggle", "label": "Rule above"},
            {"key": "leads", "type": "toggle", "label": "Opens the mail"},
        ],
        "mjml": """<mj-section><mj-column>
[% if ruled %]<mj-divider />[% endif %]
[% if picture %]<mj-image src="[[ picture.url ]]" alt="[[ picture.alt ]]" width="[[ picture.width ]]px" />[% endif %]
<mj-text>Hello {{${first_name} | default: 'there' | escape}}</mj-text>
<mj-text color="[[ theme.accent if tone == 'loud' else theme.text ]]">[% if leads %]<h1>[[ headline ]]</h1>[% else %]<h2>[[ headline ]]</h2>[% endif %]</mj-text>
[% if body %]<mj-text>[[ body ]]</mj-text>[% endif %]
[% if more %]<mj-button href="[[ more.url ]]">[[ more.label ]]</mj-button>[% endif %]
</mj-column></mj-section>""",
        "text": "[[ headline ]]\n\n[[ body ]]\n[% if more %][[ more.label ]]: [[ more.url ]][% endif %]\n",
    }
)  # fmt: skip

NOTE = ModuleSpec.model_validate(
    {
        "slug": "note",
        "name": "Note",
        "fields": [{"key": "title", "type": "text", "label": "Title", "required": True, "max_length": 40}],
        "mjml": "<mj-section><mj-column><mj-text>[[ title ]]</mj-text></mj-column></mj-section>",
        "text": "* [[ title ]]\n",
    }
)


def letter() -> TemplateSpec:
    """Every kind of field, one to three notes, an optional part, and a locked headline in it."""
    every = ("headline", "body", "picture", "more", "tone", "ruled")
    return TemplateSpec.model_validate(
        {
            "name": "Letter",
            "envelope": {
                "values": {"subject": "A warm cup of coffee", "preheader": "This month"},
                "open": [{"field": "subject", "max_length": 60}, {"field": "preheader"}],
            },
            "placements": [
                {"key": "hero", "module": "story", "title": "Opening", "values": {"leads": True}, "open": [{"field": key} for key in every]},
                {"key": "notes", "module": "note", "title": "Notes", "repeat": {"min": 1, "max": 3},
                 "values": {"title": "Latte"}, "open": [{"field": "title", "max_length": 30}]},
                {"key": "extra", "module": "story", "title": "Extra", "optional": True,
                 "values": {"headline": "Locked words"}, "open": [{"field": "body"}]},
            ],
            "modules": {"story": STORY, "note": NOTE},
        }
    )  # fmt: skip


@dataclass(frozen=True)
class House:
    """One brand with a root, two regions, and the locations by name."""

    brand: Brand
    host: str
    root: Group
    region: Group
    places: dict[str, Group]
    roles: dict[str, Role]
    template: Template

    @property
    def version(self) -> TemplateVersion:
        current = self.template.current
        assert current is not None
        return current


def house(slug: str, name: str, *, region: str, places: tuple[str, ...], fence: str) -> House:
    """A brand that could send: theme, identity, workspace, tree, roles and one template."""
    brand = Brand.objects.create(slug=slug, name=name)
    host = f"{slug}.localhost"
    Domain.objects.create(brand=brand, host=host, is_primary=True)
    with brand_scope(brand.pk):
        Theme.objects.create()
        LegalIdentity.objects.create(
            legal_name=f"{name} Ltd",
            street="1 Mill Lane",
            city="Leeds",
            postcode="LS1 1AA",
            country="GB",
            privacy_url="https://example.org/privacy",
            company_line="Registered in England, no. 00000000.",
        )
        workspace_of(brand, fence)
        root = group(name, None, code=slug, kind=Group.Kind.BRAND, country="GB", time_zone="Europe/London")
        middle = group(region, root, kind=Group.Kind.REGION)
        return House(
            brand,
            host,
            root,
            middle,
            {place: location(place, middle) for place in places},
            {key: Role.objects.create(key=key, name=label, permissions=[str(p) for p in sorted(held)])
             for key, label, held in BUILT_IN_ROLES},
            template(letter()),
        )  # fmt: skip


def workspace_of(brand: Brand, fence: str) -> Workspace:
    workspace = Workspace(
        brand=brand,
        endpoint=ENDPOINT,
        app_id=f"app-{brand.slug}",
        campaign_id=f"campaign-{brand.slug}",
        default_variation_id=f"default-{brand.slug}",
        default_variation_name="Default",
        fence_attribute=fence,
        sending_domain=f"mail.{brand.slug}.example",
    )
    workspace.set_api_key(API_KEY)
    workspace.save()
    return workspace


def group(name: str, parent: Group | None, *, code: str = "", **values: Any) -> Group:
    made = Group(name=name, parent=parent, code=code or name.lower(), **values)
    made.save()
    made.place()
    made.save(update_fields=["path"])
    return made


def location(name: str, parent: Group, **values: Any) -> Group:
    """A group that can send: fence, variation and sender are its own."""
    slug = name.lower().replace(" ", "-")
    standard = {
        "fence_value": f"fence-{slug}",
        "message_variation_id": f"variation-{slug}",
        "variation_name": name,
        "sender_address": f"{slug}@mail.{parent.brand.slug}.example" if parent else "",
        "street": "2 Shore",
        "city": name,
        "postcode": "EH6 6QN",
        "phone": "+44 1632 960123",
    }
    return group(name, parent, **{**standard, **values})


def template(spec: TemplateSpec, slug: str = "letter") -> Template:
    made: Template = Template.objects.create(slug=slug, name=spec.name, category="Letter")
    version = TemplateVersion.objects.create(template=made, number=1, spec=spec.model_dump(mode="json"))
    version.publish()
    return made


def person(name: str, brand: Brand, role: Role, *nodes: Group, password: str | None = PASSWORD) -> User:
    """Call it in the brand's scope."""
    address = f"{name.lower()}@{brand.slug}.example"
    user = User.objects.create_user(address, password, brand=brand, name=name)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    for node in nodes:
        Membership.objects.create(person=user, group=node, role=role)
    return user


def draft_of(house: House, place: str, by: User, **values: Any) -> Campaign:
    """A draft with the template's own words, which lack nothing."""
    from campaigns import services

    campaign = services.start(house.template, house.places[place], by=by)
    if values:
        Campaign.objects.filter(pk=campaign.pk).update(**values)
        campaign.refresh_from_db()
    return campaign


def image(slug: str, brand: Brand, by: User | None = None) -> Image:
    return Image.objects.create(
        slug=slug,
        alt=slug,
        file=f"{brand.slug}/images/{slug}.png",
        width=600,
        height=300,
        weight=1_000,
        added_by=by,
    )


def defaults() -> dict[str, Any]:
    return engine.defaults(letter())
