"""Everything that can be taken away: a report, the offline map, pictures, what is given back, the data. One click each.

What is made is for the audience chosen under "Made for", in the wave looked at, and says so in its name and inside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from wtnet import writers
from wtnet.access.addresses import LONGEST, checked
from wtnet.draw.print import gallery
from wtnet.draw.print.drawing import SIZES
from wtnet.draw.print.figure import figures
from wtnet.draw.print.map import BY_KIND, MAPS, NAMED
from wtnet.errors import InvalidRequest
from wtnet.network import Scope
from wtnet.sentences import filters as filters_in_words
from wtnet.tables import relationships
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.audience import FILE_NAMES
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import deck_template, downloads, filters, follow_along, report_choices
from wtnet.ui.parts.downloads import for_download
from wtnet.writers.export import Export

address.declare(about="partner or pilot", picture_of="picture", picture_size="size")

PROGRAMME = "programme"
PICTURES = MAPS | {name: chart.label for name, chart in gallery.CHARTS.items()} | figures()
CHOSEN = ("indicator", "unit", "against", "split", "mix", "mix_kind", "by", "own_group", "follow")
"""The choices of other pages that a picture of their charts follows."""
_FORMS = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}


@dataclass(frozen=True, eq=False)
class ReportSubject:
    """What is taken away: the programme, a pilot or a partner; its id where it is one, and its name; the scope and the themes of
    results that the filters leave of it."""

    here: PageContext
    kind: str
    id: str | None
    name: str
    scope: Scope
    themes: tuple[str, ...]

    def file(self, what: str, suffix: str) -> str:
        """The name of a file about it, which says for whom it is."""
        return "-".join(filter(None, (self.here.programme.id, self.id, what, FILE_NAMES[self.here.audience]))) + suffix


def choose(here: PageContext) -> ReportSubject:
    """The choice of what everything on the page is about, kept in the link."""
    subjects: dict[str, tuple[str | None, str, str]] = {PROGRAMME: (None, here.programme.name, "the whole programme")}
    subjects |= {f"pilot:{pilot}": (pilot, name, "pilot") for pilot, name in here.tables.names("pilots").items()}
    rows = here.tables.organisations.select("id", "name", "kind").iter_rows()
    subjects |= {f"partner:{partner}": (partner, name, KINDS[kind].lower()) for partner, name, kind in rows}
    words = {key: f"{cut(name, 60)} · {what}" for key, (_, name, what) in subjects.items()}
    with st.container(width=460):
        chosen = address.choose("About", words, name="about", default=PROGRAMME)
    id, name, _ = subjects[chosen]
    kind = chosen.partition(":")[0]
    return ReportSubject(here, kind, id, name, *filters.subject_scope(here, kind, id))


def opening(subject: ReportSubject) -> str:
    """What can be had, in a sentence."""
    here = subject.here
    who = {
        "lead": "for the programme lead, with everything in it",
        "partners": "as partners may see it",
        "public": "as everybody may see it",
    }
    when = f" at {here.wave_name()}" if here.wave else ""
    narrowed = filters_in_words.sentence_start(
        here.tables,
        [pair for pair in filters_in_words.of_scope(subject.scope, subject.themes) if pair != ("pilot", subject.id)],
        subject.scope.hops,
    )
    narrowed = f" ({narrowed})" if narrowed else ""
    return f"{subject.name}{when}{narrowed}, to file, to print, to show and to pass on: {who[here.audience]}."


def export(subject: ReportSubject, whole: bool = False) -> Export:
    """What the writers start from: tables, network, places and results as this page's audience has them.

    Of a partner the network is that of those around it, unless `whole`.
    """
    here = subject.here
    scope = subject.scope
    if subject.kind == "partner" and subject.id and not whole:
        scope = replace(scope, focus=(subject.id,))
    of = {subject.kind: subject.id} if subject.kind != PROGRAMME else {}
    return downloads.export(here, scope, **of, themes=subject.themes)


def download(
    subject: ReportSubject, format: str, label: str, make: Callable[[], Export], what: str, primary: bool = False
) -> None:
    """A button that makes a file when it is pressed, and gives it."""
    writer = writers.BY_ID[format]
    st.download_button(
        label,
        for_download(subject.here, lambda: writers.write(format, make())),
        subject.file(what, writer.suffix),
        writer.mime,
        key=f"take_{what}_{format}",
        on_click="ignore",
        type="primary" if primary else "secondary",
        icon=":material/download:",
    )


def report(subject: ReportSubject) -> None:
    """The PDF report."""
    st.subheader("A report to file", anchor=False)
    what = {
        "programme": "what a trustee asks in short, the map, each pilot, what changed, what came of it in charts and in words",
        "pilot": "its partners and their partnerships, what changed, and its indicators from baseline to target",
        "partner": "its profile: whom it works with, what both sides say, its waves, its pilots and what came of them",
    }
    st.markdown(
        f"A PDF with {what[subject.kind]}, quotes people agreed to share, how the figures were made, and where they come from."
    )
    st.caption("Headings, tables and pictures are tagged to be read aloud (PDF/UA-1); every figure is the one on the screen.")
    choices = report_choices.chosen(subject.here)

    def made() -> Export:
        return replace(export(subject, whole=True), report=choices)

    download(subject, "report", "Download the report", made, "report", primary=True)
    if subject.kind != "partner":
        report_choices.choose(subject.here)


def offline(subject: ReportSubject) -> None:
    """The map that travels."""
    st.subheader("A map that needs no internet", anchor=False)
    st.markdown(
        "One file for a memory stick or a mail: the live map with search, kinds, waves, a card for each partner, and tables."
    )
    st.caption("It opens in any browser and asks for nothing. Nobody's own answers are in it.")
    download(subject, "html", "Download the map", lambda: export(subject), "map")


def talk(subject: ReportSubject) -> None:
    """A deck of slides, and the way to the page where its story is edited."""
    st.subheader("A talk", anchor=False)
    st.markdown("A first deck for PowerPoint: the story of it as slides with maps and charts that can be edited, and notes.")

    def made() -> Export:
        return replace(export(subject, whole=True), template=template, link=link)

    link = _deck_link(subject.here)
    template = deck_template.chosen(subject.here)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        download(subject, "pptx", "Download the deck", made, "story")
        whole = address.params()
        st.page_link("pages/present.py", label="Edit the story and present it", icon=":material/co_present:", query_params=whole)
    deck_template.choose(subject.here)


def _deck_link(here: PageContext) -> str | None:
    """The web address that the deck's last slide has as a code, as far as one is given and others can open it."""
    with st.container(width=460):
        given = st.text_input(
            "Link on the last slide, as a QR code",
            follow_along.programme_link(here, "reports"),
            placeholder="https://…",
            max_chars=LONGEST,
            key="deck_link",
        )
    try:
        return checked(given) if given.strip() else None
    except InvalidRequest as error:
        show_error(error)
        return None


