"""The tags that Braze adds to Liquid."""

from __future__ import annotations

from typing import TextIO

from liquid import RenderContext
from liquid.ast import Node
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from .errors import Aborted

#: The dice of a rendering, among its names.
DICE = "braze_dice"


class _BrazeNode(Node):
    """A tag whose argument is kept as text; what it does is ``act``."""

    __slots__ = ("argument",)

    def __init__(self, token: Token, argument: str) -> None:
        super().__init__(token)
        self.argument = argument
        self.blank = False

    def act(self, _context: RenderContext, /) -> str:
        return ""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(self.act(context))


class _BrazeTag(Tag):
    block = False
    node_class: type[_BrazeNode] = _BrazeNode

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind != TOKEN_EXPRESSION:
            return self.node_class(token, "")
        stream.next_token()
        return self.node_class(token, stream.current.value)


class _AbortNode(_BrazeNode):
    __slots__ = ()

    def act(self, _context: RenderContext, /) -> str:
        raise Aborted(self.argument.strip("() \t\n").strip("'\""))


class _AbortTag(_BrazeTag):
    name = "abort_message"
    node_class = _AbortNode


class _RandomNode(_BrazeNode):
    __slots__ = ()

    def act(self, context: RenderContext, /) -> str:
        dice = context.resolve(DICE)
        return str(dice.randrange(max(1, int(self.argument.strip("() ") or 1))))


class _RandomTag(_BrazeTag):
    name = "random"
    node_class = _RandomNode


class _CatalogNode(_BrazeNode):
    __slots__ = ()

    def act(self, _context: RenderContext, /) -> str:
        # Braze drops the recipient when a catalogue is missing, and none exists here.
        raise Aborted(f"catalog_items: no catalog {self.argument.split(' ')[0]}")


class _CatalogTag(_BrazeTag):
    name = "catalog_items"
    node_class = _CatalogNode


class _ConnectedContentTag(_BrazeTag):
    """Renders empty: nothing here may call another machine."""

    name = "connected_content"


class _MessageExtrasTag(_BrazeTag):
    name = "message_extras"


TAGS = (_AbortTag, _RandomTag, _CatalogTag, _ConnectedContentTag, _MessageExtrasTag)
