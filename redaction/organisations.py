"""Names of organisations: shown in full, or without the trade name as courts do since 2024.

Of 营口昀芮物流有限公司 the trade name 昀芮 becomes 某某; place, branch of business and legal form
stay. Two organisations that would look the same become 某某1 and 某某2. Public bodies and banks
keep their names. The same organisation is shown the same way in fields and in free text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redaction.model import Kind
from redaction.names.pseudonyms import Pseudonyms
from redaction.policy import OrganisationNames
from redaction.view import Candidate

NAME = "organisation"
_HIDDEN = "某某"
_PLACE = (
    r"(?:[\u4e00-\u9fff]{2,3}省|内蒙古|[\u4e00-\u9fff]{2}自治区)?"
    r"(?:[\u4e00-\u9fff]{2,4}市|营口|盖州|大石桥|鲅鱼圈|辽宁|沈阳|大连|鞍山|北京|上海|天津|重庆|中国)?"
    r"(?:[\u4e00-\u9fff]{1,4}(?:(?<![小园社厂])区|县))?"
)
_BRANCHES = """
物流 运输 货运 快递 商贸 贸易 经贸 工贸 实业 科技 技术 网络 信息 电子 电器 电气 机械 设备
制造 建筑 建设 建材 建安 工程 装饰 装修 安装 市政 园林 绿化 路桥 房地产 置业 地产 物业 开发
管理 服务 咨询 策划 广告 传媒 文化 教育 培训 旅游 酒店 餐饮 食品 粮油 酒业 饮品 农业 农机
种植 养殖 畜牧 渔业 水产 海产 海鲜 海运 船舶 港务 港口 仓储 供应链 进出口 化工 塑料 橡胶
涂料 制药 医药 医疗 器械 健康 环保 能源 石油 燃气 热力 供热 电力 新材料 材料 矿业 矿产 镁业
镁砂 耐火 冶金 钢铁 金属 铸造 五金 纺织 服装 服饰 家具 木业 纸业 印刷 包装 汽车 汽贸 配件
销售 经销 批发 零售 租赁 投资 控股 资产 担保 融资 小额 贷款 典当 拍卖 保险 经纪 代理 劳务
人力资源 保洁 保安 家政 百货 集团 发展 国际 产业
"""
_FORM = (
    r"(?:(?:股份|集团)?有限责任公司|(?:股份|集团)?有限公司|总公司|公司|集团|合作社|专业合作社|经营部|经销处|批发部"
    r"|门市部|加工厂|修理厂|厂|养殖场|商店|商行|超市|饭店|酒店|宾馆|中心|渔家乐|行)"
)
_TAIL = r"(?:[（(][^（）()]{1,8}[）)])?(?:[\u4e00-\u9fff]{2,8}(?:分公司|分店|支行))?"
_PARTS = re.compile(rf"({_PLACE})([\u4e00-\u9fffA-Za-z0-9]{{1,16}}?)({_FORM}{_TAIL})$")
_BRANCH_RUN = re.compile(rf"(?:{'|'.join(_BRANCHES.split())})+$")
_BRANCH = "|".join(_BRANCHES.split())
_PUBLIC_BODY = re.compile(
    r"银行|信用社|政府|局$|委员会|法院|检察院|医院|学校|大学|中学|小学|派出所|(?:交易|登记|服务)中心$"
)
# In running text only forms that nothing but an organisation ends in.
_ENDS = re.compile(r"有限责任公司|有限公司|专业合作社|经营部|经销处|批发部")
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,24}$")
_ANCHOR = re.compile(
    r"(?:辽宁省?|内蒙古|吉林省?|黑龙江省?)?(?:营口市?|盖州市?|大石桥市?|沈阳市?|大连市?|鞍山市?|盘锦市?|北京市?|上海市?"
    r"|天津市?|重庆市?|[\u4e00-\u9fff]{2}市)(?:(?:站前|西市|老边|鲅鱼圈)区?|[\u4e00-\u9fff]{2}[区县])?"
    r"|(?:站前|西市|老边|鲅鱼圈)区?|辽宁省?|中国"
)
_CUE = re.compile(
    r"被执行人|执行人|申请人|第三人|案外人|原告|被告|债[权务]人|担保人|保证人|买受人|竞买人|权利人|股东|名下"
    r"|[向由被系在对给将是为到从于的让]"
)
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in its parts: 营口, 昀芮, 物流有限公司."""

    place: str
    trade: str
    rest: str


