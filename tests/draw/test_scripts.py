"""The JavaScript modules fit together when they are joined: what is imported is there, and no name stands twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wtnet.draw.scripts import joined

ROOT = Path(__file__).parents[2] / "wtnet"
ENTRIES = {
    "pieces": [*sorted((ROOT / "ui" / "map" / "js").glob("*.js")), ROOT / "ui" / "pages" / "side_by_side" / "impact_side.js"],
    "sheet": [ROOT / "ui" / "parts" / "sheet.js"],
    "story": [ROOT / "ui" / "pages" / "present" / "story.js"],
    "offline": [ROOT / "writers" / "html_map" / "page.js"],
}
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) ([\w$]+|[\[{][^=]*[\]}](?= =))", re.MULTILINE)
"""What a module declares: one name, or several as `[A, B]` and `{ a, b: c }`."""
IMPORTED = re.compile(r'^import\s+\{([^}]*)\}\s+from "([^"]+)";', re.MULTILINE)


@pytest.mark.parametrize("which", ENTRIES)
def test_joined_modules_import_nothing_and_declare_every_name_once(which: str) -> None:
    """A second declaration of a name would stop the whole script."""
    script = joined(*ENTRIES[which])
    names = [name for one in DECLARED.findall(script) for name in re.findall(r"[\w$]+(?!\w*:)", one)]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    assert not re.search(r"^(import|export (?!default))", script, re.MULTILINE)


def test_what_a_module_imports_is_exported_where_it_says() -> None:
    """Joined, a name that is nowhere would only be missed when it is used."""
    modules = list(ROOT.rglob("*.js"))
    assert len(modules) > 15
    for module in modules:
        for names, path in IMPORTED.findall(module.read_text(encoding="utf-8")):
            text = (module.parent / path).read_text(encoding="utf-8")
            for name in filter(None, (each.strip() for each in names.split(","))):
                assert re.search(rf"^export (async )?(function|class|const|let) {name}\b", text, re.MULTILINE), (module, name)


def test_a_module_stands_once_and_before_what_needs_it(tmp_path: Path) -> None:
    """Two modules import a third: it comes first, once, with no import left."""
    (tmp_path / "c.js").write_text("export const c = 1;\n")
    (tmp_path / "b.js").write_text('import { c } from "./c.js";\n\nexport const b = c;\n')
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\n\nexport default b + c;\n')
    script = joined(tmp_path / "a.js")
    assert script.split() == '"use strict"; const c = 1; const b = c; export default b + c;'.split()  # noqa: SIM905


def test_modules_that_need_each_other_are_refused(tmp_path: Path) -> None:
    """There is no order in which they could stand."""
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\n')
    with pytest.raises(ValueError, match="imports itself"):
        joined(tmp_path / "a.js")
