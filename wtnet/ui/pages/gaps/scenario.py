"""The scenario of the Gaps page: kept in the URL, read against the data, changed by the widgets."""

from __future__ import annotations

import streamlit as st

from wtnet.analysis import scenario as what_if
from wtnet.analysis.scenario import Change, Scenario
from wtnet.errors import WtnetError
from wtnet.network import Network, Scope, build
from wtnet.tables import Tables
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.page import PageContext

address.declare(scenario="scenario")

_REFUSED = "scenario_refused"


def current() -> Scenario:
    """The scenario in the link, as far as it can be read."""
    return what_if.read(address.get("scenario"))[0]


def fitted(here: PageContext) -> tuple[Scenario, list[str]]:
    """The scenario as far as it fits the data; sentences on what was left out, which the link forgets too."""
    found, said = what_if.read(address.get("scenario"))
    kept, gone = what_if.fit(here.tables, found)
    address.put("scenario", what_if.write(kept))
    return kept, said + gone


def keep(scenario: Scenario) -> None:
    """The scenario from now on."""
    address.put("scenario", what_if.write(scenario))


def change(one: Change) -> None:
    """One more change; what is refused is said by `refused`."""
    try:
        keep(current().plus(one))
    except WtnetError as error:
        refuse(str(error))


def refuse(sentence: str) -> None:
    """Remember why a change was not made."""
    st.session_state[_REFUSED] = sentence


def refused() -> str | None:
    """Why the last change was not made, once."""
    said: str | None = st.session_state.pop(_REFUSED, None)
    return said


@st.cache_resource(max_entries=24, show_spinner="Working out what would change …", hash_funcs={Scope: repr})
def altered(programme: str, at: cached.At, scope: Scope, text: str, _tables: Tables) -> Network:
    """The network with the changes made, in a copy; `text` is the scenario as `scenario.write` gives it."""
    changes, _ = what_if.read(text)
    return build(what_if.apply(_tables, changes, scope.wave), scope)
