"""What the map is coloured and grouped by: the category of each partner."""

from __future__ import annotations

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Categories, Category, by_kind, by_measure, by_word
from wtnet.draw.map.picture import tie_id
from wtnet.draw.tie_kinds import SEVERAL, single, with_rest
from wtnet.measures import catalogue, tie_values
from wtnet.network import Network
from wtnet.tables import Tables, own, relationships
from wtnet.tables.pilots import members_by_pilot, pilots_by_member
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext

WORDS = {"kind": "Kind of partner", "pilot": "Pilot", "community": "Community (found in the partnerships)", "place": "Place"}
GROUPS = {"none": "Nothing", "kind": "Kind of partner", "pilot": "Pilot", "community": "Community (found in the partnerships)"}
STRENGTH, KIND = "strength", "kind"
"""What ties are coloured by: a word for each choice beside the fields of the lead's own."""


_OWN = "own-"


def choices(tables: Tables) -> dict[str, str]:
    """Everything the map can be coloured by: id and words."""
    measures = {measure.id: measure.label for measure in catalogue.of("partner") if measure.kind not in {"category", "flag"}}
    return WORDS | own_choices(tables, "number") | {f"by-{name}": label for name, label in measures.items()}


def groups(tables: Tables) -> dict[str, str]:
    """Everything partners can be grouped by: id and words."""
    return GROUPS | own_choices(tables)


def own_choices(tables: Tables, *more: str, categorical: bool = True) -> dict[str, str]:
    """The fields of the lead's own that have categories (unless these are not asked for), or are of one of these types."""
    fields = own.of_table(tables, "organisations").values()
    wanted = (*own.CATEGORICAL, *more) if categorical else more
    return {_OWN + row["id"]: row["label"] for row in fields if row["type"] in wanted}


def sizes(here: PageContext, network: Network, by: str) -> dict[str, float | None]:
    """A number for each partner that sizes it: a measure, or a field of the lead's own ("own-FIELD")."""
    if not by.startswith(_OWN):
        return dict(cached.partner_measures(*here.key, network.scope, (by,)).select("id", by).iter_rows())
    texts = own.values(here.tables.organisations, by.removeprefix(_OWN))
    return dict(zip(here.tables.organisations["id"], map(own.number, texts), strict=True))


def tie_choices(tables: Tables) -> dict[str, str]:
    """What ties can be coloured by beside their strength, which comes first; nothing where nothing is documented of them."""
    kinds = {KIND: "Kind of partnership"} if relationships.in_use(tables) else {}
    fields = relationships.fields(tables, *own.CATEGORICAL, "number")
    more = kinds | {_OWN + field: row["label"] for field, row in fields.items()}
    return {STRENGTH: "Strength", **more} if more else {}


def tie_categories(network: Network, by: str) -> Categories | None:
    """The category of each tie of the network (by `tie_id`), the last of them that of ties nothing is known of; None where
    ties are coloured by strength."""
    pairs = [(source, target) for source, target in network.ties.select("source", "target").iter_rows()]
    if by == KIND:
        return tie_kinds.by_kind(network)
    if not by.startswith(_OWN):
        return None
    values = tie_values.of_field(network, by.removeprefix(_OWN))
    if values.is_number:
        numbers = {tie_id(*pair): values.number(pair) for pair in pairs}
        return with_rest(by_measure(numbers), "not known")
    words = {tie_id(*pair): single(values.parts(pair)) for pair in pairs}
    return with_rest(by_word(words, {}, "not known"), "not known")


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
    """Categories by a field of the lead's own: numbers in steps, words as they are."""
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
        return [(category, inside[category.id]) for category in groups.used if category.id in inside]
    return [(category, groups.members([category.id])) for category in groups.used if category.id != "-"]
