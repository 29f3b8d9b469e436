"""Content blocks and trigger properties in Liquid."""

from __future__ import annotations

import pytest

from braze_client.liquid import Aborted, LiquidError, Person, render

ADA = Person({"first_name": "Ada"}, trigger={"gift": "a mug", "order": {"number": 7}})
BLOCKS = {
    "hello": "Hello {{${first_name}}}",
    "outer": "[{{content_blocks.${hello}}}]",
    "too_deep": "{{content_blocks.${outer}}}",
    "itself": "{{content_blocks.${itself}}}",
    "abort": "{% abort_message('block') %}",
    "broken": "{{ x",
}


def rendered(source):
    return render(source, ADA, blocks=BLOCKS)


def test_a_block_is_rendered_for_the_recipient():
    assert rendered("{{content_blocks.${hello}}}!") == "Hello Ada!"


def test_a_block_may_hold_another_block():
    assert rendered("{{content_blocks.${outer}}}") == "[Hello Ada]"


@pytest.mark.parametrize("name", ["too_deep", "itself", "broken", "missing"])
def test_a_block_that_cannot_be_rendered_is_an_error(name):
    with pytest.raises(LiquidError):
        rendered(f"{{{{content_blocks.${{{name}}}}}}}")


def test_a_block_can_abort_the_message():
    with pytest.raises(Aborted, match="block"):
        rendered("{{content_blocks.${abort}}}")


def test_trigger_properties_are_read_by_name():
    source = "{{api_trigger_properties.${gift}}} {{api_trigger_properties.${order}.number}}"
    assert rendered(source) == "a mug 7"
    assert render(source, Person()) == " "
