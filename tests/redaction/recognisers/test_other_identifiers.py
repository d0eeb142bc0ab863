"""Passports, permits, vehicles, certificates, mail, messengers, and what only labels give away."""

from __future__ import annotations

import pytest

from redaction.recognisers import (
    email,
    labelled,
    passport,
    property_certificate,
    social_account,
    travel_permit,
    vehicle,
)
from redaction.view import Recogniser

MATCHES: list[tuple[Recogniser, str, str, str]] = [
    (passport.find, "护照E12345678", "E12345678", "ordinary passport since 2012"),
    (passport.find, "EA1234567号", "EA1234567", "second series"),
    (passport.find, "G12345678", "G12345678", "ordinary passport before 2012"),
    (passport.find, "护照号码：ab1234567", "ab1234567", "foreign, by label"),
    (passport.find, "护照号G 1234 5678", "G 1234 5678", "blanks after a label"),
    (travel_permit.find, "C12345678", "C12345678", "Hong Kong and Macao permit"),
    (travel_permit.find, "H1234567801", "H1234567801", "home-return permit with renewal count"),
    (travel_permit.find, "台胞证12345678", "12345678", "eight digits, by label"),
    (travel_permit.find, "居留证CHN123456789012", "CHN123456789012", "foreign resident 2017"),
    (vehicle.find, "车架号LSVAA49J192123456", "LSVAA49J192123456", "by label"),
    (vehicle.find, "1M8GDM9AXKP042788", "1M8GDM9AXKP042788", "valid check digit, no label"),
    (vehicle.find, "发动机号：B5204T4-123", "B5204T4-123", "engine number by label"),
    (vehicle.find, "机动车登记证书编号210012345678", "210012345678", "registration certificate"),
    (property_certificate.find, "（权证号：辽（2018）营口市不动产权第4067338号）",
     "辽（2018）营口市不动产权第4067338号", "unified certificate"),
    (property_certificate.find, "辽(2018)营口市 不动产权 第 0012345 号",
     "辽(2018)营口市 不动产权 第 0012345 号", "blanks and half-width brackets"),
    (property_certificate.find, "辽（二〇一八）营口市不动产权第四〇六七三三八号",
     "辽（二〇一八）营口市不动产权第四〇六七三三八号", "Chinese numerals"),
    (property_certificate.find, "营房权证鲅字第20110012345号", "营房权证鲅字第20110012345号",
     "deed before 2015"),
    (property_certificate.find, "盖国用（2009）第0123号", "盖国用（2009）第0123号", "land use"),
    (property_certificate.find, "210802001003GB00012F00010023", "210802001003GB00012F00010023",
     "unit number"),
    (email.find, "邮箱a.b-c_1@sina.com.cn。", "a.b-c_1@sina.com.cn", "plain, Han after it"),
    (email.find, "zhang＠１６３．ｃｏｍ", "zhang＠１６３．ｃｏｍ", "full width"),
    (email.find, "zhang(at)163.com", "zhang(at)163.com", "sign spelled out"),
    (email.find, "zhang @ 163 . com", "zhang @ 163 . com", "blanks"),
    (social_account.find, "微信号wx_7c43hvt8d。", "wx_7c43hvt8d", "after the label"),
    (social_account.find, "QQ：123456789", "123456789", "QQ"),
    (social_account.find, "加wxid_ab12cd34ef", "wxid_ab12cd34ef", "the messenger's own form"),
    (social_account.find, "支付宝账号zhang_san88", "zhang_san88", "payment service"),
    (social_account.find, "抖音号：liaoning2018", "liaoning2018", "video service"),
    (labelled.find, "病历号：A0012345", "A0012345", "medical file"),
    (labelled.find, "公积金账号210800123456", "210800123456", "housing fund"),
    (labelled.find, "学籍号G210802201201010012", "G210802201201010012", "school file"),
]  # fmt: skip

NEAR_MISSES: list[tuple[Recogniser, str, str]] = [
    (passport.find, "E1234567", "seven digits only"),
    (passport.find, "G123456789", "nine digits"),
    (travel_permit.find, "H12345", "too short"),
    (vehicle.find, "91210800MA06820137", "eighteen characters: a credit code"),
    (vehicle.find, "12345678901234567", "digits only are no vehicle number"),
    (property_certificate.find, "（2018）辽0802执1234号", "a case number"),
    (property_certificate.find, "不动产权属争议", "the words alone"),
    (email.find, "@所有人", "no local part"),
    (email.find, "100@每人", "no domain"),
    (social_account.find, "微信转账5000元", "an amount"),
    (social_account.find, "通过微信12000元支付", "an amount right after the name"),
    (labelled.find, "社保缴费12个月", "no number follows the label"),
]


@pytest.mark.parametrize(("find", "text", "expected", "why"), MATCHES)
def test_finds(spans, find: Recogniser, text: str, expected: str, why: str) -> None:
    assert spans(find, text) == [expected], why


@pytest.mark.parametrize(("find", "text", "why"), NEAR_MISSES)
def test_leaves(spans, find: Recogniser, text: str, why: str) -> None:
    assert spans(find, text) == [], why
