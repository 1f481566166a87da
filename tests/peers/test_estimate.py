"""From votes to a value to write, and why there is none."""

import pytest

from corpus.records import Level2, Operator
from corpus.values import parse_value
from knowledge.concepts import MeasureClass
from peers.base_rate import base_rate
from peers.confidence import confidence
from peers.estimate import Estimate, estimate, is_near
from peers.records import Draft, Peer, Reach, RefusalCode, Suggestion
from peers.refusal import refusal_of
from tests.peers.making import peer


def rates(*raws: str, name: str = "资金拨付及时率", reach: Reach = Reach.SAME) -> list[Peer]:
    return [
        peer(raw, f"{n}局", name=name, level2=Level2.QUALITY, reach=reach)
        for n, raw in enumerate(raws)
    ]


def told(draft: Draft, votes: list[Peer]) -> Suggestion:
    found = estimate(draft, votes)
    assert found.refusal is None
    assert found.suggestion is not None
    return found.suggestion


def test_the_usual_value_is_suggested_with_the_sign_that_is_printed() -> None:
    draft = Draft("作物秸秆综合利用率", level2=Level2.QUALITY)
    found = told(draft, rates("≥95%", "≥95%", "≥90%", "≥98%", name=draft.name))
    assert (found.text, found.operator, found.number) == ("≥95%", Operator.AT_LEAST, 95)
    assert found.measure_class is MeasureClass.SHARE
    assert found.confidence > 0.8


def test_a_large_count_is_written_as_people_write_it() -> None:
    draft = Draft("微信公众号粉丝数", level2=Level2.QUANTITY)
    votes = [
        peer(raw, f"{n}局", name=draft.name, level2=Level2.QUANTITY)
        for n, raw in enumerate(("≥24万人", "≥24万人", "≥25万人", "≥24万人"))
    ]
    found = told(draft, votes)
    assert (found.text, found.number, found.measure) == ("≥24万人", 240_000, "人")
    assert parse_value(found.text).canonical_number == found.number


@pytest.mark.parametrize(
    "raws, text",
    [
        (("≤8900元/公里", "≥10000元/公里", "≤10000元/公里", "≥10000元/公里"), "≤10000元/公里"),
        (("≥10000元/公里",) * 4, "≥10000元/公里"),  # nobody writes it otherwise
    ],
)
def test_a_sign_against_the_meaning_is_not_learned_from_a_slip(
    raws: tuple[str, ...], text: str
) -> None:
    draft = Draft("县道日常养护单价", level2=Level2.COST)
    votes = [peer(raw, f"{n}局", name=draft.name, level2=Level2.COST) for n, raw in enumerate(raws)]
    assert told(draft, votes).text == text


def test_a_full_rate_can_only_be_met_with_equality() -> None:
    found = told(Draft("资金拨付及时率"), rates("≥100%", "100%", "=100%", "≥95%"))
    assert found.text == "=100%"


def test_a_deadline_is_the_usual_month() -> None:
    votes = [
        peer(raw, f"{n}局", name="完工时间", level2=Level2.TIMELINESS)
        for n, raw in enumerate(("12月底前", "12月31日前", "11月底前", "3月底前"))
    ]
    found = told(Draft("完工时间", level2=Level2.TIMELINESS), votes)
    assert (found.text, found.deadline, found.operator) == ("12月底前", "12", Operator.NONE)


def test_counts_follow_the_budget_where_that_explains_them_better() -> None:
    votes = [
        peer(f"≥{budget * 4}人", f"{n}局", budget_wan=float(budget))
        for n, budget in enumerate((5, 20, 60, 150, 400, 900))
    ]
    found = told(Draft("培训人数", budget_wan=100.0), votes)
    assert found.from_budget
    assert found.text == "≥400人"
    without = estimate(Draft("培训人数"), votes)
    assert without.suggestion is None or not without.suggestion.from_budget


def test_a_total_cost_is_the_budget() -> None:
    votes = [
        peer(f"≤{budget}万元", f"{n}局", name="项目总成本", level2=Level2.COST, budget_wan=budget)
        for n, budget in enumerate((12.5, 80.0, 315.0))
    ]
    draft = Draft("项目总成本", level2=Level2.COST, budget_wan=34.56)
    assert told(draft, votes).text == "≤34.56万元"


