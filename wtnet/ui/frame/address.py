"""What the person looks at, kept in the URL: a link *is* the view.

Streamlit can bind a widget to a query parameter, but it writes the label shown on screen, drops what it does not
know without a word, and forgets unbound choices on other pages. Links here carry ids, survive a change of page, and a
link to something that has gone says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeVar, overload

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from wtnet.ui.frame.modules import load_all

Word = TypeVar("Word", bound=str)
Options = Mapping[Word, str] | Sequence[Word]
Widget = Callable[..., Any]
Choices = dict[str, tuple[str, ...]]
"""The values chosen, by name; a name without any is left out."""
Way = Literal["edit", "link", "history"]

_WORDS: dict[str, str] = {}
"""What each choice that a link carries is called, by its name in the link."""

FORMER = {"kinds": "kind"}
"""Names that links have which were sent earlier, and what each is called now."""
_STEPS = 20
_VIEW = "view"


def declare(**names: str) -> None:
    """Declare choices that a link carries, at import of the module that uses them: name in the link, and what it is called
    where a link names something that is not there.

    Modules may declare the same name, which is then one choice for all their pages; a name called otherwise is a ValueError.
    """
    for name, words in names.items():
        if _WORDS.setdefault(name, words) != words:
            raise ValueError(f"{name} is called “{_WORDS[name]}” already")


def names() -> tuple[str, ...]:
    """Every name that a link carries, on whatever page: a link keeps the choices of the pages one came from."""
    load_all()
    return tuple(sorted({*_WORDS, *FORMER}))


@dataclass
class ViewState:
    """What one session looks at: the choices kept, the address as it was last written, the page it was on, what the menu showed
    where it opened a page by its bare address (by page), what the address names that is not there, and the last few views."""

    kept: Choices = field(default_factory=dict)
    written: Choices = field(default_factory=dict)
    page: str | None = None
    opened_bare: dict[str, Choices] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)
    trail: list[Choices] = field(default_factory=list)


def resolve(url: Choices, kept: Choices, opened_bare: Choices, way: Way) -> Choices:
    """What is chosen, where the address is another than the one written last.

    | came by                           | an address with choices | a bare address               |
    |-----------------------------------|-------------------------|------------------------------|
    | "edit": changed on the page       | is the whole view       | changes nothing              |
    | "link": the menu, a link          | adds to what was chosen | changes nothing              |
    | "history": the browser's Back     | is the whole view       | is what the menu showed here |
    """
    if way == "link":
        return {**kept, **url}
    return url or (opened_bare if way == "history" else kept)


def begin(page: str = "") -> None:
    """Take in the URL at the start of a run of a page, if it was changed since the last run (see `resolve`)."""
    view: ViewState = st.session_state.setdefault(_VIEW, ViewState())
    url = _url()
    if url != view.written:
        way: Way = "history" if _by_history() else "edit" if view.page in (None, page) else "link"
        chosen = resolve(url, view.kept, view.opened_bare.get(page, {}), way)
        for name in {*view.kept, *chosen}:
            if view.kept.get(name) != chosen.get(name):
                forget(name)
        if way == "link" and not url:
            view.opened_bare[page] = dict(view.kept)
        view.kept = dict(chosen)
    view.page = page
    view.gone = []


def begun() -> bool:
    """Whether a page has run in this session: only then there is a view."""
    return _VIEW in st.session_state


def _view() -> ViewState:
    view: ViewState = st.session_state[_VIEW]
    return view


def _by_history() -> bool:
    """Whether the browser's Back or Forward led here."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def end() -> None:
    """Write the URL at the end of a run."""
    view = _view()
    kept = dict(view.kept)
    if kept != _url():
        st.query_params.from_dict({name: list(kept[name]) for name in names() if name in kept})
    if not view.trail or view.trail[-1] != kept:
        view.trail = [*view.trail[-_STEPS:], kept]
    view.written = kept


def back() -> None:
    """Undo the last choice, if there was one."""
    before = _before()
    if before:
        view = _view()
        view.trail, view.kept = before, dict(before[-1])
        forget()


def _before() -> list[Choices]:
    """The views before the present one, the last of them last."""
    view = _view()
    trail = list(view.trail)
    while trail and trail[-1] == view.kept:
        trail.pop()
    return trail


def may_go_back() -> bool:
    """Whether there is a choice to undo: not where a link led here and nothing was chosen since."""
    return bool(_before())


def undo(*names: str) -> None:
    """Forget some choices."""
    for name in names:
        put(name)
    forget(*names)


def forget(*names: str) -> None:
    """Let widgets start anew from the view: those of some choices ("in_NAME", "in_NAME:PART"), or all."""
    for key in list(st.session_state):
        if str(key).startswith("in_") and (not names or str(key)[3:].partition(":")[0] in names):
            del st.session_state[key]


