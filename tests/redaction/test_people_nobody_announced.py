"""Names in the sentences of procedure, with no role in front of them, as clerks write them."""

from __future__ import annotations

import pytest

from redaction import Redactor

NAMES = [
    "王小明",
    "李国庆",
    "邱少云",
    "张桂荣",
    "刘志强",
    "陈文博",
    "林海涛",
    "马秀英",
    "赵丽",
    "孙磊",
    "欧阳建军",
]
SENTENCES = [
    "经查{}名下无可供执行的财产。",
    "房屋登记在{}名下。",
    "案款已发放给{}。",
    "扣划{}银行存款3000元。",
    "将{}纳入失信被执行人名单。",
    "对{}司法拘留十五日。",
    "对{}限制出境。",
    "向{}发出限制消费令。",
    "经与{}电话联系，其称无力偿还。",
    "{}未到庭。",
    "该车由{}实际占有使用。",
    "房屋由{}居住。",
    "{}称其没有偿还能力。",
    "由{}代收。",
    "经{}同意，变更付款方式。",
    "{}于2018年3月5日死亡。",
    "另查明，{}已去世。",
    "查明{}在农业银行有存款。",
    "冻结{}在建设银行的账户。",
    "与{}达成和解协议。",
    "本案在执行过程中，{}主动履行了全部义务。",
    "联系不上{}本人。",
    "{}下落不明。",
    "该房屋系{}所有。",
    "到{}家中搜查。",
    "向{}送达执行通知书。",
    "追加{}为被执行人。",
    "以{}名义购买。",
    "转账给{}五万元。",
    "现{}已缴纳2万元。",
    "但{}仍未履行。",
    "因{}未履行义务，本院予以拘传。",
    "随后{}被带至法院。",
    "{}的母亲告诉执行干警，儿子多年没有回家。",
    "看到{}从车里走下来。",
    "干警将{}堵在家门口。",
    "村干部说{}已经外出两年。",
    "该房由{}竞得。",
    "判令{}腾退房屋。",
    "{}患有脑梗。",
]
WORD_LIKE = [
    ("由高山代收。", "高山", "a mountain signs for nothing"),
    ("房屋登记在向阳名下。", "向阳", "what is in a name is not in a direction"),
    ("对高超限制出境。", "高超", "only people leave the country"),
]
NOBODY = [
    ("对高管限制高消费。", "an office, not a name"),
    ("房产登记在单位名下。", "a unit"),
    ("登记在父母名下。", "kinship"),
    ("对方下落不明。", "the other side"),
    ("由于本人年老。", "a conjunction"),
    ("对公司法定代表人限制高消费。", "a role"),
    ("在建设银行有存款。", "a bank"),
    ("现有财产已缴纳税款。", "words"),
    ("以公平名义进行。", "a word"),
]


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_masks_a_name_in_a_sentence_of_procedure(redactor: Redactor, sentence: str) -> None:
    left = [name for name in NAMES if name in redactor.redact(sentence.format(name)).text]
    assert left == []


@pytest.mark.parametrize(("text", "name", "why"), WORD_LIKE)
def test_masks_a_word_where_only_people_stand(
    redactor: Redactor, text: str, name: str, why: str
) -> None:
    assert name not in redactor.redact(text).text, why


@pytest.mark.parametrize(("text", "why"), NOBODY)
def test_leaves_words_where_people_may_stand(redactor: Redactor, text: str, why: str) -> None:
    assert redactor.redact(text).text == text, why
