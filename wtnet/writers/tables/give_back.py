"""Give back: what a programme holds of a partner, to that partner: its profile, its answers, and what others share with it.

Each partner gets a workbook; all of them together a zip. Others stand in it as partners may see them (`access.redact` with
the partner as viewer): by name only where they agreed, comments of others never.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from wtnet import access
from wtnet.errors import InvalidRequest
from wtnet.layout import positions
from wtnet.measures import activities
from wtnet.measures.impact import findings, progress, suppression
from wtnet.network import Network, build
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences.file_names import unique_names as file_names
from wtnet.sentences.format import ANYBODY, result_text
from wtnet.tables import Tables, schema
from wtnet.tables.columns import THEMES
from wtnet.tables.evidence import ANSWERS, ROLES
from wtnet.tables.own import decode, encode, of_table
from wtnet.writers.archive import archive
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance, provenance_lines
from wtnet.writers.report import pdf
from wtnet.writers.tables import frames

_HOLDS = (
    "What is stored of you and your answers; what others answered about you, without their comments; what partners may see of "
    f"the programme. Results on {suppression.fewer_than()} people are withheld; quotes are those shared with partners, "
    "and of private ones about you, that they are there; of the lead's next steps and notes, how many "
    "are about you."
)
_SHARED = {"public": "everybody", "partners": "partners", "private": "nobody"}
_OWN_FIELD = "A field of this programme's own."
_PRIVATE = "Kept private: its words are not passed on."
_README = """\
Each workbook holds what this programme has stored of one partner, for that partner: its profile, its answers in every wave,
what others answered about it (never their comments), its partnerships, its pilots and their results, the quotes and
findings that may be shared with partners, what it said of findings, and the activities it took part in. Send each to the
partner it is named after, and to nobody else.
"""


def write(export: Export) -> bytes:
    """A zip: of `export.partner` its workbook and its own report, or a workbook for every partner in the network.

    It is made from everything, so the export must be the lead's, else InvalidRequest. The same export gives the same bytes.
    """
    return packed(export, dict(each(export)))


def packed(export: Export, files: Mapping[str, bytes]) -> bytes:
    """The files of `each` in one zip, with a note on what they are and to whom each goes."""
    lines = [*provenance_lines(export, network=False), "", _README]
    return archive({"README.txt": "\n".join(lines).encode(), **files}, export.made)


def each(export: Export) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of one partner after another, so that progress can be shown."""
    if export.audience != "lead":
        raise InvalidRequest("What is given back is made from everything, by the programme lead; ask for it as the lead.")
    about = export.tables.names("organisations")
    wanted = [export.partner] if export.partner is not None else list(export.network.graph)
    if export.partner is not None and export.partner not in about:
        raise InvalidRequest(f'There is no partner "{export.partner}" in this programme; choose another.')
    for partner, name in zip(wanted, file_names(about[id] for id in wanted), strict=True):
        own = _seen(export, partner)
        yield f"{name}.xlsx", workbook(own)
        if export.partner is not None:
            places = positions.under_other_ids(positions.of_tables(export.tables), own.tables)
            yield f"{name}, report.pdf", pdf.write(replace(own, positions=places))


def workbook(own: Export) -> bytes:
    """The workbook of one partner, from an export that is seen by it (see `each`)."""
    name = own.tables["organisations"].filter(pl.col("id") == own.partner)["name"][0]
    about = [line for line in provenance(own, network=False) if line[0] != "Audience"]
    lines = [("For", name), ("Holds", _HOLDS), *about]
    return frames.write(f"What is stored of {name}", lines, sheets(own), own.made)


def _seen(export: Export, partner: str) -> Export:
    """The programme as this partner may see it."""
    tables = access.redact(export.tables, "partners", export.known, viewer=partner)
    quotes = export.tables["quotes"]
    private = quotes.filter((pl.col("organisation") == partner) & (pl.col("sharing").cast(pl.String) == "private"))
    ids = access.renaming(export.tables, "partners", export.known, partner).ids
    private = private.with_columns(
        pilot=pl.col("pilot").replace(ids.get("pilots", {})), text=pl.lit(_PRIVATE), attribution=pl.lit("Not said", pl.String)
    )
    kept = export.tables["findings"].filter(
        pl.any_horizontal(pl.col("organisation", "other") == partner), pl.col("sharing") == "private"
    )
    kept = kept.select("id", "theme", "sharing", statement=pl.lit(_PRIVATE), organisation=pl.lit(partner))
    own = {name: _without_words(name, export.tables[name], partner) for name in schema.LEADS_OWN}
    tables = tables.with_(quotes=pl.concat([tables["quotes"], private]), **own)
    tables = tables.with_(findings=pl.concat([tables["findings"], kept], how="diagonal"))
    tables = _with_fields(tables, export.tables, partner)
    wave = export.network.scope.wave
    wave = ids.get("waves", {}).get(wave or "", wave)
    wave = wave if wave in tables["waves"]["id"] else None
    scope = replace(export.network.scope, focus=(), kinds=(), hidden=(), pilots=(), wave=wave)
    return replace(
        export,
        tables=tables,
        network=build(tables, scope),
        positions={},
        audience="partners",
        partner=partner,
        cells=access.cells(export.tables, "partners", export.known, partner),
    )


