"""The page on which a lead gives links and roles, and sees what each audience gets."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from wtnet import access
from wtnet.access import links as access_links
from wtnet.access import roles as access_roles
from wtnet.access.roles import ROLES, Rule
from wtnet.errors import WtnetError
from wtnet.tables.model import Audience
from wtnet.ui.frame import address, cached, chips, sign_in
from wtnet.ui.frame.audience import LABELS
from wtnet.ui.frame.markdown import count, cut, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import given_links
from wtnet.ui.parts.paper_table import paper_grid

_MONTHS = 90
_WORDS: dict[Audience, str] = {"public": "what everybody may see", "partners": "what partners may see"}


def links(here: PageContext) -> None:
    """Make a link to this programme, see those that were made, take one back."""
    st.header("Links", anchor=False)
    st.write(
        "Whoever has a link can look at this programme, and at nothing else, until its last day. Nobody can change anything "
        "by it."
    )
    with st.form("new_link", border=False):
        label = st.text_input("For whom", placeholder="Heritage Fund, autumn review", max_chars=200)
        left, right = st.columns(2)
        audience = left.selectbox("They see", list(_WORDS), format_func=_WORDS.__getitem__)
        until = right.date_input(
            "Until, and on", date.today() + timedelta(days=_MONTHS), min_value=date.today(), format="DD/MM/YYYY"
        )
        pressed = st.form_submit_button("Make a link", icon=":material/add_link:", type="primary")
    if pressed and isinstance(until, date):
        access_links.make(sign_in.writable_store(here.programme.id), here.programme.id, until, audience, label)
    issued = access_links.issued(cached.store(), here.programme.id)
    if issued:
        _warn_where_local()
    for link in issued:
        _link(here, link)


def _link(here: PageContext, link: access_links.ViewLink) -> None:
    over = "taken back" if link.revoked else "ended" if link.until < date.today() else ""
    with st.container(border=True):
        until = f"{link.until.day} {link.until:%B %Y}"
        st.markdown(f"**{plain(link.label or 'No name')}** · {_WORDS[link.audience]} · " + (over or f"until {until}"))
        if over:
            return
        token = access_links.token(sign_in.writable_store(link.programme), link)
        st.code(_address(here, link.audience, token), language=None, wrap_lines=True)
        opens = "; ".join(words for *_, words in _filters(here, link.audience))
        st.caption(f"It opens on what you looked at last{f': {plain(opens)}' if opens else ''}.")
        if st.button("Take back", key=f"revoke_{link.id}", icon=":material/link_off:"):
            access_links.revoke(sign_in.writable_store(link.programme), link.id)
            st.rerun()


def _filters(here: PageContext, audience: Audience) -> list[tuple[str, str, str]]:
    """What a link for an audience carries of what was looked at."""
    return given_links.carried(here, audience, chips.chosen(given_links.SHAREABLE), address.get("wave"))


def _address(here: PageContext, audience: Audience, token: str) -> str:
    """The address of a link, which opens on the page, wave and filters that were looked at."""
    query = [(name, value) for name, value, _ in _filters(here, audience)]
    last = st.session_state.get("last_page", "")
    return f"{given_links.base('sharing')}/{last}?{urlencode([*query, ('link', token)])}"


def _warn_where_local() -> None:
    """Warn of links that open on this computer only, and offer a way out."""
    warning = given_links.here_only("sharing", "send the report, the offline map or the deck")
    if warning:
        st.warning(warning, icon=":material/computer:")


def roles(here: PageContext) -> None:
    """Who has which role among those who sign in; edited as a table and checked row by row."""
    st.header("People who sign in", anchor=False)
    if not sign_in.has_provider():
        st.write(
            "Nobody signs in on this server: on this computer you lead, and everybody who comes from elsewhere sees what "
            "everybody may see. The README says how to set up signing in; roles can be given here before."
        )
    one_only = not here.person.everywhere  # who leads one programme gives roles in it, and in no other
    editable = (here.programme.id,) if one_only else (None, here.programme.id)
    stored = access_roles.rules(cached.store())
    edited = _edited(here, [rule for rule in stored if rule.programme in editable], one_only)
    if not st.button("Save the roles", icon=":material/save:", key="save_roles"):
        return
    rules: list[Rule] = []
    for number, row in enumerate(edited.iter_rows(named=True), 1):
        try:
            where = here.programme.id if row["only here"] or row["partner"] or one_only else None
            rules.append(Rule(row["who"] or "", row["role"] or "", where, row["partner"] or None))
        except WtnetError as error:
            st.error(f"Row {number}: {plain(error)} Nothing was saved.", icon=":material/error:")
            return
    others = [rule for rule in stored if rule.programme not in editable]
    access_roles.save(sign_in.writable_store(here.programme.id), [*others, *rules])
    st.success(f"Saved: {count(len(rules), 'role')}.", icon=":material/check:")


def _edited(here: PageContext, rules: list[Rule], one_only: bool) -> pl.DataFrame:
    """The rules as a table to edit, and as it was edited: who, role, partner (its id), only here."""
    names = here.tables.names("organisations")
    repeated = {name for name, times in Counter(names.values()).items() if times > 1}
    labels = {id: f"{name} ({id})" if name in repeated else name for id, name in names.items()}
    rows = [
        {
            "who": rule.who,
            "role": rule.role,
            "partner": rule.partner if rule.partner in names else None,
            "only here": rule.programme is not None,
        }
        for rule in rules
    ]
    types = {"who": pl.String, "role": pl.String, "partner": pl.String, "only here": pl.Boolean}
    by_label = sorted(labels, key=labels.__getitem__)
    columns = {
        "who": st.column_config.TextColumn("Address or @domain", required=True, width=190),
        "role": st.column_config.SelectboxColumn("Role", options=list(ROLES), required=True, width=90),
        "partner": st.column_config.SelectboxColumn(
            "Partner", options=by_label, format_func=lambda id: labels[str(id)], width=150
        ),
        "only here": st.column_config.CheckboxColumn("Only this programme", default=True, width=100, disabled=one_only),
    }
    edited = st.data_editor(
        pl.DataFrame(rows, schema=types),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key="roles",
        column_config=columns,
    )
    paper_grid(edited, columns)
    return edited


def what_is_seen(here: PageContext) -> None:
    """What each audience gets of this programme, counted."""
    st.header("What they see", anchor=False)
    whole = cached.full_tables(here.programme.id, here.revision)
    counted: dict[str, list[int]] = {}
    for audience in LABELS:
        theirs = cached.tables(here.programme.id, cached.Edition(here.revision, audience))
        hidden = len(access.hidden(whole, audience))
        counted[audience] = [
            whole.organisations.height - hidden,
            hidden,
            theirs.ratings["level"].count(),
            whole.results["value"].count() - theirs.results["value"].count(),
            theirs.quotes.height,
        ]
    what = [
        "Partners by name",
        "Partners by number, as “Freelancer 3”",
        "Answers, with who gave them",
        "Results withheld",
        "Quotes",
    ]
    lines = [[label, *(f"{numbers[at]:,}" for numbers in counted.values())] for at, label in enumerate(what)]
    head = f"| | {' | '.join(LABELS.values())} |\n|---|{'--:|' * len(LABELS)}\n"
    st.markdown(head + "\n".join(f"| {' | '.join(line)} |" for line in lines))
    st.markdown(
        "Names follow the column `sharing` of each partner: *public*, *partners* or *private*; a freelancer who says nothing is "
        "shared with partners only. Choose **Seen as** on any page to look as they do."
    )
    _rule()
    _to_judge(here)


_WHO = (
    ("Which partnerships exist, and what they are", "as far as names and evidence are shared; one that both deny is none"),
    (
        "How strong a named partnership is",
        "light, moderate or mixed, or strong, where both rated it; else withheld, and of some that answered always, so that a "
        "missing word does not tell who did not",
    ),
    ("What one side answered, and who did not answer", "nobody but you"),
    ("Levels, evidence and notes that you documented", "what you shared (column `sharing` of a partnership)"),
    ("Means, changes, correlations", "your figure, or the word withheld"),
    ("Figures of one partner from answers", "your figure where at least five others' answers are in it"),
    ("Results of pilots", "your figure; withheld on fewer than five people, and where it could be worked out from others"),
)


def _rule() -> None:
    """Who may learn what, the rule of published cuts, and what it does not protect against, in plain words."""
    st.header("What they may learn", anchor=False)
    st.markdown("| | Partners and everybody |\n|---|---|\n" + "\n".join(f"| {what} | {who} |" for what, who in _WHO))
    st.markdown(
        "**Which figures are shown.** Figures from answers are shown for the whole programme, each pilot, each kind of partner, "
        "each two kinds and each place, and for no narrower choice. Each must hold answers of at least five organisations, none "
        "with more than half of them; so must the difference between any two, and what changed since the wave before. Where that "
        "fails, the smaller is withheld, whether the figure is good or bad."
    )
    st.markdown(
        "**What this does not protect against.** Partners who tell each other what they answered; somebody who knows something "
        "already that a figure confirms; guessing who a numbered partner is from whom it works with; what you put into "
        "free text yourself."
    )


_JUDGE = {
    "name": "Shown by name, but the name holds one that is hidden:",
    "id": "Shown by a name of their own, but the id, which stands in links, holds one that is hidden:",
    "description": "Pilots led by a partner who is hidden, with a description that everybody reads:",
}


def _to_judge(here: PageContext) -> None:
    """What no rule can decide: words that may tell who a hidden partner is, for the lead to read."""
    left = access.warnings(cached.full_tables(here.programme.id, here.revision), "public")
    if not left:
        return
    st.warning("Read these yourself: they may tell everybody who a hidden partner is.", icon=":material/visibility:")
    for kind, words in _JUDGE.items():
        where = [cut(name, 60) for what, name in left if what == kind]
        if where:
            st.markdown(f"{words} {plain(listed(where, most=12))}.")
