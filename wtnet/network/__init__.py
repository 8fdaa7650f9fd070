"""What a person looks at (`Scope`) and the network it gives (`Network`): partners, ties with strength, one networkx graph."""

from wtnet.network.asked import AskedPartners, answers, asked, date_of, ratings_in, silent
from wtnet.network.build import TIE_COLUMNS, Network, at, build, counts_documents, shared, ties_in, together, with_names
from wtnet.network.scope import Scope, check
from wtnet.tables.waves import in_order as waves_in_order

__all__ = [
    "TIE_COLUMNS",
    "AskedPartners",
    "Network",
    "Scope",
    "answers",
    "asked",
    "at",
    "build",
    "check",
    "counts_documents",
    "date_of",
    "ratings_in",
    "shared",
    "silent",
    "ties_in",
    "together",
    "waves_in_order",
    "with_names",
]
