"""Reach on paper: crossing beside chance, museums with health providers, reach by group, kinds one way, and wave by wave."""

from __future__ import annotations

import polars as pl

from wtnet.draw.charts.change import Point
from wtnet.draw.charts.dots import Dot
from wtnet.draw.print import dots
from wtnet.draw.print.drawing import SOFT, Drawing, Shape, Size, begin, nothing, rectangle
from wtnet.draw.print.matrix import HUE, matrix
from wtnet.draw.print.multiples import Multiple, alt_text, multiples
from wtnet.draw.print.shown import Shown, wave_name, waves_until
from wtnet.measures import absence, by_group, grouped, multiplexity, reach, uncertainty
from wtnet.measures.lasting import NOT_KNOWN_THEN
from wtnet.network import Network, at, date_of, waves_in_order
from wtnet.sentences import grouped as grouped_sentences
from wtnet.sentences import reach as sentences
from wtnet.sentences import record
from wtnet.sentences.format import WITHHELD, count, figure, share
from wtnet.sentences.reach_waves import FOLLOWED, FollowedFigure, over_waves
from wtnet.tables import Tables, relationships
from wtnet.tables.coverage import WORDS
from wtnet.tables.schema import CORE_KINDS, KINDS

_TICKS = [(-1.0, "−1 own kind only"), (0.0, "0 half and half"), (1.0, "1 other kinds only")]
_NONE = "No two partners in view have a partnership, so nothing crosses."


