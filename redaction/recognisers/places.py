"""The words Chinese addresses are made of, as pieces of regular expressions."""

from __future__ import annotations

import re

# A character of a place name: function words and verbs that only stand between places are out.
NAME_CHARACTER = (
    r"[^\x00-\x40\x5b-\x60\x7b-\u33ff\uff00-\uffef"
    r"的了住被将已未为是有无我他她其该此拒逃查扣押租购买卖给让对]"
)
NUMBER = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇两]{1,6}|[甲乙丙丁东西南北A-Za-z])"
DASHED = r"[0-9A-Za-z]{1,4}(?:[\-#/][0-9A-Za-z]{1,5}){1,4}(?![0-9A-Za-z\-]|[月日])"
ROAD = r"(?:大街|大道|街道|街|(?<![铁公网水])路|巷|胡同|弄|里弄|公路|道(?=[0-9]))"
ESTATE = (
    r"(?:小区|花园|家园|新村|社区|居委会|公寓|大厦|广场|嘉园|名苑|雅苑|别墅|山庄|宿舍楼?|家属楼|家属院|花苑|华庭|"
    r"新城|公馆|豪庭|花都|名都|佳苑|丽都|景苑|里小区|安置房|回迁楼|商住楼|教工楼|大院)"
)
DOOR = (
    rf"(?:(?:{NUMBER}|{DASHED})\s?(?:号楼|号院|号房|号|幢|栋|座|单元|层|楼|室|户|门|[组队](?![成建伍长员])|弄|期|区|排|#|房)"
    r"|第[0-9一二三四五六七八九十]{1,3}(?:村民)?小?组)"
)
VAGUE = r"高档|普通|豪华|高级|单身|廉租|公租|经济|一[处套间栋]|某|该|本|自|其|同一|当地|农村"
"""What makes an estate or a village no particular one: 租住高档公寓."""
CUE = re.compile(
    r"居住于|居住在|现居住|居住|暂住于?|租住于?|租住在|家住|现住址?|住所地?|住址|户籍所?在?地|户籍|经常居住地|地址|位于|坐落于?|座落于?|"
    r"住在|住于|所在地|送达地址|收货地址|通讯地址|家庭|寄往|送至|搬至|迁至|窜至|来到|前往|(?<=[^\u3400-\u9fff])住|名下的?|所有的|占有的|"
    r"房屋|房产|[为是](?=[\u4e00-\u9fff]{2,8}[省市区县])"
)
WEAK_CUE = re.compile(
    r"[在至到往赴去回从住的系及]|于(?!家|洪|台|屯|沟)|与|和(?![平谐顺美睦兴风])|向(?![阳荣前上])|由(?!家)|将|被|为|是"
)
ORGANISATION_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:人民政府|政府|派出所|公安|人民法庭|法庭|信用社|银行|支行|分行|卫生院|医院|中学|小学|学校|公司|合作社|"
    r"司法所|税务所|村民委员会|村委会|居民委员会|管委会|工商所|大队|支队|中队|检察院|法院|协会|经营部|商店|加油站)"
)
_INNER = r"[^\x00-\u33ff\uff00-\uffef路街镇乡村屯巷省市县区旗住]"
_ADMIN = re.compile(
    rf"(?:{_INNER}{{2,8}}?(?:省|自治区|特别行政区))?"
    rf"(?:{_INNER}{{1,10}}?(?:市(?![场政民委])|自治州|地区|盟))?"
    rf"(?:{_INNER}{{0,4}}(?:开发|高新|新|管理|合作|示范|矿|经济|保税)区"
    rf"|{_INNER}{{1,8}}?(?:(?<![小园社片校库厂宅活属景苑住])区|自治县|县(?![城道])|市(?![场政民委])|自治旗|旗))?"
)


def district_of(address: str) -> str:
    """The part of an address that may stay: province, city, district. "" where none is named."""
    match = _ADMIN.match(address)
    return match.group() if match else ""
