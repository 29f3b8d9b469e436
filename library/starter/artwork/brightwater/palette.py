"""The inks."""

from __future__ import annotations

INK, FOREST, PINE, MOSS, SAGE, MIST = "#0d2f2c", "#14463d", "#1f6152", "#5a8f74", "#a5c7ae", "#e2eee5"
DEEP, RIVER, SHALLOW, SKY, PALE = "#17435c", "#2b7390", "#7fb3c0", "#c3dfe3", "#edf5f1"
OCHRE, SAND, STONE, BRICK, SKIN = "#e0ab4c", "#f1dcae", "#8d9c96", "#b9603c", "#d9a27c"
