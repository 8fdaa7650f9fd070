"""What a picture is made from, and what a chart is: its name, what draws it, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from wtnet.draw.print.drawing import Drawing, Size
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.network import Network, waves_in_order
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import Tables
from wtnet.tables.model import Audience


class Shown(Protocol):
    """What a picture may show, as one audience may have it: network and tables, results, findings, whom it is about (None: the
    programme), and what was `chosen` on the page it is from, by the name a link has for it (`writers.Export` is one)."""

    @property
    def network(self) -> Network: ...
    @property
    def tables(self) -> Tables: ...
    @property
    def summary(self) -> ImpactSummary: ...
    @property
    def progress(self) -> pl.DataFrame: ...
    @property
    def findings(self) -> pl.DataFrame: ...
    @property
    def audience(self) -> Audience: ...
    @property
    def partner(self) -> str | None: ...
    @property
    def chosen(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Chart:
    """One kind of chart: its name; what draws it (of what is shown, a size, the programme's name and a source line); and what it
    says in a sentence, "" where there is nothing to say. `whole`: it is never narrowed to one partner, and so not named after
    one."""

    label: str
    draw: Callable[[Shown, Size, str, str], Drawing]
    sentence: Callable[[Shown], str]
    whole: bool = False


def waves_until(network: Network) -> list[str]:
    """The waves up to the one in view, in order; none where no wave is."""
    order = waves_in_order(network.tables)
    return order[: order.index(network.wave) + 1] if network.wave in order else []


def wave_name(network: Network) -> str:
    """The wave in view, or "documented partnerships" where there are none."""
    return wave_names(network.tables).get(network.wave or "", "documented partnerships")
