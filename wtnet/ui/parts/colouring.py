"""What the map is coloured and grouped by: the category of each partner."""

from __future__ import annotations

from wtnet.draw.categories import Categories, Category, by_kind, by_measure, by_word
from wtnet.measures import catalogue
from wtnet.network import Network
from wtnet.tables import Tables, own
from wtnet.tables.pilots import members_by_pilot, pilots_by_member
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext

WORDS = {"kind": "Kind of partner", "pilot": "Pilot", "community": "Community (found in the partnerships)", "place": "Place"}
GROUPS = {"none": "Nothing", "kind": "Kind of partner", "pilot": "Pilot", "community": "Community (found in the partnerships)"}
SEVERAL = "several"


_OWN = "own-"


def choices(tables: Tables) -> dict[str, str]:
    """Everything the map can be coloured by: id and words."""
    measures = {measure.id: measure.label for measure in catalogue.of("partner") if measure.kind not in {"category", "flag"}}
    return WORDS | own_choices(tables, "number") | {f"by-{name}": label for name, label in measures.items()}


def groups(tables: Tables) -> dict[str, str]:
    """Everything partners can be grouped by: id and words."""
    return GROUPS | own_choices(tables)


def own_choices(tables: Tables, *more: str) -> dict[str, str]:
    """The fields of the lead's own that have categories, or are of one of these types too."""
    fields = own.of_table(tables, "organisations").values()
    return {_OWN + row["id"]: row["label"] for row in fields if row["type"] in (*own.CATEGORICAL, *more)}


def categories(here: PageContext, network: Network, by: str) -> Categories:
    """The category of each partner of the network: by kind, pilot, community, place, "by-MEASURE", or "own-FIELD"."""
    graph = network.graph
    if by.startswith(_OWN):
        return _own_field(here, list(graph), by.removeprefix(_OWN))
    if by == "pilot":
        return _pilots(here, list(graph))
    if by == "place":
        return by_word({partner: graph.nodes[partner]["place"] for partner in graph}, {}, "place not known")
    if by == "community":
        measured = cached.partner_measures(*here.key, network.scope, ("community",))
        communities = dict(measured.select("id", "community").iter_rows())
        order = sorted({word for word in communities.values() if word is not None}, key=lambda word: (len(word), word))
        return by_word(communities, {word: f"Community {word}" for word in order}, "without a partnership")
    if by.startswith("by-"):
        measure = by.removeprefix("by-")
        return by_measure(dict(cached.partner_measures(*here.key, network.scope, (measure,)).select("id", measure).iter_rows()))
    return by_kind({partner: graph.nodes[partner]["kind"] for partner in graph})


def _own_field(here: PageContext, partners: list[str], field: str) -> Categories:
    """By a field of the lead's own: numbers in steps, words as they are."""
    row = own.of_table(here.tables, "organisations").get(field, {})
    ids = here.tables.organisations["id"].to_list()
    texts = dict(zip(ids, own.values(here.tables.organisations, field), strict=True))
    if row.get("type") == "number":
        return by_measure({partner: own.number(texts.get(partner)) for partner in partners})
    listed = {partner: own.parts(texts.get(partner), row.get("type")) for partner in partners}
    words = {partner: None if not of else of[0] if len(of) == 1 else SEVERAL for partner, of in listed.items()}
    return by_word(words, {}, f"{row.get('label', 'this')} not known")


def _pilots(here: PageContext, partners: list[str]) -> Categories:
    names = here.tables.names("pilots")
    inside = pilots_by_member(here.tables)
    words = {p: (inside[p][0] if len(inside[p]) == 1 else SEVERAL) if p in inside else None for p in partners}
    return by_word(words, {**names, SEVERAL: "several pilots"}, "no pilot")


def group_panes(here: PageContext, groups: Categories, by: str) -> list[tuple[Category, list[str]]]:
    """Each group with its partners, to be drawn as a pane: a pilot with everyone involved, whatever else they do."""
    if by == "pilot":
        inside = members_by_pilot(here.tables)
        return [(category, inside[category.id]) for category in groups.found if category.id in inside]
    return [(category, groups.members([category.id])) for category in groups.found if category.id != "-"]
