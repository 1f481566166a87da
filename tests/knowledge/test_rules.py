"""The rules as data: complete, and honest about what they rest on."""

import pytest

from errors import KnowledgeError
from knowledge import rules as module
from knowledge.rules import BasisStatus, RuleScope, rules
from knowledge.standard_rows import standard_rows
from quality.rules import ROW_RULES, TABLE_RULES


def test_every_rule_has_a_logic_and_every_logic_a_rule() -> None:
    rows = [rule.id for rule in rules().values() if rule.scope is RuleScope.ROW]
    tables = [rule.id for rule in rules().values() if rule.scope is RuleScope.PROJECT]
    assert set(rows) == set(ROW_RULES)
    assert set(tables) == set(TABLE_RULES)


def test_a_known_basis_is_shown_as_not_verified() -> None:
    for rule in rules().values():
        assert rule.basis
        assert ("条文待核" in rule.basis) or rule.basis_status is not BasisStatus.KNOWN
        if rule.basis_status is BasisStatus.SEEN:
            assert "待核" not in rule.basis


def test_a_damaged_rule_is_named(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    path = module.RULES_FILE
    text = path.read_text("utf-8").replace('"severity":"error"', '"severity":"fatal"', 1)
    broken = type(path)(str(tmp_path)) / "rules.jsonl"
    broken.write_text(text, "utf-8")
    monkeypatch.setattr(module, "RULES_FILE", broken)
    rules.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match="line 1"):
            rules()
    finally:
        monkeypatch.undo()
        rules.cache_clear()


def test_fixed_sets_are_named() -> None:
    assert {row.name for row in standard_rows()} >= {"科目调整次数", "结余率", "资金拨付及时率"}
    assert all(row.set and row.sign in "=≤≥" for row in standard_rows())
