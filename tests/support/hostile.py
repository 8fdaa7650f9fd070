"""A programme with hostile text in every field of every table: scripts, tags, formulas, directives, marks nobody sees."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.tables import Tables, check, schema
from wtnet.tables.model import Raw, RawTable

ELSEWHERE = "203.0.113.9"
HOSTILE = (
    "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>",
    f'"><svg onload=window.pwned=1><a href="javascript:window.pwned=1">x</a><image href="http://{ELSEWHERE}/i"/>',
    "{{constructor.constructor('window.pwned=1')()}} ${window.pwned=1} <%= 7*7 %> %{customdata}",
    f"</style><style>body{{display:none}} @import url(http://{ELSEWHERE}/x)</style>",
    f"![x](http://{ELSEWHERE}/a.png) [y](javascript:window.pwned=1) **b** :red[z] :material/lock: $x^2$ `c` # h | t",
    f'=HYPERLINK("http://{ELSEWHERE}","x") @SUM(1+1)*cmd|\' /C calc\'!A0',
    "\u202egnp.exe\u2066 turned \u2069 round",
    "zero\u200b\u200d\ufeffwidth\u00ad",
    "</script><!--<script> ]]> --> &lt;b&gt; \\u003cb\\u003e '\"`",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><form action=javascript:pwned=1>",
    "x" * 2_000,
)


def made() -> Tables:
    """The hostile programme; ids too are as hostile as they may be."""
    checked = check(raw())
    assert checked.ok, [one.sentence for one in checked.problems][:5]
    return checked.tables


def raw() -> Raw:
    """The same as a file brings it."""
    number = len(HOSTILE)
    keys = {"sharing": "public", "theme": "care", "level": "3", "contact": "weekly", "better": "higher", "state": "partial"}
    keys |= {"value": "12", "target": "20", "n": "30", "reliability": "3"}
    tables = []
    for table in schema.NAMES:
        rows = []
        for at in range(number):
            row: dict[str, Any] = {}
            for column in schema.SCHEMAS[table].column_names():
                if column == schema.OWN:
                    row["<b onclick=pwned=1>A field"] = HOSTILE[at]
                    continue
                refers = schema.reference(table, column)
                declared = schema.SCHEMAS[table].columns()[column]
                if refers:
                    row[column] = _id(refers, (at + 1) % number if column in ("target", "partner", "other") else at)
                elif column in schema.keys(table):
                    row[column] = _id(table, at)
                elif (table, column) == ("organisations", "kind"):
                    row[column] = _kind(at)
                elif column in keys:
                    row[column] = keys[column]
                elif schema.words(table, column):
                    row[column] = schema.words(table, column)[0]
                elif type(declared).__name__ == "String":
                    row[column] = _value(column, table, at)
            if table == "results":
                row["wave"], row["pilot"] = _id("waves", 0), _id("pilots", at)
            if table == "ratings":
                row["wave"] = _id("waves", 0)
            if table == "coverage":
                row["subject"] = (*schema.KINDS, *schema.NAMES)[at]
            if table == "waves":
                row["date"] = f"20{10 + at}-01-01"
            rows.append({"_row": at + 2} | row)
        tables.append(RawTable(table, pl.DataFrame(rows), "hostile.xlsx", table))
    return Raw("workbook", tuple(tables))


def _id(table: str, at: int) -> str:
    return f"{table[0]}{at} <b onclick=pwned=1>{HOSTILE[at][:20]}" if at < 3 else f"{table[0]}{at}"


def _kind(at: int) -> str:
    return ("museum", "freelancer", "health_provider", "community_group")[at % 4]


def _value(column: str, table: str, at: int) -> Any:
    """What row `at` of a table has in a column that can hold text: the hostile text, as long as it may be."""
    declared = schema.SCHEMAS[table].columns()[column]
    text, most = HOSTILE[at], getattr(declared, "max_length", None) or 200
    return text.encode()[:most].decode(errors="ignore")
