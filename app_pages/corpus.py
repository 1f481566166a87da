"""语料: new files in, and what was read, what was not and why."""

import streamlit as st

from app_pages.documents import show_documents, show_figures, show_skipped
from app_pages.house import open_home
from app_pages.intake import take_in
from app_pages.notice import show_error
from app_pages.rebuild import offer_rebuild
from errors import DuibiaoError

take_in()
try:
    home = open_home()
    with home.store() as store:
        stats, documents, skipped = store.stats(), tuple(store.documents()), tuple(store.skipped())
    show_figures(stats)
    show_documents(documents)
    show_skipped(skipped)
    with st.expander("维护"):
        st.caption("检索结果不对，或换了模型之后，可以重建索引；语料不受影响。")
        offer_rebuild(home)
except DuibiaoError as error:
    show_error(error)
