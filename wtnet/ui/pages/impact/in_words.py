"""What came of it in words: findings under their group, by voice, and everything people agreed to share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl
import streamlit as st

from wtnet.draw.charts import findings as charts
from wtnet.draw.charts import impact as impact_charts
from wtnet.measures.impact import findings as measures
from wtnet.measures.impact.quotes import chosen
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import ANYBODY, count
from wtnet.tables.columns import THEMES
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.impact.choose import PARTS, PICTURES, ImpactChoice
from wtnet.ui.pages.impact.sheet import sheet
from wtnet.ui.parts import findings as parts
from wtnet.ui.parts.as_picture import as_picture, one_as_picture
from wtnet.ui.parts.figures import show_frames

BESIDE = 3
"""So many quotes stand beside a group; all are in the part of quotes."""
DRAWN = 400
"""So many findings are drawn in one list; the table has all."""


def markup(choice: ImpactChoice, ids: Collection[str]) -> str:
    """The findings of a group as markup; "" for none."""
    own = choice.findings.filter(pl.col("id").is_in(list(ids)))
    return charts.findings(sentences.tally(own), _lines(choice, own)) if own.height else ""


def where_told(choice: ImpactChoice) -> None:
    """Say where the findings in view are told, for the pictures that hold none of them."""
    if choice.findings.height:
        where = "their outcomes" if choice.framework else "their themes"
        places = f"in “{PICTURES['way']}” and by whose view they are in “{PARTS['voices']}”"
        st.caption(plain(f"In words: {sentences.tally(choice.findings)}; under {where} {places}."))


def _lines(choice: ImpactChoice, findings: pl.DataFrame) -> list[charts.FindingLine]:
    return parts.lines(findings.head(DRAWN), choice.here.tables)


def voices(choice: ImpactChoice) -> None:
    """Show who is heard under which theme, then the findings of each voice."""
    findings, tables = choice.findings, choice.here.tables
    if findings.is_empty():
        st.info(plain(sentences.none_about(findings, tables) or "No finding is in view."), icon=":material/filter_alt_off:")
        return
    lines = [sentences.silence(findings, tables), sentences.standings(findings)]
    st.markdown(plain(" ".join(filter(None, lines))))
    counted = measures.by_theme_and_voice(findings)
    none = "–" if measures.silence(tables) else "none"
    names = counted["voice"].unique(maintain_order=True).to_list()
    cells = {
        (row["voice"], row["theme"]): charts.VoiceCount(row["findings"], row["to_improve"])
        for row in counted.iter_rows(named=True)
    }
    grid = [(sentences.voice(name), [cells[name, theme] for theme in THEMES]) for name in names]
    sheet(charts.voices("Findings by voice and theme", list(THEMES.values()), grid, none), "impact_voices")
    as_picture("voices")
    sections = []
    for name in names:
        own = findings.filter(pl.col("voice").fill_null(measures.NOT_SAID) == name)
        if own.height:
            inside = charts.findings("", _lines(choice, own))
            sections.append(impact_charts.section(sentences.voice(name), sentences.tally(own), inside))
    sheet("".join(sections), "impact_by_voice")
    one_as_picture("finding", "finding", dict(findings.select("id", "statement").iter_rows()))
    show_frames("Show me the findings as a table", "impact_found", {"findings": lambda: sentences.table(findings, tables),
                                                                    "by voice": lambda: sentences.voices(findings)})  # fmt: skip
    with st.expander("How findings are told", icon=":material/menu_book:"):
        st.markdown(sentences.METHOD)


def beside(choice: ImpactChoice, themes: Sequence[str]) -> str:
    """A few quotes under some themes, chosen by the rule, and their number where there are more."""
    near = choice.quotes.filter(pl.col("theme").cast(pl.String).is_in(list(themes)))
    shown = chosen(near, BESIDE)
    more = sentences.not_all_quotes(shown.height, near.height)
    return _quoted(choice, shown) + (impact_charts.note(f"{more} All are under “In people's own words”.") if more else "")


def _quoted(choice: ImpactChoice, quotes: pl.DataFrame) -> str:
    names = choice.here.tables.names("pilots")
    rows = quotes.select("text", "attribution", "pilot").iter_rows()
    return impact_charts.quotes([(text, ", ".join(filter(None, (by or ANYBODY, names.get(pilot))))) for text, by, pilot in rows])


def quotes(choice: ImpactChoice) -> None:
    """Show every quote that may be shared, theme by theme."""
    if choice.quotes.is_empty():
        st.info("Nobody has agreed to share words about what is chosen here.", icon=":material/format_quote:")
        return
    st.markdown(f"{count(choice.quotes.height, 'quote')} that may be shared, each with whose words it is.")
    sections = []
    for theme, label in [*THEMES.items(), (None, "Under no theme")]:
        near = choice.quotes.filter(pl.col("theme").is_null() if theme is None else (pl.col("theme") == theme).fill_null(False))
        if near.height:
            inside = f'<div class="words">{_quoted(choice, near)}</div>'
            sections.append(impact_charts.section(label, count(near.height, "quote"), inside))
    sheet("".join(sections), "impact_quotes")
    one_as_picture("quote", "quote", dict(choice.quotes.select("id", "text").iter_rows()))