class Organisations:
    """What the organisations of one case are called in public.

    ``known`` are names the case lists, ``texts`` folded texts in which more may be named. With
    ``OrganisationNames.KEEP`` every name is shown as it is.
    """

    def __init__(
        self, mode: OrganisationNames, known: Iterable[str] = (), texts: Iterable[str] = ()
    ) -> None:
        self._labels: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None
        if mode is OrganisationNames.KEEP:
            return
        names = dict.fromkeys(known)
        names |= dict.fromkeys(name for text in texts for name in _named_in(text))
        self._labels = _labels(parts for name in names if (parts := _parts(name)))
        if self._labels:
            trades = "|".join(sorted(map(re.escape, self._labels), key=len, reverse=True))
            self._pattern = re.compile(
                rf"(?:{trades})(?=(?:{_BRANCH}|[\u4e00-\u9fff]{{0,4}}?{_FORM}))"
            )

    def shown(self, name: str, people: Pseudonyms) -> str:
        """The public form of an organisation's name; names of the case's people inside go."""
        parts = _parts(name) if self._labels else None
        if parts and parts.trade in self._labels:
            return f"{parts.place}{self._labels[parts.trade]}{parts.rest}"
        for start, end, person in reversed(list(people.find(name))):
            name = name[:start] + people.shown[person] + name[end:]
        return name

    def find(self, text: str) -> Iterator[Candidate]:
        """Every trade name in a folded text that stands in the name of an organisation."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            label = self._labels[match.group()]
            yield Candidate(Kind.OTHER, *match.span(), 0.95, "单位字号", NAME, label)


def _parts(name: str) -> _Name | None:
    """A name in its parts; None for a public body, a bank, or what has no trade name."""
    match = None if _PUBLIC_BODY.search(name) else _PARTS.match(name)
    if match is None:
        return None
    place, middle, form = match.groups()
    branch = _BRANCH_RUN.search(middle)
    # A name all of whose words are branches (营口建设物流) has its first word for a trade name.
    start = max(branch.start(), 2) if branch else len(middle)
    return _Name(place, middle[:start], middle[start:] + form)


def _named_in(text: str) -> Iterator[str]:
    """Names of organisations in running text, from their place or from the words before them."""
    for form in _ENDS.finditer(text):
        before = _BEFORE.search(text, max(0, form.start() - 24), form.start())
        if before is None:
            continue
        run = before.group()
        if _HIDDEN in text[max(0, before.start() - len(_HIDDEN) - 2) : form.start()]:
            continue  # hidden already: 营口某某1建材有限公司
        starts = [m.start() for m in _ANCHOR.finditer(run) if m.end() + _SHORTEST <= len(run)]
        starts = starts or [m.end() for m in _CUE.finditer(run) if m.end() + _SHORTEST <= len(run)]
        yield run[starts[-1] if starts else 0 :] + form.group()


def _labels(names: Iterable[_Name]) -> dict[str, str]:
    """某某 for every trade name, with a numeral where two names would look the same."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        group = groups[name.place, name.rest]
        if name.trade not in group and _HIDDEN not in name.trade:
            group.append(name.trade)
    labels: dict[str, str] = {}
    for trades in groups.values():
        for number, trade in enumerate(trades, 1):
            labels.setdefault(trade, f"{_HIDDEN}{number}" if len(trades) > 1 else _HIDDEN)
    return labels
