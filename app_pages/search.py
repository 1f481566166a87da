"""检索: a phrase in, the targets of other units out."""

import streamlit as st

from app_pages import location
from app_pages.answers import answer, ask, welcome
from app_pages.house import open_home, open_session
from app_pages.notice import lead_to_corpus, show_error
from app_pages.rebuild import offer_rebuild
from errors import DuibiaoError, SearchIndexError

place = location.read()
ask(place)
try:
    home = open_home()
    session = open_session(home)
    if session.behind:
        st.warning("有新读入的文件还没有进入检索，请重建索引。", icon=":material/update:")
        offer_rebuild(home)
    if place.text:
        answer(home, session, place)
    else:
        welcome()
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(home)
except DuibiaoError as error:
    lead_to_corpus(error)
