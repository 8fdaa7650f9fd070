"""What one session keeps between runs: every key of `st.session_state` that the screen reads or writes, and what it holds.

Choices that a link carries are in `address`, and what all sessions share in `cached`. A test compares this list with the code.
"""

from __future__ import annotations

from collections.abc import Mapping

KEYS: Mapping[str, str] = {
    "view": "what is looked at (`address.ViewState`)",
    "first_visit": "what of a first visit was seen in this window",
    "welcome": "whether the welcome is shown",
    "author": "the name given with a change, for the next one",
    "chip_row": "the room for the chips of the page being drawn (`chips.ChipRow`)",
    "in_strength": "widget: the least strength, a number or one of three words",
    "in_documents": "widget: whether documented levels count as ratings",
    # saving
    "conflict": "a change that met somebody else's, until the person has chosen (`conflict.PendingChange`)",
    "saved": "programme, revision just saved, and the revision it was made from, until that is shown",
    # maps
    "after_click": "where a click on a map leads: the whole page, or a profile",
    "step_of_finding": "the finding a next step was asked for, until the run that follows",
    "finder": "widget: the partner looked for by name",
    "found": "the partner just found, to be brought to the middle of the map",
    "hub_list": "widget: the row selected in the list around a hub",
    "two_shown": "the two views shown last, to be swapped",
    "two_measured": "memo: the measures that differ between two views",
    # partners, change, places, strength and impact, gaps
    "directory": "widget: the row selected in the directory",
    "paths": "widget: the row selected among the partners followed",
    "place_finder": "widget: the place or partner looked for by name",
    "place_frames": "the part of the map that each mark leads to",
    "place_places": "widget: the row selected in the table of places",
    "place_map": "widget: the marks selected on the map of places",
    "association_points": "widget: the point selected in the picture",
    "scn_kind": "widget: the kind of a partner added to the scenario",
    "scn_name": "widget: its name",
    "scn_out": "widget: the partners left out of the scenario",
    "scenario_refused": "why a change of the scenario was refused, until that is shown",
    # sharing
    "last_page": "the page of figures that was looked at last, on which a link opens",
    # present
    "story_desks": "the stories being edited, by programme, audience and story",
    "story_fresh": "memo: the story as the figures of now would draft it",
    "story_said": "what is to be said after saving a story",
    "story_stage": "memo: the story as the stage shows it",
    "deck_template": "name and bytes of the .pptx that decks are made in",
    # data
    "upload_round": "a number that starts the box for files anew",
    "stop_reading": "widget: whether the person has just ended the reading of a file",
    "import_result": "memo: the files read and checked",
    "individuals": "widget: whether grants to individuals come in",
    "mappings": "memo: which heading is which column, by sheet",
    "cures": "memo: what was said of all rows of a cause in these files",
    "marked_files": "memo: the files with their wrong cells marked",
    "likely_duplicates": "memo: partners that may be the same",
    "accepted": "programme and sentences of the import just accepted, until the next files",
    "correcting": "what is being corrected in place (`correct._state`)",
    # survey
    "forms_made": "programme, wave and zip of the forms just made",
    "links_made": "the personal links made in this window, by programme and wave",
    "forms_round": "a number that starts the box for returned forms anew",
    "form_collection": "memo: the returned forms as read",
    "form_put_right": "memo: the same with the answers the lead chose in cells that were set aside",
    "answers_replaced": "the answers that an acceptance replaced, until they are put away",
    "form_only": "this window is for a partner's form alone",
    "token": "the token of the personal link",
    "form_at": "the part of the form on screen",
    "form_at_revision": "the revision the answers on screen were made from",
    "form_done": "the form is finished",
    "form_extra": "partners chosen as missing, asked about too",
    "form_round": "how often was saved: each time the window begins at its head",
    "form_draft": "memo: what was left on the form unsaved when the part on screen began",
    "form_typing": "what was left on the form on screen, and how what is typed is kept",
    "form_not_kept": "why what was just typed is not kept, until that is shown",
    "form_large_text": "widget: whether the text of the form is larger",
    "preview_at": "the part of the form that the lead looks at beforehand",
    "form_language": "the language the form is read in, where the lead has brought in any",
    "texts_read": "memo: the texts of the form as a filled-in workbook has them",
    "form_saved": "answers were just saved, until that is shown",
    # history
    "revision_picked": "the rows selected in the list of revisions at the last run",
    "versus_of": "the revision that was compared last",
}
"""Key and what it holds; "widget" is the value of one, "memo" what `cached.memo` keeps."""

PREFIXES: Mapping[str, str] = {
    "in_": "widgets of the choices that a link carries, by name",
    "scn_": "widgets of a change to the scenario, by field",
    "left_": "widgets of the left view",
    "right_": "widgets of the right view",
    "steps_grid_": "widget: what was changed in the list of next steps",
    "partnerships_": "widget: the row selected among the partnerships, of all or of one partner",
}
"""Keys that are put together, by how they begin."""
