"""The command that brings files into a programme: import."""

from __future__ import annotations

import argparse

from wtnet import importing
from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.session import confirmed, open_store, user_name
from wtnet.cli.source import SENTENCES_SHOWN, usable
from wtnet.errors import InvalidRequest
from wtnet.importing import rounds, scales
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.tables.text import file_name


def bring_in(options: argparse.Namespace) -> int:
    """Check files, show what they would change in a programme, and store them if that is accepted."""
    with open_store(options) as store:
        programme, base = _target(store, options.programme)
        before = Tables() if base is None else store.load(programme.id, base)
        typed = scales.typed(options.scale)
        settings = {**importing.remembered(store), **typed}
        result = importing.bring_files(options.files, before, settings)
        if options.wave:
            result = importing.bring_files(options.files, before, settings, rounds.named(result.raw, before, options.wave))
        if unused := scales.unused(typed, result.raw):
            raise InvalidRequest(unused)
        checked = result.checked
        for file, sheet in result.remembered:
            print(f"Read as {result.mappings[file, sheet].table}, the way its headings were mapped before: {sheet or file}.")
        if not usable(checked):
            return PROBLEMS
        proposals = importing.propose(before, checked.tables, options.replace, result.columns)
        proposal = proposals.emptied if options.empty else proposals.kept
        printing.titled(
            "Good to know",
            [*(notice.sentence for notice in checked.notices), *proposal.notices(), *filter(None, [proposal.guesses()])],
        )
        if not proposal.any:
            print(f'Nothing would change in "{programme.name}"; nothing was stored.')
            return FINE
        print(f'This would {"start a new programme," if base is None else "change"} "{programme.name}":')
        rows = [(table, *counts.values()) for table, counts in proposal.counts().items()]
        printing.as_table(("table", "new", "changed", "unchanged", "removed"), rows)
        printing.titled("In words", proposal.in_words() if base is not None else [])
        printing.titled(
            "May be the same; they stay two partners (the Data page makes them one)", _likely_duplicates(before, result)
        )
        if not options.yes and not confirmed():
            return PROBLEMS
        for name, scale in typed.items():
            store.remember(name, scale)
        reason = options.reason or f"Brought in {', '.join(map(file_name, options.files))}"
        if base is None:
            revision = store.create(programme, proposal.tables, user_name(), reason, kind="import")
        else:
            revision = store.commit(programme.id, proposal.tables, base=base, author=user_name(), reason=reason, kind="import")
        print(f"Stored as revision {revision.id}: {revision.summary}.")
        return FINE


def _target(store: Store, name: str) -> tuple[Programme, int | None]:
    """The programme to bring into and its last revision; a new one, and null, if there is none of that name."""
    stored = store.find(name)
    return (stored, store.head(stored.id)) if stored else (importing.new_programme(store, name), None)


def _likely_duplicates(before: Tables, result: importing.ImportResult) -> list[str]:
    """Partners of the files that may be stored under another name, or stand in them twice."""
    incoming = importing.matched_incoming(before, result.checked.tables, result.columns)
    pairs = importing.likely_duplicates(before, incoming, SENTENCES_SHOWN, result.renumbered)
    return [
        f"{pair.mine['name']} ({pair.mine['id']}) and {pair.theirs['name']} ({pair.theirs['id']}"
        f"{', stored' if pair.stored else ', in the files too'}): {pair.why}"
        for pair in pairs
    ]
