"""Which results the address asks for: the same cut, in the same words, wherever what came of the work is shown."""

from __future__ import annotations

from wtnet.sentences import impact as impact_sentences
from wtnet.tables.columns import THEMES
from wtnet.tables.schema import KINDS
from wtnet.ui.frame.markdown import listed
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import filters
from wtnet.ui.parts.selection import pilots_of, read, words

NOBODY = ("",)
"""Instead of no pilots, which would mean all."""
Cut = tuple[tuple[str, tuple[str, ...]], ...]


def cut_and_words(here: PageContext) -> tuple[Cut, str]:
    """The arguments of `impact.cut` that the filters and the selection in the address make, and the same in words ("" for all).

    Of a partner, a tie or a pilot that is selected count the pilots it is in.
    """
    cut_by = filters.results_cut(here)
    selection = read(here.tables)
    names = here.tables.names("pilots")
    kinds = listed([KINDS[kind].lower() for kind in cut_by["kinds"]], last="or")
    where = impact_sentences.filters_text(
        cut_by["places"],
        cut_by["target_groups"],
        [names[pilot] for pilot in cut_by["pilots"]],
        [f"pilots with partners of kind {kinds}"] if kinds else [],
        [THEMES[theme] for theme in cut_by["themes"]],
        [words(selection, here.tables)] if selection.kind != "none" else [],
    )
    own = pilots_of(selection, here.tables)
    if own is not None:
        both = [pilot for pilot in own if pilot in cut_by["pilots"]] if cut_by["pilots"] else own
        cut_by["pilots"] = tuple(both) or NOBODY
    return tuple(sorted(cut_by.items())), where
