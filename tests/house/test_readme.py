"""The README's tables are drawn from the code, and its commands are the ones the gate runs.

`python tests/house/test_readme.py` writes them anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from wtnet.measures import catalogue  # noqa: E402
from wtnet.readers import FORMATS  # noqa: E402
from wtnet.tables import schema  # noqa: E402
from wtnet.writers import FORMATS as WRITTEN  # noqa: E402

README = ROOT / "README.md"


def cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def formats() -> str:
    rows = [f"| {cell(one.name)} | {cell(', '.join(one.suffixes))} | {cell(one.description)} |" for one in FORMATS]
    return "\n".join(["| format | files | what is read |", "|---|---|---|", *rows])


def columns() -> str:
    blocks = []
    for table in schema.NAMES:
        said = (schema.SCHEMAS[table].__doc__ or "").strip().splitlines()[0]
        rows = [f"**`{table}`**: {said[0].lower()}{said[1:]}", "", "| column | what it holds | example |", "|---|---|---|"]
        for name in schema.SCHEMAS[table].column_names():
            declared = schema.column(table, name)
            bold = "**" if name in schema.required(table) else ""
            words = schema.words(table, name)
            target = schema.reference(table, name)
            more = f"; one of {', '.join(words)}" if words else f"; an id from `{target}`" if target else ""
            rows.append(
                f"| {bold}`{name}`{bold} | {cell(declared.description + more)} | {cell(declared.metadata.get('example', ''))} |"
            )
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def measures() -> str:
    rows = [
        f"| `{one.id}` | {one.of} | {cell(one.label)}: {cell(one.meaning)} | {cell(one.source)} |" for one in catalogue.MEASURES
    ]
    return "\n".join(["| id | of | what it says | source |", "|---|---|---|---|", *rows])


def written() -> str:
    rows = [f"| `{one.id}` | {cell(one.name)} | {one.suffix} | {cell(one.description)} |" for one in WRITTEN]
    return "\n".join(["| format | what it is | file | what is in it |", "|---|---|---|---|", *rows])


BLOCKS = {"formats": formats, "written": written, "columns": columns, "measures": measures}


def drawn(text: str) -> str:
    for name, make in BLOCKS.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, made=make: f"{found[1]}{made()}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def test_the_tables_in_the_readme_are_those_of_the_code() -> None:
    """Formats, columns and measures in the README are exactly what the code declares."""
    text = README.read_text(encoding="utf-8")
    assert drawn(text) == text, "run: python tests/house/test_readme.py"


def test_the_gate_runs_exactly_the_readmes_test_command() -> None:
    """The command a newcomer is told is the command that is held."""
    found = re.search(r"\| \*\*test\*\* \| `([^`]+)`", README.read_text(encoding="utf-8"))
    assert found and found[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_picture_and_file_the_readme_names_is_there() -> None:
    """No broken picture, no file that has moved."""
    text = README.read_text(encoding="utf-8")
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / path).exists(), path


def test_every_page_is_in_the_readme() -> None:
    """Each page of the app answers its question there."""
    text = README.read_text(encoding="utf-8")
    for title in re.findall(r'st\.Page\([^)]*?title="([^"]+)"', (ROOT / "app.py").read_text(encoding="utf-8")):
        assert f"| {title} |" in text, title


if __name__ == "__main__":
    README.write_text(drawn(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
