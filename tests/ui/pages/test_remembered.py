"""What was said of an earlier file is used for the next one, says so, and is forgotten with one click."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, shown
from wtnet.importing import SheetMapping, bring, remembered, scales, synonyms, to_setting
from wtnet.store import Store

PARTNERS = b"Ref,Body,Sort of body,What\na,Hall,Gallery,x\nb,Choir,community_group,y\n"
TIES = b"From,To,Closeness\nHall,Choir,strong\nHall,Clinic,weak\n"


def said_before(store: Store) -> None:
    """An earlier file's headings mapped, one of its words explained, and a scale given."""
    (sheet,) = bring([("bodies.csv", PARTNERS)]).sheets
    how = SheetMapping.of("organisations", {"id": "Ref", "name": "Body", "kind": "Sort of body"})
    word = synonyms.to_setting("organisations", "kind", "Gallery", "museum")
    for name, value in (to_setting(sheet, how), word, scales.to_setting("Closeness", scales.parsed("weak; medium; strong"))):
        store.remember(name, value)


def told(app: AppTest) -> str:
    """What the page says, the titles of what can be opened among it."""
    assert not app.exception
    return "\n".join([shown(app), *(box.label.replace("\\", "") for box in app.expander)])


@pytest.mark.parametrize(
    ("file", "data", "words", "button", "gone"),
    [
        ("bodies.csv", PARTNERS, "the way its headings were mapped before", "Forget it", "mapping:"),
        ("bodies.csv", PARTNERS, "1 word explained before", "“gallery” as museum (organisations): forget it", "words:"),
        ("ties.csv", TIES, "counts as strength, on weak; medium; strong", "Forget this scale", "scale:"),
    ],
)
def test_what_is_remembered_is_said_and_forgotten_with_one_click(
    database: str, file: str, data: bytes, words: str, button: str, gone: str
) -> None:
    """The file is read at once without it, nothing else is forgotten, and nothing breaks."""
    store = Store(database)
    said_before(store)
    before = remembered(store)
    app = opened("pages/data.py", programme="example")
    app.file_uploader(key="upload_0").set_value((file, data, "text/csv")).run()
    assert words in told(app)
    (forget,) = [each for each in app.button if each.label.replace("\\", "") == button]
    forget.click().run()
    assert words not in told(app)
    kept = {name for name, value in remembered(store).items() if value and value != {"scale": ""}}
    assert kept == {name for name in before if not name.startswith(gone)}
