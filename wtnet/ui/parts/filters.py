"""The controls of the map: find and focus, filters, and how strength is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.categories import Categories
from wtnet.measures import by_group
from wtnet.network import Scope
from wtnet.sentences.filters import LEAST_WORDS, NETWORK, OR_STRONGER, RULE, least_word
from wtnet.tables import Tables, answer_fields, own, relationships
from wtnet.tables.columns import THEMES
from wtnet.tables.derived import derived
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached, chips
from wtnet.ui.frame.markdown import cut, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import strength_rule
from wtnet.ui.parts.colouring import STRENGTH, categories
from wtnet.ui.parts.finder import find
from wtnet.ui.parts.look import choose_look
from wtnet.ui.parts.views import views

address.declare(
    kind="kind of partner",
    field="field of your own",
    relationship="kind of partnership",
    tie_field="field of partnerships",
    pilot="pilot",
    strength="setting",
    paths="setting",
    focus="partner",
    hops="number of steps",
    pilot_place="place",
    target_group="target group",
    theme="theme",
    hide="hidden partner",
    off="switched-off part of the legend",
)

FILTERS = (
    "kind", "field", "pilot", "pilot_place", "target_group", "relationship", "tie_field", "strength", "focus", "hops", "hide",
    "off",
)  # fmt: skip
"""What leaves partners out of the map: the filters, the focus, the hidden, what is switched off in the legend."""
PILOTS = ("pilot", "pilot_place", "target_group")
TOLD = ("kind", "field", "focus", "hide", "relationship", "tie_field", "strength", "theme", *RULE)
"""The filters that reports and stories follow: those of pilots where they are not about one, and the others."""


@dataclass(frozen=True, eq=False)
class MapChoice:
    """What the row of controls above the map says.

    `scope` is what the map shows; `colours` the category of every partner that would be shown if none were switched off,
    `off` those switched off in the legend; `size` the measure that sizes partners; `group` what they are grouped by
    ("none" for nothing), `folded` whether groups are bubbles, `opened` those opened again; `since` the wave since which new and
    ended ties are marked; `searched` the partner just found by name; `met` whether those who met at an activity are drawn;
    `tie_colour` what colours ties.
    """

    scope: Scope
    colours: Categories
    off: tuple[str, ...]
    size: str
    group: str
    folded: bool
    opened: tuple[str, ...]
    since: str | None
    searched: str | None
    met: bool = False
    tie_colour: str = STRENGTH

    @property
    def drawn(self) -> tuple[str | bool | None, ...]:
        """What is drawn of ties beside what they are."""
        return self.since, self.met, self.tie_colour


def controls(here: PageContext) -> MapChoice:
    """Draw the row of controls; every choice is kept in the URL."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="controls"):
        with st.container(width=300):
            searched = find(here)
        _filters(here)
        look = choose_look(here)
        shown = scope(here, *NETWORK)
        views(here, "side_by_side")
    if shown.focus:
        shown = replace(shown, hops=_steps(here, shown.focus))
    colours = categories(here, cached.network(*here.key, shown), look.colour)
    off = address.among("off", [category.id for category in colours.used])
    if off:
        shown = replace(shown, hidden=tuple(dict.fromkeys((*shown.hidden, *colours.members(off)))))
        for category in colours.used:
            chips.call("off", category.id, f"Legend: without {cut(category.label, 40)}")
    opened = _opened(here, look.group) if look.folded else ()
    return MapChoice(
        shown, colours, off, look.size, look.group, look.folded, opened, look.since, searched, look.met, look.tie_colour
    )


def _opened(here: PageContext, group: str) -> tuple[str, ...]:
    """The bubbles that are opened again, among the groups of the whole wave."""
    groups = categories(here, cached.network(*here.key, Scope(wave=here.wave)), group)
    return address.among("open", [category.id for category in groups.used])


def _steps(here: PageContext, focus: tuple[str, ...]) -> int:
    """Choose how many steps around the partners that the map starts from are shown."""
    names = here.tables.names("organisations")
    words = {"0": "only them", "1": "1 step", "2": "2 steps", "3": "3 steps"}
    start = plain(listed([cut(names[partner], 40) for partner in focus]))
    with st.container(width="content", key="focus_row"):
        return int(address.choose(f"Starting from {start}", words, name="hops", default="1", widget=st.segmented_control))


