"""How clerks really type private things: each of these was once published unmasked."""

from __future__ import annotations

import pytest

from redaction import Redactor

MASKED = [
    # (text, what must not be readable any more)
    # Accounts: the label and the account stand in odd places.
    ("已微信送达（dq_yghi3pe），对方已读。", "dq_yghi3pe"),
    ("留存微信号rv _8tjk1nx，可联系。", "8tjk1nx"),
    # A post between the role and the name.
    ("见证人：社区工作人员何畅。", "何畅"),
    # Cues that are no legal roles.
    ("据看门人史桂花说，其已半年未归。", "史桂花"),
    ("经上官敏指认，车辆停于院内。", "上官敏"),
    ("婚生子女龚烨磊由其母抚养。", "龚烨磊"),
    # Plates in lower case, with a blank, without a digit, without a word before them.
    ("名下辽hdy4ca已逾期未检验。", "hdy4ca"),
    ("其开一辆辽H EDYD1来院。", "EDYD1"),
    ("辽H VN9ZT已查封。", "VN9ZT"),
    ("查封车牌号为辽HYEQPN的小型轿车一辆。", "HYEQPN"),
    # A card grouped by hyphens, nineteen digits.
    ("把钱打到6217-0048-5777-8746-969即可。", "8746"),
]


@pytest.mark.parametrize(("text", "private"), MASKED)
def test_it_is_masked_all_the_same(text, private):
    assert private not in Redactor().redact(text).text


def test_the_district_of_an_address_stays():
    text = "现居住于辽宁省营口市站前区辰州路113号滨海明珠13号楼1单元2026室，暂无履行能力。"
    masked = Redactor().redact(text).text
    assert "营口市站前区" in masked
    assert "辰州路" not in masked
