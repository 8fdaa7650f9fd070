"""wtnet: partnership strength and impact, side by side. Start with `streamlit run app.py`."""

import gc
from pathlib import Path

import streamlit as st

if __name__ != "__main__":  # the server loads what stays: until `server.warm` nothing is looked through for what may go
    gc.disable()

from wtnet.ui.frame import first_visit, page, server, sign_in
from wtnet.ui.pages.survey import form

FRAME = Path(__file__).parent / "wtnet" / "ui" / "frame"


def session() -> None:
    """One run of the app for one person: the frame, and in it the page asked for."""
    if form.is_form_window():  # behind a personal link: the form and nothing else
        form.run()
        return
    st.set_page_config(
        page_title="Working Together: partnerships and impact",
        page_icon=str(FRAME / "logo.svg"),
        layout="wide",
        initial_sidebar_state=216,
    )
    st.html(FRAME / "style.css")
    st.logo(str(FRAME / "logo.svg"), size="large")

    outside, lead = sign_in.needs_sign_in(), sign_in.leads()
    look_after = [
        st.Page("pages/data.py", title="Data", icon=":material/table_view:"),
        st.Page("pages/survey.py", title="Survey", icon=":material/forward_to_inbox:"),
        st.Page("pages/history.py", title="History", icon=":material/history:"),
        st.Page("pages/sharing.py", title="Sharing", icon=":material/share:"),
    ]
    start = st.Page("pages/start.py", title="Start here", icon=":material/flag:")
    started = outside or first_visit.is_seen("start")
    chosen = st.navigation(
        {
            **({} if started else {"": [start]}),
            "Explore": [
                st.Page("pages/side_by_side.py", title="Side by side", icon=":material/join_inner:", default=True),
                st.Page("pages/partners.py", title="Partners", icon=":material/group:"),
                st.Page("pages/change.py", title="Change", icon=":material/timeline:"),
                st.Page("pages/two_views.py", title="Two views", icon=":material/compare:"),
                st.Page("pages/gaps.py", title="Gaps and what if", icon=":material/experiment:"),
                st.Page("pages/places.py", title="Places", icon=":material/map:"),
            ],
            "Evidence": [
                st.Page("pages/impact.py", title="Impact", icon=":material/target:"),
                st.Page("pages/reach.py", title="Cross-sector reach", icon=":material/hub:"),
                st.Page("pages/strength_and_impact.py", title="Strength & impact", icon=":material/scatter_plot:"),
                st.Page("pages/programmes.py", title="Programmes", icon=":material/view_column:"),
            ],
            "Take away": [
                st.Page("pages/present.py", title="Present", icon=":material/co_present:"),
                st.Page("pages/reports.py", title="Reports", icon=":material/description:"),
            ],
            **({"Look after": look_after} if lead else {}),
            "Help": [
                *([start] if started else []),
                st.Page("pages/guide.py", title="Guide", icon=":material/menu_book:"),
                st.Page("pages/accessibility.py", title="Accessibility", icon=":material/accessibility_new:"),
            ],
        },
        expanded=True,
        position="hidden" if outside else "sidebar",
    )
    if outside:
        sign_in.show_sign_in()
        return
    with page.frame(chosen.url_path):
        chosen.run()
        sign_in.sidebar_note()


if __name__ == "__main__":  # a person's session
    session()
else:  # the server, which reads this file once
    server.warm()
    app = st.App(
        __file__, middleware=server.MIDDLEWARE, routes=server.ROUTES, lifespan=server.running, on_script_error=server.failed
    )
