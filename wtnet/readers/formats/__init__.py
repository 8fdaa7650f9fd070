"""One reader a kind of file. A new one is a module here that declares its `FORMAT`, and one more name in this list."""

from wtnet.readers.core.format import Format
from wtnet.readers.formats import (
    csv,
    dl,
    edges,
    gexf,
    grants,
    graphml,
    kumu,
    matrix,
    neighbours,
    node_link,
    onodo,
    outcomes,
    own_workbook,
    pajek,
    quotes_list,
    register,
    survey_export,
    workbook,
)

FORMATS: tuple[Format, ...] = (
    workbook.FORMAT,
    own_workbook.FORMAT,
    csv.FORMAT,
    kumu.FORMAT,
    edges.FORMAT,
    gexf.FORMAT,
    graphml.FORMAT,
    pajek.FORMAT,
    dl.FORMAT,
    grants.FORMAT,
    node_link.POLINODE,
    node_link.FORMAT,
    onodo.FORMAT,
    survey_export.FORMAT,
    outcomes.FORMAT,
    register.FORMAT,
    quotes_list.FORMAT,
    matrix.FORMAT,
    neighbours.FORMAT,
)
"""Every kind of file that is read, in the order a person meets them; where two recognise a file, the first reads it."""