def _filters(here: PageContext) -> None:
    on = sum(bool(address.every(name)) for name in ("kind", "field", "pilot", "relationship", "tie_field", "strength"))
    with st.popover(f"Filters ({on})" if on else "Filters", icon=":material/filter_alt:"):
        kinds(here)
        own_fields(here)
        pilots(here)
        partnerships(here)
        _least(here)


def _least(here: PageContext) -> None:
    """Choose how strong a tie must be at least: a number for the lead, a word for others."""
    numbers = here.audience == "lead"
    if isinstance(st.session_state.get("in_strength"), float) is not numbers:
        address.forget("strength")
    if numbers:
        help = "0 none, 1 strongest. Above 0, partnerships of unknown strength are left out too."
        address.number(
            st.slider, "Partnerships at least this strong", 0.0, 1.0, name="strength", default=0.0, step=0.05, help=help
        )
        return
    least = address.amount("strength", 0.0, 1.0, 0.0)
    if least:
        address.put("strength", next(low for low, word in LEAST_WORDS.items() if word == least_word(least)))
    words = {"0": "any", **{low: OR_STRONGER[word] for low, word in LEAST_WORDS.items()}}
    help = "Where both sides rated it. With a choice, partnerships whose strength is withheld are left out too."
    chosen = address.choose("How strong", words, name="strength", default="0", help=help)
    address.put("strength", None if chosen == "0" else chosen)


def scope(here: PageContext, *follows: str, **narrowed: Any) -> Scope:
    """Draw the choice of how strength is worked out; the scope of the page by that rule and by the filters it `follows`, in its
    wave unless `narrowed` says another, and with whatever else of a `Scope` it says."""
    return Scope(**{"wave": here.wave, **strength_rule.choose(here), **_followed(here, follows), **narrowed})


def scope_as_chosen(here: PageContext, *follows: str, **narrowed: Any) -> Scope:
    """The same scope where the rule is only read; one that is not there (any more) is said and left out."""
    return Scope(**{"wave": here.wave, **strength_rule.as_chosen(here), **_followed(here, follows), **narrowed})


def _followed(here: PageContext, follows: Sequence[str]) -> dict[str, Any]:
    """What the address says of these filters and of paths, for a `Scope`. Where no pilot is in all of them, nobody is left."""
    ids = here.tables.organisations["id"].to_list()
    given: dict[str, Any] = {}
    if address.among("paths", ("every",)):
        given["every_path"] = True
    if "kind" in follows:
        given["kinds"] = address.among("kind", list(kinds_in_use(here)))
    if "hide" in follows:
        given["hidden"] = address.among("hide", ids)
    if "field" in follows and (wanted := address.among("field", list(own.filters(here.tables)))):
        given["hidden"] = tuple(dict.fromkeys((*given.get("hidden", ()), *own.without(here.tables, wanted))))
    if "relationship" in follows:
        given["relationships"] = address.among("relationship", list(kinds_of_partnership(here.tables)))
    if "tie_field" in follows:
        given["tie_fields"] = address.among("tie_field", list(relationships.filters(here.tables)))
    if "strength" in follows:
        given["min_strength"] = address.amount("strength", 0.0, 1.0, 0.0)
    if "focus" in follows and (focus := address.among("focus", ids)):
        given |= {"focus": focus, "hops": int(next(iter(address.among("hops", ("0", "1", "2", "3"))), "1"))}
    if "pilot" in follows:
        cut_by = results_cut(here)
        asked = [cut_by[name] for name in ("places", "target_groups", "pilots")]
        given["pilots"] = by_group.pilots_of(here.tables, *asked) if any(asked) else ()
        if any(asked) and not given["pilots"]:
            given["hidden"] = tuple(ids)
    return given


def results_cut(here: PageContext) -> dict[str, tuple[str, ...]]:
    """What the address says of filters of results, as arguments of `impact.cut`."""
    return {name: address.among(of, options) for name, (of, options) in _cut_options(here.tables).items()}


