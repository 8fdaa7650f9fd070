"""A partner's own form, behind a personal link."""

from wtnet.ui import survey_form

survey_form.show()
