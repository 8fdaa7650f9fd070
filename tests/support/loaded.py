"""What a server of the app loads before anybody comes, for `forked` to copy. Nothing is worked out: threads are not copied."""

import streamlit.web.bootstrap
import streamlit.web.cli  # noqa: F401

from wtnet.ui.frame.log import log_errors_only
from wtnet.ui.frame.modules import load_all

with log_errors_only("streamlit.runtime.caching.cache_data_api"):  # it warns of a cache that is declared before the server runs
    load_all()
