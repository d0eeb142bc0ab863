"""Why an entry leaves its list, by which article, and until when."""

from datetime import date

import pytest

from portal.reference.list_ends import Ground, read_ground, removal_deadline
from portal.reference.vocabulary import MeasureKind
from portal.reference.workdays import Deadline


@pytest.mark.parametrize(
    ("reason", "ground"),
    [
        ("被执行人已全部履行生效法律文书确定的义务", Ground.PERFORMED),
        ("人民法院已执行完毕", Ground.PERFORMED),
        ("当事人达成执行和解协议且已履行完毕", Ground.SETTLED),
        ("申请执行人书面申请删除失信信息，经审查同意", Ground.REQUESTED),
        ("终结本次执行程序后两次以上查询未发现可供执行财产", Ground.FRUITLESS),
        ("因审判监督裁定再审，中止执行", Ground.STAYED),
        ("裁定受理破产申请", Ground.STAYED),
        ("裁定不予执行", Ground.NOT_ENFORCED),
        ("裁定终结执行", Ground.ENDED),
        ("纳入期限届满", Ground.EXPIRED),
        ("不应纳入，予以撤销", Ground.WRONG),
        ("身份信息有误", Ground.WRONG),
        ("依职权", Ground.OTHER),
        ("", Ground.OTHER),
    ],
)
def test_the_ground_is_read_from_a_clerks_words(reason: str, ground: Ground) -> None:
    assert read_ground(MeasureKind.DISHONEST, reason) is ground


def test_a_restriction_that_ended_was_lifted() -> None:
    assert read_ground(MeasureKind.RESTRICTION, "期限届满") is Ground.LIFTED


def test_every_ground_of_art_10_is_there_once() -> None:
    items = [ground.value.rule for ground in Ground if "第十条第（" in ground.value.rule]
    assert [rule[-3] for rule in items] == list("一二三四五六七")


@pytest.mark.parametrize("ground", [Ground.WRONG, Ground.DROPPED, Ground.LIFTED, Ground.PAID])
def test_no_article_is_claimed_for_a_term_of_our_own(ground: Ground) -> None:
    assert not ground.value.statutory
    assert "法释〔2017〕7号第" not in ground.value.rule


def test_an_entry_is_gone_within_three_working_days() -> None:
    # A Friday before the National Day week of 2018.
    assert removal_deadline(date(2018, 9, 28)) == Deadline(date(2018, 10, 8))
