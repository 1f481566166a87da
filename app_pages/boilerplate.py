"""套话: what units copy from each other, where it stands, and how much of a document it is."""

import streamlit as st

from app_pages.families import show_families
from app_pages.house import open_home
from app_pages.notice import show_error
from app_pages.rebuild import offer_rebuild
from app_pages.shaded import show_copied, show_document
from errors import DuibiaoError, SearchIndexError

st.header("套话", anchor=False)
st.caption("许多单位共用的名称、说明、目标和整张表；规定的固定指标、规范的指标名称不算套话。")
try:
    home = open_home()
    families, document, copied = st.tabs(["套话家族", "看一份文件", "雷同的表"])
    with families:
        show_families(home)
    with document:
        show_document(home)
    with copied:
        show_copied(home)
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(home)
except DuibiaoError as error:
    show_error(error)
    st.page_link("app_pages/corpus.py", label="去「语料」", icon=":material/folder_open:")
