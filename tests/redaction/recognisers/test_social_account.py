"""Accounts with messengers and payment services. All are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import social_account

MATCHES = [
    ("微信号wx_7c43hvt8d。", "wx_7c43hvt8d", "after the label"),
    ("微 信：zhang88", "zhang88", "a blank inside the label"),
    ("微\n信：zhang88", "zhang88", "the label over two lines"),
    ("威信zhang88", "zhang88", "misspelt to escape filters"),
    ("VX：zhang88", "zhang88", "abbreviated"),
    ("QQ：123456789", "123456789", "QQ"),
    ("qq号12345", "12345", "five digits, the fewest"),
    ("昵称“小鱼儿”的用户", "小鱼儿", "a nickname in quotes"),
    ("张某，绰号“黑子”，", "黑子", "what people call him"),
    ("外号叫「二愣子」", "二愣子", "other quotes"),
    ('网名为"天涯浪子"', "天涯浪子", "straight quotes"),
    ("QQ群号 12 3456 7890", "12 3456 7890", "a group, in groups"),
    ("加入微信群号gongchengkuan01", "gongchengkuan01", "a group"),
    ("QQ号 1234 5678 9", "1234 5678 9", "QQ in groups"),
    ("企鹅号是123456789", "123456789", "QQ by its bird"),
    ("加wxid_ab12cd34ef", "wxid_ab12cd34ef", "the messenger's own form"),
    ("支付宝账号zhang_san88", "zhang_san88", "payment service"),
    ("抖音号：liaoning2018", "liaoning2018", "video service"),
    ("已微信送达（dq_yghi3pe）", "dq_yghi3pe", "words between the label and the account"),
    ("微信送达（zhangsan）", "zhangsan", "letters only, in brackets after the label"),
    ("见zhang_2018处", "zhang_2018", "an underscore and a digit, no label"),
    ("Telegram：zhang88", "zhang88", "a foreign service"),
    ("微信（“zhang88”）", "zhang88", "brackets and quotation marks between"),
]

NEAR_MISSES = [
    ("微信转账5000元", "an amount"),
    ("通过微信12000元支付", "an amount right after the name"),
    ("微信支付12000.50元", "an amount with cents"),
    ("微信abcd", "four characters are too few"),
    ("微信群聊", "the word alone"),
    ("snake_case", "an underscore without a digit"),
    ("https://example.invalid/a_12345", "in a web address"),
]

HOSTILE = [
    ("微信" * 1000 + "：zhang88", ["zhang88"], "many labels before one account"),
    ("微信" + "a" * 5000, [], "letters without end"),
    ("_" * 5000, [], "underscores and nothing else"),
    ("a_1" * 2000, ["a_1" * 10 + "a"], "underscores without an edge: as long as an account gets"),
    ("微信" + "（" * 500 + "zhang88", ["zhang88"], "nested brackets between"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(social_account.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(social_account.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(social_account.find, text) == expected, why


@pytest.mark.parametrize(
    "service",
    ["微信", "薇信", "威信", "VX", "vx", "V信", "v信", "WeChat", "wechat", "QQ", "qq", "扣扣",
     "企鹅", "支付宝", "抖音", "快手", "微博", "小红书", "陌陌", "钉钉", "旺旺", "淘宝", "闲鱼",
     "Telegram", "Skype", "WhatsApp", "Line"],
)  # fmt: skip
@pytest.mark.parametrize("link", ["：", "账号：", "号为", "（"])
def test_every_service_announces_an_account(spans, service: str, link: str) -> None:
    assert spans(social_account.find, f"{service}{link}zhang88") == ["zhang88"]


@pytest.mark.parametrize(
    "link", ["账号", "账户", "号码", "昵称", "号", "ID：", "id：", "名为", "为", "是"]
)
def test_every_word_between_is_read_over(spans, link: str) -> None:
    assert spans(social_account.find, f"微信{link}zhang88") == ["zhang88"]


@pytest.mark.parametrize("unit", ["元", "万", "亿", "%", " 元"])
def test_a_quantity_is_no_account(spans, unit: str) -> None:
    assert spans(social_account.find, f"微信a12345{unit}") == []


@pytest.mark.parametrize("service", ["QQ", "扣扣", "企鹅"])
@pytest.mark.parametrize("link", ["", "号", "号码", "为", "是", "："])
def test_groups_are_read_after_every_word_for_qq(spans, service: str, link: str) -> None:
    assert spans(social_account.find, f"{service}{link}1234 5678 9") == ["1234 5678 9"]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("微信：zhang", ["zhang"], "five characters, the fewest"),
        ("微信：" + "a" * 32, ["a" * 32], "thirty-two, the most"),
        ("微信：" + "a" * 33, [], "thirty-three are no account"),
        ("QQ 12 345", ["12 345"], "five digits in groups, the fewest"),
        ("QQ 12 34", [], "four are too few"),
        ("QQ 1234 5678 9012", ["1234 5678 9012"], "twelve digits, the most"),
        ("加wxid_abcd", ["wxid_abcd"], "four characters after the sign, the fewest"),
        ("加wx_abcd", ["wx_abcd"], "short form, no digit, no label"),
        ("加wX_abcd", ["wX_abcd"], "the same with a capital"),
        ("加weixin_abcd", ["weixin_abcd"], "spelt out"),
        ("加wx_abc", [], "three characters are too few"),
        ("加awx_abcd", [], "the middle of a longer word"),
        ("微信送（zhangsan）", ["zhangsan"], "one word between label and bracket"),
        ("微信已经通过其本人送（zhangsan）", ["zhangsan"], "eight, the most"),
        ("微信已经通过其本人送达（zhangsan）", [], "nine are another sentence"),
        ("微信送达（：“zhangsan”", ["zhangsan"], "three signs before, the most"),
        ("微信送达（：““zhangsan”", [], "four signs"),
        ("微信送达（zhangs）", ["zhangs"], "six letters without a label beside, the fewest"),
        ("微信送达（zhang）", [], "five may be a word"),
        ("微信送达（zhangsan@a）", [], "an address of mail is another recogniser's"),
    ],
)
def test_reads_just_so_far(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(social_account.find, text) == expected, why