def chance(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The E-I index of the network beside what chance would give."""
    figures = reach.chance(shown.network)
    under = f"{wave_name(shown.network)} · square: this network; pane: 95 of 100 with the kinds dealt out at random"
    sheet = begin(size, f"More than chance? {name}", under, source)
    if sentences.crossing(shown.network, figures) is None or not figures["draws"]:
        return nothing(sheet, chance_sentence(shown) or _NONE)
    index = figures["ei_index"]
    low, high = figures["low"], figures["high"]
    between = None if low is None or high is None else (low, high)
    by_chance = f"; by chance {figure(between[0], digits=2)} to {figure(between[1], digits=2)}" if between else ""
    row = Dot(
        "E-I index", index, f"{figure(index, digits=2)}{by_chance}", chance=between, note="partnerships outward less inward"
    )
    note = dots.dots(sheet, [row], -1, 1, _TICKS, 0.0)
    return sheet.done(f"E-I index beside what chance would give. {dots.alt_text([row])}", note)


def chance_sentence(shown: Shown) -> str:
    """How many partnerships cross kinds, beside chance."""
    crossing = sentences.crossing(shown.network, reach.chance(shown.network))
    return crossing[1] if crossing else ""


def _parts(shown: Shown) -> list[tuple[str, list[tuple[str, int, float]]]]:
    """Since when museums and health providers work together, and whether they go on: words, how many, how full drawn."""
    ties = by_group.museum_health(shown.network)
    since, after = ties["since"], ties["afterwards"]
    order = waves_in_order(shown.tables)
    first = record_name(shown, order[0]) if order else ""
    parts = []
    if since.null_count() < ties.height:
        there = ("there before", int((since == "there before").sum()), 0.4)
        untold = ("not known: someone did not answer then, or was not asked", int((since == "unknown").sum()), 0.0)
        squares = [(f"new since {first}", int((since == "new").sum()), 1.0), there, untold]
        if shown.network.exact is not None:
            squares = [there, ("not known then: new, or nobody told of it", int((since == NOT_KNOWN_THEN).sum()), 0.0)]
        parts.append(("Since when", squares))
    return [
        *parts,
        (
            "After the programme",
            [
                ("documented to continue", int((after == "continues").sum()), 1.0),
                ("documented to end", int((after == "ends").sum()), 0.4),
                ("not documented", int((after == "not documented").sum()), 0.0),
            ],
        ),
    ]


def record_name(shown: Shown, wave: str) -> str:
    """What a wave is called."""
    return str(shown.tables.names("waves").get(wave, wave))


def museum_health(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Partnerships of museums with health providers as squares, one each."""
    under = f"{wave_name(shown.network)} · one square is one partnership"
    sheet = begin(size, f"Museums and health providers: {name}", under, source)
    if not by_group.museum_health(shown.network).height:
        return nothing(sheet, museum_health_sentence(shown))
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    parts = _parts(shown)
    step, told = (bottom - top) / len(parts), []
    for number, (heading, squares) in enumerate(parts):
        y = top + number * step
        sheet.say(left, y + 1.3 * em, heading, 1.2, weight=700)
        many = sum(each for _, each, _ in squares)
        room = step - 6.2 * em
        side = max(0.7 * em, min(2.2 * em, ((right - left) * room / max(1, many)) ** 0.5 * 0.86))
        columns = max(1, int((right - left) / side))
        drawn = [full for _, each, full in squares for _ in range(each)][: columns * max(1, int(room / side))]
        for place, full in enumerate(drawn):
            box = (left + place % columns * side, y + 2.2 * em + place // columns * side, 0.8 * side, 0.8 * side)
            fill = None if not full else HUE
            sheet.shapes.append(Shape(rectangle(*box), fill, HUE, 0.1 * em, opacity=full or 1.0))
        foot = y + 2.2 * em + ((len(drawn) - 1) // columns + 1) * side + 1.2 * em
        words = " · ".join(f"{each:,} {label}" for label, each, _ in squares if each)
        sheet.say(left, foot, words, 1.0, colour=SOFT)
        told.append(f"{heading}: {words}")
    return sheet.done(f"Partnerships between museums and health providers. {'. '.join(told)}.")


def museum_health_sentence(shown: Shown) -> str:
    """How many partnerships museums and health providers hold; where none is known, that or why."""
    ties = by_group.museum_health(shown.network).height
    if ties:
        return f"Museums and health providers hold {count(ties, 'partnership')}."
    gap = absence.unknown_kinds(shown.network).get("health_provider")
    if gap:
        return f"Health providers: {gap.words}. {gap.sentence if gap.note else ''}".strip()
    return "No museum in view has a partnership with a health provider in this wave."


def groups(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Reach in each place, target group or pilot: partners, core kinds, partnerships, mean strength, share between kinds."""
    by = _by(shown)
    sheet = begin(
        size,
        f"Reach by {_BY.get(by, 'group')}: {name}",
        " · ".join(filter(None, (wave_name(shown.network), _WHO.get(by)))),
        source,
    )
    now = by_group.by_group(shown.network, by) if by else pl.DataFrame()
    if not now.height:
        return nothing(sheet, "No pilot says where it is or for whom, and no partner has a place.")
    kept = by_group.strength_withheld(shown.network, by)
    rows: list[tuple[str | None, str, list[float | str | None]]] = []
    for row in now.iter_rows(named=True):
        if row["withheld"]:
            rows.append((None, row["group"], [WITHHELD] * len(_HEADS)))
            continue
        core = WORDS["partial"] if row["core_kinds"] is None else f"{row['core_kinds']} of {len(CORE_KINDS)}"
        strength = WITHHELD if row["group"] in kept else figure(row["mean_strength"], digits=2)
        health = WORDS["partial"] if row["museum_health"] is None else f"{row['museum_health']}"
        cells = (row["partners"], core, row["ties"], strength, share(row["cross_sector_share"]), health)
        rows.append((None, row["group"], list(cells)))
    note = matrix(sheet, [(None, head) for head in _HEADS], rows, lambda value: f"{value:,}", plain=True)
    told = "; ".join(f"{label}: {', '.join(f'{head.lower()} {cell}' for head, cell in zip(_HEADS, cells, strict=True))}"
                     for _, label, cells in rows[:8])  # fmt: skip
    return sheet.done(f"Reach by {_BY[by]}. {told}{f'; and {len(rows) - 8} more' if len(rows) > 8 else ''}.", note)


_BY = {"place": "place", "target_group": "target group", "pilot": "pilot", "home": "place of partners"}
_WHO = {"home": "each row: the partners whose own place it is, and the partnerships among them"}
_HEADS = ("Partners", "Core kinds there", "Partnerships", "Mean strength", "Between kinds", "Museum–health")


def _by(shown: Shown) -> str:
    """What reach is divided by: as chosen, else the first division there is; "" where there is none."""
    there = [by for by in by_group.BY if by_group.by_group(shown.network, by).height]
    return shown.chosen.get("by", "") if shown.chosen.get("by") in there else next(iter(there), "")


def groups_sentence(shown: Shown) -> str:
    """What reach by group says."""
    by = _by(shown)
    return sentences.groups_sentence(by_group.by_group(shown.network, by), "place" if by == "home" else _BY[by]) if by else ""


def one_way(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """From which kind of partner to which partnerships of the chosen kind go, where documents say so."""
    kinds = relationships.in_use(shown.tables)
    kind = _kind_of(shown) or next(iter(kinds), "")
    under = f"{wave_name(shown.network)} · from the row to the column"
    sheet = begin(size, f"{kinds.get(kind, 'From whom to whom')}: {name}", under, source)
    if not kind:
        return nothing(sheet, "No kind of partnership is documented.")
    net = at(shown.network, shown.network.wave, relationships=(kind,))
    frame = multiplexity.by_kinds_of_partner(net).filter(pl.col("kind") == kind)
    number: dict[tuple[str, str], int] = {}
    for a, b, ahead, back, both in frame.select("kind_a", "kind_b", "from_a_to_b", "from_b_to_a", "both_ways").iter_rows():
        number[a, b] = number.get((a, b), 0) + ahead + both
        number[b, a] = number.get((b, a), 0) + back + both
    if not sum(number.values()):
        return nothing(sheet, "It is not documented which way partnerships of this kind go.")
    there = [each for each in KINDS if any(each in pair for pair in number)]
    rows = [(start, KINDS[start], [number.get((start, end), 0) for end in there]) for start in there]
    note = matrix(sheet, [(each, KINDS[each]) for each in there], rows, lambda value: f"{value:,}")
    told = "; ".join(f"{KINDS[a].lower()} to {KINDS[b].lower()} {each}" for (a, b), each in number.items() if each)
    return sheet.done(f"{kinds[kind]}, from kind of partner to kind: {told}.", note)


def _kind_of(shown: Shown) -> str:
    """The kind of partnership chosen for the matrix; "" for every kind."""
    chosen = shown.chosen.get("mix_kind", "")
    return chosen if chosen in relationships.in_use(shown.tables) and relationships.tells_all(shown.tables) else ""


def _own_field(shown: Shown) -> tuple[dict[str, str], str]:
    """The fields of the lead's own with their names, and the one chosen, else the first; "" where there is none."""
    fields = grouped.fields(shown.tables)
    field = shown.chosen.get("own_group", "")
    return fields, field if field in fields else next(iter(fields), "")


def own_groups(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Who works with whom by a field of the lead's own: the one chosen, else the first."""
    fields, field = _own_field(shown)
    sheet = begin(
        size, f"Who works with whom, by {fields.get(field, 'a field of your own')}: {name}", wave_name(shown.network), source
    )
    if not field:
        return nothing(sheet, "There is no field of your own that partners can be grouped by.")
    mixed = reach.mixing(grouped.grouped(shown.network, field))
    if not mixed.height:
        return nothing(sheet, "No partner in view has a value of this field.")
    cells = {}
    for row in mixed.iter_rows(named=True):
        cells[row["kind_a"], row["kind_b"]] = cells[row["kind_b"], row["kind_a"]] = row["ties"]
    values = list(dict.fromkeys(mixed["kind_a"]))
    rows = [(None, a, [WORDS["partial"] if cells[a, b] is None else cells[a, b] for b in values]) for a in values]
    note = matrix(sheet, [(None, value) for value in values], rows, lambda value: f"{value:,}")
    most = mixed.sort("ties", descending=True, nulls_last=True, maintain_order=True).row(0, named=True)
    between = f"Matrix of partnerships between {count(len(values), 'group')}."
    if most["ties"] is None:
        return sheet.done(f"{between} How many there are is not recorded.", note)
    return sheet.done(f"{between} Most partnerships: {most['kind_a']} and {most['kind_b']}, {most['ties']:,}.", note)


def own_groups_sentence(shown: Shown) -> str:
    """How many partnerships cross the groups of a field of the lead's own."""
    fields, field = _own_field(shown)
    if not field:
        return ""
    network = grouped.grouped(shown.network, field)
    left_out = len(shown.network.graph) - len(network.graph)
    return grouped_sentences.crossing(network, fields[field], left_out, reach.chance(network))


def _up_to(network: Network) -> list[Network]:
    return [network if wave == network.wave else at(network, wave) for wave in waves_until(network)]


def _intervals(network: Network) -> dict[str, tuple[float, float]]:
    rows = uncertainty.intervals(network).iter_rows(named=True)
    return {row["measure"]: (row["low"], row["high"]) for row in rows if row["low"] is not None}


def followed_points(tables: Tables, table: pl.DataFrame, followed: FollowedFigure) -> list[Point]:
    """A figure of `reach_waves.over_waves` as points, one a wave, with what each says in words."""
    days = {name: date_of(tables, wave) for wave, name in tables.names("waves").items()}
    points = []
    for row in table.filter(pl.col("figure") == followed.title).iter_rows(named=True):
        low, high, text = row["low"], row["high"], followed.text
        note = row["withheld"] or ("" if low is None else f"95% interval {text(low)} to {text(high)}")
        words = WITHHELD if row["withheld"] else text(row["value"])
        points.append(Point(row["wave"], row["value"], words, days.get(row["wave"]), low, high, note=note))
    return points


def reach_waves(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Reach in every wave up to the one looked at, with intervals where there are any."""
    under = "Each figure on its own scale; bars behind the points are 95% intervals"
    sheet = begin(size, f"Reach from wave to wave: {name}", under, source)
    networks = _up_to(shown.network)
    if len(networks) < 2:
        return nothing(sheet, record.waves_untold(shown.tables) or "There are not yet two waves to follow.")
    table = over_waves(networks, _intervals)
    drawn: list[Multiple] = [(each.title, followed_points(shown.tables, table, each), each.top) for each in FOLLOWED]
    note = multiples(sheet, drawn)
    return sheet.done(alt_text(drawn), note)


def reach_waves_sentence(shown: Shown) -> str:
    """What changed in reach since the first wave."""
    networks = _up_to(shown.network)
    if len(networks) < 2:
        return ""
    first = record_name(shown, networks[0].wave or "")
    told = sentences.headlines(shown.network, networks[0], first, reach.chance(shown.network))
    return told[0][1] if told else ""
