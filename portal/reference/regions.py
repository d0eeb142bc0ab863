"""Which region the first digits of a citizen number stand for (GB/T 2260).

The digits name where the number was first given, not where somebody lives. Only what a masked
number shows is read: two digits for the province, four for a prefecture of Liaoning.
"""

from __future__ import annotations

import re

_PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
_OF_LIAONING = (
    "沈阳市", "大连市", "鞍山市", "抚顺市", "本溪市", "丹东市", "锦州市", "营口市",
    "阜新市", "辽阳市", "盘锦市", "铁岭市", "朝阳市", "葫芦岛市",
)  # fmt: skip
_PREFECTURES = {f"21{place:02d}": name for place, name in enumerate(_OF_LIAONING, 1)}
_CITIZEN = re.compile(r"(\d{2})(\d{2})(?:[\d*]{10}|[\d*]{13})[\dXx*]")


def region_of(masked: str) -> str:
    """The region a masked citizen number of 15 or 18 characters shows; "" for anything else."""
    number = _CITIZEN.fullmatch(masked)
    if number is None:
        return ""
    province = _PROVINCES.get(number[1], "")
    return province + _PREFECTURES.get(number[1] + number[2], "") if province else ""
