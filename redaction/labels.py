"""The words that announce an identifier, found in one scan for all recognisers.

Trying every recogniser's labels at every character would cost more than everything else together.
So the scan looks for two characters that can begin a label, the rarer second one first, and only
where they stand are the words compared. Where a label begins with a common word (银行, 车辆, 查询)
it is given from its second character on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

_WORDS: Mapping[str, str] = {
    "id_number": "身份 证件号",
    "phone": "电话 手机 座机 传真 固话 联系方式 宅电 来电 致电 拨打",
    "landline": "(0 （0",
    "bank_card": "账号 账户 卡号 存折 行卡 开户行 户名",
    "license_plate": "车牌 号牌 牌照 车号",
    "vehicle": "发动机 车架 辆识别 大架号 底盘号 机动车登记 档案编号 行驶证",
    "passport": "护照 passport",
    "travel_permit": "通行证 台胞证 回乡证 居留证 居留身份 返乡证",
    "property_certificate": (
        "动产 权证号 产权证 房权证 房地证 房产证 房屋所有权证 他项权 土地使用 土地证 "
        "预告登记 国用 集用 权属证 房照"
    ),
    "email": "at) at） at] 艾特",
    "social_account": (
        "微信 薇信 威信 vx v信 wechat qq 扣扣 企鹅 支付宝 抖音 快手 微博 小红书 陌陌 钉钉 旺旺 "
        "昵称 网名 绰号 外号 微信名 淘宝 闲鱼 telegram skype whatsapp line"
    ),
    "labelled": (
        "社会保障 社保 医保 公积金 病历号 住院号 门诊号 就诊 病案号 学籍号 学号 准考证 残疾 军官证 "
        "士兵证 警官证 驾驶证 保单号 工号 户口 出生医学 询码 密码 imei 设备号 ip"
    ),
}
_PHRASES = {"social_account": ("微 信", "微\n信")}


def _by_pair() -> dict[str, list[tuple[str, str]]]:
    """Labels and their recognisers, by the two characters a label begins with."""
    pairs = defaultdict(list)
    for recogniser, words in _WORDS.items():
        for word in (*words.split(), *_PHRASES.get(recogniser, ())):
            for first, second in product({word[0], word[0].upper()}, {word[1], word[1].upper()}):
                pairs[first + second].append((word, recogniser))
    return dict(pairs)


_BY_PAIR = _by_pair()
_FIRST = re.escape("".join(sorted({pair[0] for pair in _BY_PAIR})))
_SECOND = re.escape("".join(sorted({pair[1] for pair in _BY_PAIR})))
_PAIR = re.compile(f"[{_SECOND}](?<=[{_FIRST}].)", re.DOTALL)


def labels_in(text: str) -> Mapping[str, Sequence[int]]:
    """Where in a folded text labels begin, by the name of the recogniser they concern."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for match in _PAIR.finditer(text):
        at = match.start() - 1
        for word, recogniser in _BY_PAIR.get(text[at : at + 2], ()):
            if len(word) == 2 or text[at : at + len(word)].lower() == word:
                found[recogniser].append(at)
    return found
