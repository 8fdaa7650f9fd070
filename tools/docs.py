"""Write the generated tables of `docs/` anew from the code: `python tools/docs.py`.

A block stands between `<!-- name -->` and `<!-- /name -->`; the text around it is written by hand. `tests/house/test_docs.py`
fails where a block differs from what the code declares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT))

from wtnet.measures import catalogue  # noqa: E402
from wtnet.readers import FORMATS as READ  # noqa: E402
from wtnet.tables import schema  # noqa: E402
from wtnet.writers import FORMATS as WRITTEN  # noqa: E402


def cell(text: object) -> str:
    """Text as it may stand in a cell of a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(headings: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |".replace("| --- ", "|---").replace("--- |", "---|") for line in lines)


def formats_read() -> str:
    """The formats that can be brought in."""
    rows: list[list[object]] = [[format.name, ", ".join(format.suffixes), format.description] for format in READ]
    return table(["format", "files", "what is read"], rows)


def formats_written() -> str:
    """The formats in which data leaves."""
    rows: list[list[object]] = [[f"`{writer.id}`", writer.name, writer.suffix, writer.description] for writer in WRITTEN]
    return table(["format", "what it is", "file", "what is in it"], rows)


def columns() -> str:
    """Every table with its columns, the required ones in bold."""
    return "\n\n".join(_columns_of(name) for name in schema.NAMES)


def _columns_of(name: str) -> str:
    about = (schema.SCHEMAS[name].__doc__ or "").strip().splitlines()[0]
    required = schema.required(name)
    rows: list[list[object]] = []
    for column in schema.visible(name):
        declared = schema.column(name, column)
        words, target = schema.words(name, column), schema.reference(name, column)
        more = f"; one of {', '.join(words)}" if words else f"; an id from `{target}`" if target else ""
        heading = f"**`{column}`**" if column in required else f"`{column}`"
        rows.append([heading, f"{declared.description}{more}", declared.metadata.get("example", "")])
    return f"**`{name}`**: {about[0].lower()}{about[1:]}\n\n{table(['column', 'what it holds', 'example'], rows)}"


def measures() -> str:
    """Every measure of the catalogue."""
    rows: list[list[object]] = [
        [f"`{measure.id}`", measure.of, f"{measure.label}: {measure.meaning}", measure.source] for measure in catalogue.MEASURES
    ]
    return table(["id", "of", "what it says", "source"], rows)


BLOCKS: dict[str, Callable[[], str]] = {
    "formats": formats_read,
    "written": formats_written,
    "columns": columns,
    "measures": measures,
}


def renewed(text: str) -> str:
    """A page with its generated blocks as the code has them now."""
    for name, make in BLOCKS.items():
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if block.search(text):
            content = make()
            text = block.sub(lambda match, content=content: f"{match[1]}{content}\n{match[2]}", text)
    return text


def main() -> None:
    """Write every page of `docs/` anew."""
    for page in sorted(DOCS.glob("*.md")):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