def test_amounts_of_other_projects_say_nothing_without_the_budget() -> None:
    votes = [
        peer(raw, f"{n}局", name="项目总成本", level2=Level2.COST, budget_wan=9.0)
        for n, raw in enumerate(("≤2万元", "≤80万元", "≤3150万元"))
    ]
    draft = Draft("项目总成本", level2=Level2.COST)
    found = estimate(draft, votes)
    assert found.refusal is RefusalCode.VALUES_DISAGREE
    words = refusal_of(draft, votes, votes, found.refusal)
    assert words is not None
    assert "预算" in words.message


def test_two_units_are_too_few_and_three_of_the_family_are_enough() -> None:
    assert estimate(Draft("培训人数"), [peer("≥5人"), peer("≥5人", "乙局")]).refusal is (
        RefusalCode.TOO_FEW_PEERS
    )
    kin = rates("=100%", "=100%", "≥98%", name="补助发放及时率", reach=Reach.FAMILY)
    assert told(Draft("资金拨付及时率"), kin).reach is Reach.FAMILY
    # counts of other things tell no number
    others = [
        peer(f"≥{n}人", f"{n}局", name="巡查人数", reach=Reach.FAMILY) for n in (10, 11, 12, 13)
    ]
    assert estimate(Draft("培训人数"), others).refusal is RefusalCode.TOO_FEW_PEERS


def test_measures_that_disagree_are_refused() -> None:
    raws = ("≥10期", "≥300条", "≥40场", "≥2000人次")
    votes = [peer(raw, f"{n}局", name="宣传活动") for n, raw in enumerate(raws)]
    assert estimate(Draft("宣传活动"), votes).refusal is RefusalCode.MEASURES_DISAGREE


def test_values_that_disagree_are_refused_with_what_there_is() -> None:
    votes = [peer(f"≥{10**n}人", f"{n}局") for n in range(1, 7)]
    found = estimate(Draft("培训人数"), votes)
    assert found.refusal is RefusalCode.VALUES_DISAGREE
    assert found.suggestion is None
    assert found.distribution is not None
    assert found.distribution.n == 6


def test_concentration_counts_the_votes_near_the_suggestion() -> None:
    draft = Draft("培训人数")
    votes = [peer(f"≥{n}人", f"{n}局") for n in (100, 110, 120, 125, 900)]
    found: Estimate = estimate(draft, votes)
    assert found.suggestion is not None
    assert found.distribution is not None
    near = [one for one in found.votes if is_near(one, found.suggestion, draft)]
    assert len(near) == 4
    assert found.distribution.concentration == pytest.approx(0.8)


def test_confidence_grows_with_agreement_and_with_votes() -> None:
    for reach in Reach:
        for kind in (MeasureClass.SHARE, MeasureClass.COUNT):
            told_by = [confidence(share, 10, kind, reach) for share in (0.0, 0.5, 1.0)]
            assert told_by == sorted(told_by)
            assert confidence(1.0, 20, kind, reach) > confidence(1.0, 2, kind, reach)
            assert all(0 < one < 1 for one in told_by)


def refused(draft: Draft, peers: list[Peer]) -> RefusalCode:
    votes = [one for one in peers if one.quantity is not None and one.fits]
    found = refusal_of(draft, peers, votes, RefusalCode.TOO_FEW_PEERS)
    assert found is not None
    assert found.message
    return found.code


def test_a_refusal_says_which() -> None:
    assert refused(Draft("社会影响力"), []) is RefusalCode.NOT_MEASURABLE
    assert refused(Draft("培训人数"), []) is RefusalCode.BAND_TOO_LOW
    echo = peer("培训人数")
    assert echo.value.echo
    assert refused(Draft("培训人数"), [echo]) is RefusalCode.ONLY_ECHO
    assert refused(Draft("培训人数"), [peer("≥5人")]) is RefusalCode.TOO_FEW_PEERS


def test_a_value_that_most_of_the_family_prints_says_little() -> None:
    draft = Draft("游客满意度", level2=Level2.SATISFACTION)
    votes = rates(*["≥95%"] * 5, "≥98%", "≥98%", "≥90%", name="游客满意度")
    rate = base_rate(draft, votes, told(draft, votes))
    assert rate is not None
    assert (rate.share, rate.n, rate.informative) == (0.625, 8, False)
    assert (rate.sharper, rate.sharper_n) == ("≥98%", 2)


def test_a_duty_met_in_full_is_a_legitimate_ceiling() -> None:
    draft = Draft("资金拨付及时率", level2=Level2.TIMELINESS)
    votes = rates(*["=100%"] * 6)
    rate = base_rate(draft, votes, told(draft, votes))
    assert rate is not None
    assert rate.ceiling
    assert rate.informative
    assert base_rate(draft, votes[:4], told(draft, votes)) is None
