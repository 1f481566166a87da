"""语料: new files in; what was read, what was not and why; and misread rows put right."""

import streamlit as st

from app_pages.correct import correcting
from app_pages.corrections import show_corrections
from app_pages.counted import counted
from app_pages.documents import show_documents, show_size, show_skipped
from app_pages.house import open_home
from app_pages.intake import take_in
from app_pages.listed import documents_of, skipped_of
from app_pages.lists import asked_list, choose_list, show_projects, show_units
from app_pages.notice import show_error
from app_pages.rebuild import offer_rebuild
from app_pages.rows import is_chosen, offer_rows, show_rows
from errors import DuibiaoError
from service.correct import corrections
from service.home import Home


def main() -> None:
    """All documents; or one of them, where the address names one."""
    if not is_chosen():
        take_in()
    try:
        home = open_home()
        if is_chosen():
            _one_document(home)
        else:
            _lists(home)
    except DuibiaoError as error:
        show_error(error)


def _one_document(home: Home) -> None:
    if correcting():
        return
    show_rows(home, documents_of(home))
    show_corrections(home, corrections(home).corrections)


def _lists(home: Home) -> None:
    corpus = counted(home)
    show_size(corpus)
    choose_list()
    listed = asked_list()
    if listed == "projects":
        show_projects(corpus)
    elif listed == "units":
        show_units(corpus)
    else:
        _all_documents(home)


def _all_documents(home: Home) -> None:
    documents = documents_of(home)
    show_documents(documents)
    show_skipped(skipped_of(home))
    if documents:
        offer_rows(documents)
    if not correcting():
        show_corrections(home, corrections(home).corrections)
    with st.expander("维护"):
        st.caption("检索结果不对，或换了模型之后，可以重建索引；语料不受影响。")
        offer_rebuild(home)


main()
