"""Plain sentences about enforcement that name nobody: not a character may change.

Each was seen mangled once: a word after 被执行人 or 信息 whose first character happens to
be a surname is not a name. Over-masking makes a page unreadable and buries real findings.
"""

from __future__ import annotations

import pytest

from redaction import Redactor

LEFT_ALONE = [
    # 有, 应, 单, 于, 白, 周, 付 … are surnames and also begin ordinary words.
    "被执行人有财产可供执行的案件，应当在法定期限内执行完毕。",
    "申请执行人发现被执行人有可供执行的财产的，可以申请恢复执行。",
    "收到后，被执行人应当按照令上写明的期限报告财产。",
    "被执行人是单位的，法定代表人同样受限。",
    "将符合条件的被执行人纳入失信名单；发出限制消费令。",
    "公开的执行信息由执行法院负责，信息不准确的可以提出异议。",
    "应当录入的信息没有录入；应当变更、删除的信息没有及时处理。",
    "全国法院被执行人信息查询平台信息异议处理的规定。",
    "因为有些被执行人白天总也见不到。",
    "今后发现被执行人有财产，随时可以申请恢复执行。",
    "父母分开后，孩子随母亲生活。",
    "买受人付清余款，案款随后发放。",
    "拍卖成交，买受人付清了价款，原住户搬离。",
    "依法办事是法律的要求，周全是办事的分寸。",
    "念给老人听。老人后来说，听完心里踏实了。",
    "没有存款，却租住高档公寓、以他人名义消费。",
    "证人到庭陈述，被执行人于本院查封后转移财产。",
    "双方系夫妻关系，婚姻关系存续期间共同经营。",
    "被执行人未按执行通知书指定的期间履行给付义务。",
    "申请执行人同意解除对被执行人的限制消费措施。",
    "被执行人暂无履行能力，承办人员已告知申请执行人。",
    "经查，被执行人名下无房产、无车辆、无证券。",
    "本院于2018年3月1日立案执行，标的额50000.00元。",
    "线索说得越具体，核实越快。",
    "依照法释〔2017〕7号第一条第四项的规定，纳入失信名单。",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_prose_that_names_nobody_is_left_alone(text):
    redaction = Redactor().redact(text)
    assert redaction.text == text
    assert redaction.holds == ()
