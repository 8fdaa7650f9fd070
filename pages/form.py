"""A partner's own form, behind a personal link."""

from wtnet.ui.pages.survey import form

form.show()
