"""A place on a slide, and how much wider the letters of a deck may run than the ones widths are measured in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wtnet.draw.labels import Box
from wtnet.writers.pptx.xml import INCH

WIDER = 1.14
"""The font of the deck runs wider than the one widths are measured in."""


@dataclass(frozen=True)
class Pane:
    """A place on a slide, in inches."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def below(self) -> float:
        """Where it ends."""
        return self.top + self.high

    def without_top(self, high: float) -> Pane:
        """What is left of it under a strip."""
        return replace(self, top=self.top + high, high=max(0.1, self.high - high))

    def fit(self, box: Box) -> tuple[float, float, float]:
        """How the plane of a map is brought there: scale (EMU per unit) and offsets."""
        edge = 0.22
        across, down = max(1.0, box[2] - box[0]), max(1.0, box[3] - box[1])
        scale = min((self.wide - 2 * edge) / across, (self.high - 2 * edge) / down) * INCH
        x = (self.left + self.wide / 2) * INCH - scale * (box[0] + box[2]) / 2
        y = (self.top + self.high / 2) * INCH - scale * (box[1] + box[3]) / 2
        return scale, x, y