def pictures(subject: ReportSubject) -> None:
    """The map and the charts as pictures, with what they will look like."""
    st.subheader("Pictures", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=290):
            kinds = relationships.in_use(subject.here.tables)
            there = {name: words for name, words in PICTURES.items() if kinds or name != BY_KIND}
            wanted = export(subject)
            asked = address.get("picture_of") or ""
            if asked not in there and (words := gallery.label(asked, wanted)):
                there = {asked: words} | there
            picture = address.choose("Picture", there, name="picture_of", default="map")
        with st.container(width=190):
            sizes = {name: size.label for name, size in SIZES.items()}
            size = address.choose("Size", sizes, name="picture_size", default="slide")
    data, alt, note = _preview(subject, picture, size)
    st.image(data, width="stretch", alt=alt)
    st.caption(plain(note or alt))
    with st.expander("Words for who does not see it, to copy", icon=":material/content_copy:"):
        st.code(alt, language=None, wrap_lines=True)
    wanted = replace(wanted, picture=picture, size=size, chosen=_chosen())
    with st.container(horizontal=True, gap="small"):
        for form, label in _FORMS.items():
            download(subject, form, label, lambda: wanted, f"{picture.replace(':', '-')}-{size}")
    st.caption("SVG stays sharp at any size and can be edited; PNG for slides and web pages; PDF to print.")
    if subject.here.tables.organisations.height > NAMED:
        st.caption(f"Pictures name at most {NAMED} partners, the best connected and museums first, and say so.")


def _chosen() -> dict[str, str]:
    """What was chosen on the page that a chart is from, which its picture follows: several values of a choice on lines."""
    return {name: "\n".join(address.every(name)) for name in CHOSEN if address.every(name)}


def _preview(subject: ReportSubject, picture: str, size: str) -> tuple[bytes, str, str]:
    from wtnet.writers.report import picture as writer

    here = subject.here
    return _drawn(
        here.key,
        subject.kind,
        subject.id,
        repr(subject.scope),
        subject.themes,
        picture,
        size,
        tuple(_chosen().items()),
        _draw=lambda: writer.preview(replace(export(subject), picture=picture, size=size, chosen=_chosen())),
    )


@cached.kept(48, "Drawing …")
def _drawn(
    key: tuple[str, cached.Edition],
    kind: str,
    id: str | None,
    scope: str,
    themes: tuple[str, ...],
    picture: str,
    size: str,
    chosen: tuple[tuple[str, str], ...],
    _draw: Callable[[], tuple[bytes, str, str]],
) -> tuple[bytes, str, str]:
    return _draw()


def give_back(subject: ReportSubject) -> None:
    """What is stored of a partner, for that partner; of all, with progress, since it takes a while."""
    here = subject.here
    if not here.person.edits:
        return
    st.subheader("Give back", anchor=False)
    st.markdown("What is stored of a partner, for that partner: its profile, its answers, and what others share with it.")
    if here.audience != "lead":
        st.button("Make it as programme lead", on_click=_for_lead, key="give_back_as_lead", icon=":material/lock_open:")
        return
    if subject.kind == "partner":
        st.caption("A workbook and its own report in a zip. Others are in it as partners may see them; their comments never.")
        download(subject, "give-back", f"Download what {cut(subject.name, 40)} gets", lambda: export(subject, whole=True), "own")
        return
    number = export(subject).network.graph.number_of_nodes()
    st.caption(f"A workbook for each of {count(number, 'partner')}, in one zip. For one partner alone, choose it above.")
    if not st.button("Make them all", key="give_back_all", icon=":material/deployed_code:", disabled=not number):
        return
    st.download_button(
        "Download the zip",
        _everyone(export(subject), number),
        subject.file("give-back", ".zip"),
        "application/zip",
        key="give_back_zip",
        on_click="ignore",
        icon=":material/download:",
    )


def _for_lead() -> None:
    address.put("made_for", "lead")
    address.forget("made_for")


def _everyone(whole: Export, number: int) -> bytes:
    from wtnet.writers.tables import give_back

    bar = st.progress(0.0, "Making the first …")
    files = {}
    for at, (name, data) in enumerate(give_back.each(whole), 1):
        files[name] = data
        bar.progress(min(1.0, at / max(1, number)), f"{at} of {count(number, 'partner')}")
    bar.empty()
    return give_back.packed(whole, files)