def _without_words(name: str, frame: pl.DataFrame, partner: str) -> pl.DataFrame:
    """The lead's next steps or notes about this partner, with nothing in them but that they are there."""
    about = frame.filter((pl.col("organisation") == partner).fill_null(False) | (pl.col("partner") == partner).fill_null(False))
    words = {"next_steps": "what", "notes": "text"}[name]
    bare = pl.DataFrame({"id": [f"{name}-{at + 1}" for at in range(about.height)]}, schema={"id": pl.String})
    bare = bare.with_columns(pl.lit(partner).alias("organisation"), pl.lit(_PRIVATE).alias(words))
    columns = [pl.col(c) if c in bare.columns else pl.lit(None, kind).alias(c) for c, kind in frame.schema.items()]
    return bare.select(columns)


def _with_fields(tables: Tables, everything: Tables, partner: str) -> Tables:
    """The tables with the lead's private fields of this partner named, without their words."""
    kept = decode(dict(everything.organisations.select("id", schema.OWN).iter_rows()).get(partner))
    private = everything.fields.join(tables.fields, on=["table", "id"], how="anti").filter(
        (pl.col("table") == "organisations") & pl.col("id").is_in(list(kept))
    )
    cells = [
        encode({**decode(cell), **dict.fromkeys(private["id"], _PRIVATE)}) if id == partner else cell
        for id, cell in tables.organisations.select("id", schema.OWN).iter_rows()
    ]
    organisations = tables.organisations.with_columns(pl.Series(schema.OWN, cells, dtype=pl.String))
    return tables.with_(organisations=organisations, fields=pl.concat([tables.fields, private]))


def sheets(own: Export) -> dict[str, pl.DataFrame]:
    """{name of the sheet: its table} of one partner; every sheet is there, empty ones with their headings alone."""
    tables, partner, network = own.tables, str(own.partner), own.network
    names = tables.names("organisations")
    waves = tables.names("waves")
    answers = tables["ratings"].with_columns(pl.col("wave").replace(waves), about=pl.col("partner").replace(names))
    pilots = [part["id"] for part in partner_sentences.pilot_parts(tables, partner)]
    return {
        "Profile": _profile(tables, partner),
        "Your answers": answers.drop("rater", "partner", "respondent_role").select("wave", "about", pl.exclude("wave", "about")),
        "Your partnerships": _ties(network, partner),
        "When you were asked": _asked(tables, partner),
        "Your pilots": pl.DataFrame(
            [(part["name"], part["part"], part["about"]) for part in partner_sentences.pilot_parts(tables, partner)],
            schema={"pilot": pl.String, "your part": pl.String, "for whom and where": pl.String},
            orient="row",
        ),
        "Results": _results(own, pilots),
        "Quotes": _quotes(own, partner, pilots),
        "Findings": _findings(tables, partner, pilots),
        "What you said of findings": _confirmations(tables, partner),
        "Your activities": _activities(tables, partner),
        "Kept by the lead": _leads_own(tables, partner),
        "Partners": tables["organisations"].select("name", pl.col("kind").cast(pl.String).replace(schema.KINDS), "place"),
    }


def _profile(tables: Tables, partner: str) -> pl.DataFrame:
    row = tables["organisations"].row(by_predicate=pl.col("id") == partner, named=True)
    rows = [
        (name, None if value is None else str(value), schema.column("organisations", name).description)
        for name, value in row.items()
        if name != schema.OWN
    ]
    given = decode(row[schema.OWN])
    rows += [(field["label"], given.get(field["id"]), _OWN_FIELD) for field in of_table(tables, "organisations").values()]
    return pl.DataFrame(rows, schema={"field": pl.String, "what is stored": pl.String, "what it is": pl.String}, orient="row")