@derived
def _cut_options(tables: Tables) -> dict[str, tuple[str, list[str]]]:
    """What there is to choose of each argument of `impact.cut`: its name in the address, and the options."""
    pilots = tables.pilots
    return {
        "places": ("pilot_place", values_of(pilots, "place")),
        "target_groups": ("target_group", values_of(pilots, "target_group")),
        "pilots": ("pilot", pilots["id"].to_list()),
        "kinds": ("kind", list(_kinds_in_use(tables))),
        "themes": ("theme", list(themes_in_use(tables))),
    }


def themes_in_use(tables: Tables) -> dict[str, str]:
    """The themes of indicators and findings, with their words."""
    occurring = {*tables.indicators["theme"], *tables["findings"]["theme"]}
    return {theme: words for theme, words in THEMES.items() if theme in occurring}


def subject_scope(here: PageContext, kind: str, id: str | None) -> tuple[Scope, tuple[str, ...]]:
    """What a report or a story about the programme, a pilot or a partner tells, by the filters in the address: the scope, and the
    themes of results. A partner is told whole, and a pilot that is asked for counts before any that is filtered. Where ties are
    narrowed by what partners answer, which is of one wave and for the lead alone, that filter is not followed."""
    if kind == "partner":
        chips.follow(*RULE)
        return scope_as_chosen(here), ()
    answers = any(map(answer_fields.is_one, address.every("tie_field")))
    names = (*(name for name in TOLD if name != "tie_field" or not answers), *(PILOTS if kind != "pilot" else ()))
    chips.follow(*names)
    narrowed = scope_as_chosen(here, *names)
    if kind == "pilot" and id:
        narrowed = replace(narrowed, pilots=(id,))
    return narrowed, results_cut(here)["themes"]


def values_of(frame: pl.DataFrame, column: str) -> list[str]:
    """What stands in a column, once each, in the order of the rows."""
    return [str(value) for value in frame[column].drop_nulls().unique(maintain_order=True)]


def kinds_in_use(here: PageContext) -> dict[str, str]:
    """The kinds of partner that occur in the programme, with their words."""
    return _kinds_in_use(here.tables)


@derived
def _kinds_in_use(tables: Tables) -> dict[str, str]:
    occurring = set(tables.organisations["kind"])
    return {kind: words for kind, words in KINDS.items() if kind in occurring}


def kinds(here: PageContext) -> tuple[str, ...]:
    """Choose among the kinds of partner that occur; none means all."""
    return address.choose_several("Kinds of partner", kinds_in_use(here), name="kind", widget=st.pills)


def own_fields(here: PageContext) -> tuple[str, ...]:
    """Choose among the categories of fields of the lead's own, if there are any; none means all."""
    options = own.filters(here.tables)
    return address.choose_several("Fields of your own", options, name="field", placeholder="All") if options else ()


def kinds_of_partnership(tables: Tables) -> dict[str, str]:
    """The kinds of partnership to choose among, with their words; none for a reader who is not told of every one what it is."""
    return relationships.in_use(tables) if relationships.tells_all(tables) else {}


def partnerships(here: PageContext) -> None:
    """Choose among the kinds of partnership, and the categories of fields of the lead's own that partnerships have."""
    kinds = kinds_of_partnership(here.tables)
    if kinds:
        address.choose_several("Kinds of partnership", kinds, name="relationship", placeholder="All kinds")
    elif relationships.in_use(here.tables):
        st.caption("Not by kind of partnership: of partners that are not named here it is not shown.")
    if options := relationships.filters(here.tables):
        address.choose_several("Fields of partnerships", options, name="tie_field", placeholder="All")


def pilots(here: PageContext) -> tuple[str, ...]:
    """Choose among the pilots; none means all."""
    names = here.tables.names("pilots")
    return address.choose_several("Pilots", names, name="pilot", placeholder="All pilots")


def boxed(label: str, options: address.Options[str], name: str, every: str, width: int) -> tuple[str, ...]:
    """Choose several options in a box so many pixels wide, kept under `name`; none means `every`. No box without options."""
    if not options:
        return ()
    with st.container(width=width):
        return address.choose_several(label, options, name=name, placeholder=every)
