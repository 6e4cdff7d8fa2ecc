"""The script that Streamlit runs for every page: frame, navigation, page. Errors meant for people are caught here, once."""

from __future__ import annotations

from coder_app.web import frame, navigation

frame.open_page()
navigation.run()