def params(**changed: str) -> dict[str, list[str]]:
    """The view as a link within the page carries it, with some choices changed."""
    now = {name: list(values) for name, values in _view().kept.items()}
    return now | {name: [value] for name, value in changed.items()}


def go(page: str) -> NoReturn:
    """Go to another page with the address as it is, so that the way back is the way one came."""
    st.switch_page(page, query_params={name: st.query_params.get_all(name) for name in st.query_params})


def get(name: str) -> str | None:
    """The chosen value, or None."""
    values = every(name)
    return values[0] if values else None


def every(name: str) -> tuple[str, ...]:
    """All chosen values of a choice that may have several."""
    return _view().kept.get(name, ())


def put(name: str, *values: str | None) -> None:
    """Choose; no value (or None) forgets the choice. A name that nobody declared is a KeyError."""
    _ = _WORDS[name]
    kept = _view().kept
    kept.pop(name, None)
    if chosen := tuple(value for value in values if value):
        kept[name] = chosen


def gone(what: str, value: str) -> None:
    """Remember that the link names something that is not there (any more)."""
    _view().gone.append((what, value))


def missing() -> list[tuple[str, str]]:
    """What the link names that is not there: (what, value)."""
    return list(_view().gone) if begun() else []


def among(name: str, options: Sequence[Word]) -> tuple[Word, ...]:
    """The chosen values that are among the options; others are forgotten, and named at the head of the page."""
    chosen = tuple(option for value in every(name) for option in options if option == value)
    for value in every(name):
        if value not in chosen:
            gone(_WORDS[name], value)
    if chosen != every(name):
        put(name, *chosen)
        forget(name)
    return chosen


@overload
def choose(label: str, options: Options[Word], *, name: str, default: Word, widget: Widget = ..., **more: Any) -> Word: ...
@overload
def choose(
    label: str, options: Options[Word], *, name: str, default: None = None, widget: Widget = ..., **more: Any
) -> Word | None: ...
def choose(
    label: str, options: Options[Word], *, name: str, default: Word | None = None, widget: Widget = st.selectbox, **more: Any
) -> Word | None:
    """One of the options (id and words, or ids that are their own words), kept under `name` unless it is the default.

    `more` goes to the widget; of segmented buttons one is always on where there is a default.
    """
    if widget is st.segmented_control and default is not None:
        more.setdefault("required", True)
    linked = among(name, tuple(options))
    key = f"in_{name}"
    value = st.session_state.get(key, linked[0] if linked else default)
    st.session_state[key] = value if value in options else default  # set anew each run: a widget forgets on a change of page
    value = widget(label, tuple(options), key=key, format_func=_words(options), **more)
    put(name, None if value == default else value)
    return next((option for option in options if option == value), default)


def choose_several(
    label: str, options: Options[Word], *, name: str, widget: Widget = st.multiselect, **more: Any
) -> tuple[Word, ...]:
    """Any number of the options (id and words, or ids that are their own words), kept under `name`; none means all.

    `more` goes to the widget.
    """
    if widget is st.pills:
        more.setdefault("selection_mode", "multi")
    linked = among(name, tuple(options))
    key = f"in_{name}"
    st.session_state[key] = [value for value in st.session_state.get(key, linked) if value in options]
    chosen: Sequence[Word] = widget(label, tuple(options), key=key, format_func=_words(options), **more) or ()
    put(name, *chosen)
    return tuple(chosen)


def _words(options: Options[Word]) -> Callable[[Word], str]:
    return options.__getitem__ if isinstance(options, Mapping) else str


def number(widget: Callable[..., Any], label: str, low: float, high: float, *, name: str, default: float, **more: Any) -> float:
    """A number (`st.slider`), kept under `name`."""
    key = f"in_{name}"
    st.session_state[key] = st.session_state[key] if key in st.session_state else amount(name, low, high, default)
    value = float(widget(label, low, high, key=key, **more))
    put(name, None if value == default else f"{value:g}")
    return value


def text(label: str, *, name: str, **more: Any) -> str:
    """Words to look for (`st.text_input`), kept under `name`."""
    key = f"in_{name}"
    st.session_state[key] = st.session_state.get(key, get(name) or "")
    put(name, str(st.text_input(label, key=key, **more) or "").strip())
    return get(name) or ""


def amount(name: str, low: float, high: float, default: float) -> float:
    """The number kept under `name`, within its bounds, where there is no slider for it."""
    text = get(name)
    try:
        return min(high, max(low, float(text or "")))
    except ValueError:
        if text:
            gone("setting", text)
            put(name)
        return default


def _url() -> Choices:
    known = names()
    return {FORMER.get(name, name): tuple(st.query_params.get_all(name)) for name in st.query_params if name in known}
