"""A link within the page carries the whole view, so that it shows the same in another tab."""

from __future__ import annotations

import ast
from pathlib import Path
from urllib.parse import parse_qs

from tests.support.app import opened
from wtnet import ui

PILOT = "tidelines"
ELSEWHERE = {"start", "history/revision", "programmes", "data/bring_in", "data/columns", "survey/round", "guide"}
"""Pages whose links lead to another programme, another time or the Guide's own entries, or that stand before there is a view."""


def _bare(module: Path) -> list[int]:
    """The lines of links with choices of their own that leave out those of the view."""
    calls = [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "page_link"
        and any(word.arg == "query_params" and isinstance(word.value, ast.Dict | ast.DictComp) for word in call.keywords)
    ]


def test_no_link_with_choices_leaves_out_those_of_the_view() -> None:
    """But where it leads elsewhere on purpose."""
    room = Path(ui.__file__).parent
    modules = [path for part in ("pages", "parts") for path in sorted((room / part).rglob("*.py"))]
    names = {path: str(path.relative_to(room / path.relative_to(room).parts[0]).with_suffix("")) for path in modules}
    assert {names[path]: lines for path in modules if names[path] not in ELSEWHERE and (lines := _bare(path))} == {}


def test_a_link_carries_the_filters_in_its_address() -> None:
    """The pilot and the wave that were chosen stand in it, beside what the link itself chooses."""
    partner = "northcliff-museum-of-the-sea"
    app = opened("pages/partners.py", pilot=PILOT, wave="midpoint", partner=partner)
    link = next(each.proto for each in app.get("page_link") if each.proto.label == "See on the map")
    carried = parse_qs(link.query_string)
    assert (carried["pilot"], carried["wave"], carried["select"]) == ([PILOT], ["midpoint"], [f"partner:{partner}"])


def test_so_does_each_of_those_that_moved_most() -> None:
    """On Change: to a partner's profile, and to a partnership on the map."""
    app = opened("pages/change.py", pilot=PILOT)
    carried = [parse_qs(each.proto.query_string) for each in app.get("page_link")]
    moved = [choices for choices in carried if "partner" in choices or "select" in choices]
    assert moved and all(choices["pilot"] == [PILOT] for choices in moved)
