"""语料: new files in; what was read, what was not and why; and misread rows put right."""

import streamlit as st

from app_pages.correct import correcting
from app_pages.corrections import show_corrections
from app_pages.documents import show_documents, show_figures, show_skipped
from app_pages.house import open_home
from app_pages.intake import take_in
from app_pages.notice import show_error
from app_pages.rebuild import offer_rebuild
from app_pages.rows import show_rows
from errors import DuibiaoError
from service.correct import corrections

take_in()
try:
    home = open_home()
    with home.store() as store:
        stats, documents, skipped = store.stats(), tuple(store.documents()), tuple(store.skipped())
        corrected = corrections(home).corrections
    show_figures(stats)
    show_documents(documents)
    show_skipped(skipped)
    if not correcting() and documents:
        show_rows(home, documents)
        show_corrections(home, corrected)
    with st.expander("维护"):
        st.caption("检索结果不对，或换了模型之后，可以重建索引；语料不受影响。")
        offer_rebuild(home)
except DuibiaoError as error:
    show_error(error)
