"""The screen: state and caching, the live map, and the pieces pages share. Only this room and `pages/` know Streamlit."""
