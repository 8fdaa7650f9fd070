"""The check of one table: its columns, its cells, its rows, and a sentence for everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from wtnet.tables import own, remedies, rules, schema, sharing
from wtnet.tables.convert import convert, expected
from wtnet.tables.model import FILE, ROW, SHEET, Problem, RawTable, place
from wtnet.tables.remedies import LONGEST
from wtnet.tables.text import CONTROLS, ID_BYTES, cut, normal, short_id

SAME_RULE_SHOWN = 1_000
"""So many complaints of one kind in one table are listed; the rest are counted in a last sentence."""
_UNKNOWN_SHOWN = 30


class TableCheck:
    """The check of one table: `right` holds the rows that pass, `whole` every row as far as it could be understood.

    `own` are the fields of the lead's own that its columns were kept as: id → heading.
    """

    def __init__(self, name: str, parts: list[RawTable]) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.unusable = False
        self.own: dict[str, str] = {}
        columns = schema.SCHEMAS[name].column_names()
        text = pl.concat([self._headed(part) for part in parts], how="vertical")
        text = text.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
        typed, failed = self._typed(text)
        typed = self._generated(typed)
        if "sharing" in columns:
            typed = typed.with_columns(pl.coalesce("sharing", sharing.default(name)).alias("sharing"))
        self.whole = typed
        numbered = typed.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias(schema.AT), *columns)
        passed, failure = schema.with_position(name).filter(numbered)
        if len(failure):
            self._broken_rules(text, failure.details(), sorted(failure.counts()))
        self.right = typed[passed[schema.AT]].filter(~failed.gather(passed[schema.AT]))

    def in_order(self) -> list[Problem]:
        """The problems by place: whole-sheet ones first, then by row."""
        return sorted(self.problems, key=lambda problem: (problem.row is not None, problem.file or "", problem.row or 0))

    def check_reference(self, column: str, target: str, declared: pl.Series, names: Mapping[str, str] | None = None) -> None:
        """Complain of each cell of `column` that names a row of `target` nobody declared, and take those rows out.

        `names` are the names of those declared by id: the one most like a cell is proposed.
        """
        lost = pl.col(column).is_not_null() & ~pl.col(column).is_in(declared.implode())
        rows = self.whole.filter(lost)
        if rows.height:
            hint = remedies.nearby(rows[column], declared)
            likely = remedies.likely_meant(rows[column], names or {})
            for value in [*likely, None]:
                same = rows.filter(pl.col(column) == value) if value else rows.filter(~pl.col(column).is_in(list(likely)))
                id = likely[value] if value else None
                meant = f' Did you mean "{cut((names or {})[id], LONGEST)}" ({cut(id, LONGEST)})?' if id else ""
                words = f"is not an id on the {target} sheet. Add it there, or correct this cell{hint}.{meant}"
                self._complain_of_rows("unknown_reference", same, column, words, id)
            self.right = self.right.filter(~lost)

    def report_missing_sheet(self, target: str, column: str) -> None:
        """Complain once that a whole sheet is missing that this one refers to."""
        file, sheet = _maybe(self.whole[FILE][0]), _maybe(self.whole[SHEET][0])
        words = f'the {target} sheet is missing, and the column "{column}" refers to it. Add a sheet named {target}.'
        self.problems.append(Problem("missing_table", f"{place(file, sheet, None, None)}: {words}", file, sheet, None, column))
        self.right = self.right.filter(pl.col(column).is_null())

    def apply(self, broken: rules.BrokenRule) -> None:
        """Complain of the rows that break a rule across rows or tables; unless it is only a notice, take them out."""
        complaints = self.notices if broken.notice else self.problems
        for row in self._limited(broken.rule, broken.rows):
            value = row.get("_value", row[broken.column])
            shown = f"{value:g}" if isinstance(value, float) else value
            words = str(row["_words"]) if value is None else f'"{cut(shown, LONGEST)}" {row["_words"]}'
            self._row_problem(broken.rule, row, broken.column, words, shown, complaints)
        if not broken.notice:
            self.right = self.right.join(broken.rows, on=[FILE, SHEET, ROW], how="anti", nulls_equal=True, maintain_order="left")

    # -- columns ------------------------------------------------------------------------------------------------

    def _headed(self, part: RawTable) -> pl.DataFrame:
        """The declared columns as text, in order; missing ones as nulls, unknown ones named in a notice."""
        known = schema.SCHEMAS[self.name].column_names()
        names: dict[str, str] = {}
        unknown: list[str] = []
        for header in part.frame.columns:
            if header == ROW:
                continue
            if normal(header) in names.values():
                words = f'the column "{header.strip()}" stands twice. Keep one and bring the file in again.'
                self._complain("duplicate_column", part, words, column=header)
            elif normal(header) in known and (normal(header) != schema.OWN or own.is_packed(part.frame[header])):
                names[header] = normal(header)
            else:
                unknown.append(header)
        for missing in [name for name in schema.required(self.name) if name not in names.values()]:
            self.unusable = True
            means = schema.column(self.name, missing).description
            heads = [cut(h, LONGEST) for h in part.frame.columns if h != ROW]
            headings = ", ".join(heads[:_UNKNOWN_SHOWN]) or "none"
            headings += f" and {len(heads) - _UNKNOWN_SHOWN:,} more" if len(heads) > _UNKNOWN_SHOWN else ""
            self._complain(
                "missing_column",
                part,
                f'the column "{missing}" is missing ({means[0].lower()}{means[1:]}). Add it; the columns found are: {headings}.',
                column=missing,
            )
        kept = self._own_fields(part, unknown)
        unknown = [header for header in unknown if header not in kept]
        if unknown:
            where = place(part.file, part.sheet)
            listed = ", ".join(f'"{cut(name, LONGEST)}"' for name in unknown[:_UNKNOWN_SHOWN])
            if len(unknown) > _UNKNOWN_SHOWN:
                listed += f" and {len(unknown) - _UNKNOWN_SHOWN:,} more"
            self.notices.append(
                Problem(
                    "unknown_column", f"{where}: columns that are not used here were left out: {listed}.", part.file, part.sheet
                )
            )
        more = [own.packed(part.frame, kept)] if kept else []
        frame = part.frame.select(ROW, *[pl.col(old).cast(pl.String).alias(new) for old, new in names.items()], *more)
        present = set(frame.columns)
        frame = frame.with_columns(
            pl.lit(part.file).alias(FILE),
            pl.lit(part.sheet, pl.String).alias(SHEET),
            *[pl.lit(None, pl.String).alias(name) for name in known if name not in present],
        )
        if self.unusable:
            frame = frame.clear()
        return frame.select(
            pl.col(ROW).cast(pl.Int64),
            FILE,
            SHEET,
            *[_tidy(pl.col(name)).alias(name) if name in present else pl.col(name) for name in known],
        )

    def _own_fields(self, part: RawTable, unknown: list[str]) -> dict[str, str]:
        """The columns that are kept as fields of the lead's own (heading → field id), with a notice that says so."""
        if self.name not in schema.OWNED or self.unusable or any(normal(name) == schema.OWN for name in part.frame.columns):
            return {}
        is_ours = own.is_ours(part.frame.columns, as_read=True)
        if is_ours:
            unknown = [header for header in unknown if not own.is_worked_out(header, self.name == "partnerships")]
        sizes = part.frame.select(pl.col(pl.String).str.strip_chars().str.len_bytes().sum()).to_dicts()
        filled = [header for header in unknown if sizes and sizes[0][header]]
        kept: dict[str, str] = {}
        for header in filled:
            label = header.strip().removesuffix(own.SUFFIX) if is_ours else header
            field = own.field_id(label)
            if field in kept.values() or (len(self.own) >= own.MOST and field not in self.own):
                continue
            kept[header] = field
            self.own.setdefault(field, label)
        if kept:
            listed = ", ".join(f'"{cut(header.strip(), LONGEST)}"' for header in list(kept)[:_UNKNOWN_SHOWN])
            listed += f" and {len(kept) - _UNKNOWN_SHOWN:,} more" if len(kept) > _UNKNOWN_SHOWN else ""
            words = f"kept as fields of your own, which you alone see: {listed}."
            self.notices.append(Problem("own_fields", f"{place(part.file, part.sheet)}: {words}", part.file, part.sheet))
        return kept

    def _typed(self, text: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """Typed columns, and for each row whether some cell could not be understood."""
        typed = text.with_columns(convert(self.name, name) for name in schema.SCHEMAS[self.name].column_names())
        failed = pl.Series("failed", [False] * text.height, dtype=pl.Boolean)
        for name in schema.SCHEMAS[self.name].column_names():
            if typed[name].null_count() == text[name].null_count():
                continue
            bad = (typed[name].is_null() & text[name].is_not_null()).fill_null(False)
            failed = failed | bad
            rule, remedy = expected(self.name, name)
            self._complain_of_rows(rule, text.filter(bad), name, remedy)
        return typed, failed

    def _generated(self, typed: pl.DataFrame) -> pl.DataFrame:
        """Ids for tables whose id may be left out: made from the two partners, or from the row; stable on re-import."""
        if typed.height == 0 or "id" not in typed.columns or "id" in schema.required(self.name):
            return typed
        base = (
            pl.concat_str("source", "target", separator="--", ignore_nulls=True)  # a tie that lacks an end is said to lack that
            if self.name == "partnerships"
            else pl.format("{}-{}", pl.lit(self.name), ROW)
        )
        typed = typed.with_columns(base.alias("_base")).with_columns(
            pl.when(pl.col("id").is_null()).then(pl.int_range(1, pl.len() + 1).over("_base")).alias("_nth")
        )
        generated = pl.when(pl.col("_nth") > 1).then(pl.format("{}--{}", "_base", "_nth")).otherwise(pl.col("_base"))
        ids = typed.select(generated)[:, 0]
        long = ids.filter(ids.str.len_bytes() > ID_BYTES).unique()
        ids = ids.replace({id: short_id(id) for id in long})
        return typed.with_columns(pl.coalesce("id", ids).alias("id")).drop("_base", "_nth")

    # -- rules --------------------------------------------------------------------------------------------------

    def _broken_rules(self, text: pl.DataFrame, details: pl.DataFrame, rules: list[str]) -> None:
        """Complain of each broken rule. An empty cell that held something unreadable was complained of when it was converted."""
        for rule in rules:
            column, _, what = rule.partition("|")
            rows = text[details.filter(pl.col(rule) == "invalid")[schema.AT]]
            if what == "nullability":
                rows = rows.filter(pl.col(column).is_null())
            if rule in ("primary_key", "one_row"):
                self._repeated(rows)
            elif not what:
                self._complain_of_rows(rule, rows, *remedies.ROW_RULES[rule](self.name))
            else:
                self._complain_of_rows(*remedies.of_column(self.name, column, what, rows))

    def _repeated(self, rows: pl.DataFrame) -> None:
        keys = list(schema.keys(self.name))
        needed = [key for key in keys if not schema.column(self.name, key).nullable]
        rows = rows.filter(pl.all_horizontal(pl.col(needed).is_not_null()))
        first = rows.group_by(keys, maintain_order=True).agg(pl.col(ROW).first().alias("_first"))
        again = rows.join(first, on=keys, how="left", nulls_equal=True).filter(pl.col(ROW) != pl.col("_first"))
        if again.height == 0:  # the same row number in two files
            again = rows.join(first, on=keys, how="left", nulls_equal=True).filter(pl.int_range(pl.len()).over(keys) > 0)
        column = keys[-1] if len(keys) == 1 else None
        for row in self._limited("duplicate", again):
            value = " / ".join(str(row[key]) for key in keys if row[key] is not None)
            what = f'"{value}" stands in row {row["_first"]} already'
            remedy = "Give each row its own id, or delete one." if column else f"One row per {', '.join(keys)}: keep one of them."
            self._row_problem("duplicate", row, column, f"{what}. {remedy}", value)

    # -- sentences ----------------------------------------------------------------------------------------------

    def _complain(self, rule: str, part: RawTable, words: str, column: str | None = None) -> None:
        self.problems.append(Problem(rule, f"{place(part.file, part.sheet)}: {words}", part.file, part.sheet, None, column))

    def _complain_of_rows(self, rule: str, rows: pl.DataFrame, column: str | None, remedy: str, meant: str | None = None) -> None:
        for row in self._limited(rule, rows):
            value = row[column] if column else None
            shown = f'"{cut(value, LONGEST)}" {remedy}' if value is not None else remedy
            self._row_problem(rule, row, column, shown, value, meant=meant)

    def _row_problem(
        self,
        rule: str,
        row: dict[str, object],
        column: str | None,
        words: str,
        value: object,
        complaints: list[Problem] | None = None,
        meant: str | None = None,
    ) -> None:
        number = int(str(row[ROW]))
        file, sheet = _maybe(row[FILE]), _maybe(row[SHEET])
        sentence = f"{place(file, sheet, number, column)}: {words}"
        problem = Problem(rule, sentence, file, sheet, number, column, None if value is None else cut(value, LONGEST), meant)
        (self.problems if complaints is None else complaints).append(problem)

    def _limited(self, rule: str, rows: pl.DataFrame) -> Iterator[dict[str, object]]:
        yield from rows.head(SAME_RULE_SHOWN).iter_rows(named=True)
        if rows.height > SAME_RULE_SHOWN:
            left = rows.height - SAME_RULE_SHOWN
            file, sheet = rows[FILE][0], rows[SHEET][0]
            words = f"{left:,} more rows have the same problem; mend the ones above first."
            self.problems.append(Problem(rule, f"{place(file, sheet)}: {words}", file, sheet))


def _tidy(column: pl.Expr) -> pl.Expr:
    """Trimmed text without control characters; an empty cell is null."""
    clean = column.str.replace_all(f"[{CONTROLS}]", "").str.strip_chars()
    return pl.when(clean.str.len_bytes() > 0).then(clean)


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)
