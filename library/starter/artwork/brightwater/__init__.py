"""The pictures of Brightwater Trust: layered water and hills, like prints in four inks."""

from __future__ import annotations

from collections.abc import Callable

from .animals import dragonfly, heron_lake, kingfisher, otter, trout
from .waters import canoe, planting, river_dawn, stone_bridge, volunteers, water_sample

PICTURES: dict[str, Callable[[], str]] = {
    "river-dawn": river_dawn,
    "kingfisher": kingfisher,
    "volunteers": volunteers,
    "otter": otter,
    "heron": heron_lake,
    "water-sample": water_sample,
    "planting": planting,
    "stone-bridge": stone_bridge,
    "canoe": canoe,
    "trout": trout,
    "dragonfly": dragonfly,
}
