"""What is asked on 指标建议, as the address of the page says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

import streamlit as st

from app_pages import links
from corpus.records import Level2
from errors import UsageError
from peers.records import Draft
from peers.tables import ProjectDraft
from service.suggest_requests import make_draft, make_project

_LONGEST = 500


class Mode(StrEnum):
    """One row, or a whole project."""

    ROW = "row"
    PROJECT = "table"


@dataclass(frozen=True, slots=True)
class Asked:
    """All that can be asked, as text; "" for what is not given.

    `own` is the value that the draft has by now; `unit` the own unit, which is no peer.
    """

    mode: str = Mode.ROW.value
    name: str = ""
    own: str = ""
    description: str = ""
    level2: str = ""
    project: str = ""
    purpose: str = ""
    budget: str = ""
    unit: str = ""
    department: str = ""
    province: str = ""
    year: str = ""
    like: str = ""

    @property
    def where(self) -> Mapping[str, str]:
        """Conditions that peers must meet."""
        return {
            name: text for name, text in (("province", self.province), ("year", self.year)) if text
        }

    def draft(self) -> Draft:
        """The row that is asked for.

        :raises UsageError: something cannot be understood.
        """
        return make_draft(
            {
                "name": self.name,
                "description": self.description,
                "level2": self.level2,
                "project": self.project,
                "department": self.department,
                "exclude_unit": self.unit,
            },
            budget_wan=_budget(self.budget),
            where=self.where,
            scale_like=bool(self.like),
        )

    def project_draft(self) -> ProjectDraft:
        """The project that is asked for.

        :raises UsageError: something cannot be understood.
        """
        return make_project(
            self.project,
            purpose=self.purpose,
            department=self.department,
            budget_wan=_budget(self.budget),
            exclude_unit=self.unit,
            where=self.where,
        )


def read() -> Asked:
    """What this address asks; what it cannot mean is left out."""
    given = {
        field.name: str(st.query_params.get(field.name, ""))[:_LONGEST].strip()
        for field in fields(Asked)
    }
    if given["mode"] not in tuple(Mode):
        given["mode"] = Mode.ROW.value
    if given["level2"] not in tuple(Level2):
        given["level2"] = ""
    return Asked(**given)


def go(asked: Asked) -> None:
    """Ask this, with a new entry in the browser's history. For callbacks."""
    usual = Asked()
    texts = {field.name: str(getattr(asked, field.name)).strip() for field in fields(Asked)}
    links.turn_to({name: text for name, text in texts.items() if text != getattr(usual, name)})


def _budget(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "").replace("，", "").removesuffix("万元").strip())
    except ValueError:
        raise UsageError(f"budget_wan: expected a number of 万元, found {text!r}") from None