def _asked(tables: Tables, partner: str) -> pl.DataFrame:
    """The waves in which this partner was asked, and how; null where that is not said."""
    own = tables.known["asked"].filter(pl.col("organisation") == partner)
    return own.select(pl.col("wave").replace(tables.names("waves")), pl.col("how").cast(pl.String))


def _leads_own(tables: Tables, partner: str) -> pl.DataFrame:
    """How many next steps and notes are about this partner; their words are the lead's own."""
    rows = [(name.replace("_", " "), tables[name].filter(pl.col("organisation") == partner).height) for name in schema.LEADS_OWN]
    return pl.DataFrame(rows, schema={"what": pl.String, "how many are about you": pl.Int64}, orient="row")


def _ties(network: Network, partner: str) -> pl.DataFrame:
    own = partner_sentences.own_ties(network, partner) if partner in network.graph else None
    if own is None:
        return pl.DataFrame(schema={"partner": pl.String})
    basis = pl.col("basis").replace(partner_sentences.BASIS)
    kind = pl.col("kind").replace(schema.KINDS)
    return own.select(
        pl.col("other").alias("partner"),
        kind,
        pl.col("word").fill_null("withheld").alias("strength"),
        basis.alias("rests on"),
        "relationship",
    )


def _results(own: Export, pilots: list[str]) -> pl.DataFrame:
    results = progress.progress(own.tables, own.network.wave, own.cells).filter(pl.col("pilot").is_in(pilots))
    rows = []
    for row in results.iter_rows(named=True):
        about = (row["pilot_name"], row["theme"], row["name"], row["unit"])
        rows.append((*about, result_text(row, "baseline"), result_text(row, "latest"), row["target"], row["n"]))
    text = dict.fromkeys(("pilot", "theme", "indicator", "unit", "baseline", "latest"), pl.String)
    return pl.DataFrame(rows, schema={**text, "target": pl.Float64, "n": pl.Int64}, orient="row")


def _quotes(own: Export, partner: str, pilots: list[str]) -> pl.DataFrame:
    """Every quote about the partner, private ones without their words, then those of its pilots that partners may read."""
    about = (pl.col("organisation") == partner).fill_null(False)
    near = pl.col("pilot").is_in(pilots).fill_null(False) & pl.col("organisation").is_null()
    quotes = own.tables["quotes"]
    names = own.tables.names("pilots")
    shared = pl.col("sharing").cast(pl.String).fill_null("partners").replace(_SHARED)
    return pl.concat([quotes.filter(about), suppression.consented(quotes, "partners").filter(near)]).select(
        words="text",
        by=pl.col("attribution").fill_null(ANYBODY),
        pilot=pl.col("pilot").replace(names),
        **{"shared with": shared},
    )


def _findings(tables: Tables, partner: str, pilots: list[str]) -> pl.DataFrame:
    """Every finding that names the partner, private ones without their words, then those of its pilots that partners may read."""
    every = findings.findings(tables)
    own = findings.narrowed(every, tables, partner=partner)
    near = every.filter(pl.col("pilot").is_in(pilots).fill_null(False), pl.col("sharing").fill_null("partners") != "private")
    shown = pl.concat([own, near.join(own, on="id", how="anti")])
    rows = [
        (THEMES.get(row["theme"], row["theme"]), row["statement"], finding_sentences.voice(row["voice"]), row["standing"],
         finding_sentences.about_whom(row, tables), row["contribution"], row["evidence"], _SHARED[row["sharing"] or "partners"])
        for row in shown.iter_rows(named=True)
    ]  # fmt: skip
    heads = ("theme", "finding", "voice", "standing", "about", "how the programme helped", "evidence", "shared with")
    return pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")


def _confirmations(tables: Tables, partner: str) -> pl.DataFrame:
    """What the partner answered when it was asked about findings."""
    own = tables["confirmations"].filter(pl.col("organisation") == partner)
    answer = pl.col("answer").cast(pl.String).replace(ANSWERS)
    return own.select(pl.col("finding").replace(tables.names("findings")), answer=answer, comment="comment")


def _activities(tables: Tables, partner: str) -> pl.DataFrame:
    """What the partner took part in; how many came from it stands there, as it is its own."""
    line = activities.timeline(tables, partner).drop("from_it")
    known = tables.known["attendances"].filter(pl.col("organisation") == partner).select(id="activity", from_it="people")
    role = pl.col("role").replace(ROLES)
    return line.join(known, on="id", how="left", maintain_order="left").select(
        "name", "starts", "place", "from_it", your_part=role
    )
