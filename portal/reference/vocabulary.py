"""Closed vocabularies of the exchange format, each with the rule its words come from."""

from __future__ import annotations

from enum import StrEnum


class PartyRole(StrEnum):
    """Standing of a party in the enforcement case."""

    APPLICANT = "申请执行人"
    DEBTOR = "被执行人"
    THIRD_PARTY = "第三人"
    INTERESTED = "利害关系人"


class PartyKind(StrEnum):
    """Natural persons are masked, organisations are not (policy table of redaction)."""

    PERSON = "自然人"
    COMPANY = "法人"
    ORGANISATION = "其他组织"


class PropertyStatus(StrEnum):
    """The plan's ledger of cases with and without property (营中法[2018]23号 三(四))."""

    FOUND = "有财产"
    NONE = "无财产"
    UNKNOWN = "未查明"


class MeasureKind(StrEnum):
    """Measures against a debtor."""

    DISHONEST = "失信"
    RESTRICTION = "限制消费"
    EXIT_BAN = "限制出境"
    FINE = "罚款"
    DETENTION = "拘留"
    PROSECUTION = "移送拒执罪"


class Performance(StrEnum):
    """How far the debtor performed, as the national list words it."""

    NONE = "全部未履行"
    PARTLY = "部分未履行"
    FULL = "全部已履行"


class Exemption(StrEnum):
    """When nobody may be listed for refusing to perform (法释〔2017〕7号 art. 3)."""

    SECURED = "提供了充分有效担保"
    COVERED = "已控制的财产足以清偿"
    LATER_IN_LINE = "履行顺序在后"
    UNABLE = "其他不属于有履行能力而拒不履行"


class ControlKind(StrEnum):
    """What kind of property was looked for or controlled."""

    DEPOSIT = "银行存款"
    REAL_ESTATE = "不动产"
    VEHICLE = "车辆"
    EQUITY = "股权"
    INSURANCE = "保险"
    WEALTH = "理财"
    OTHER = "其他"


class ControlAction(StrEnum):
    """What was done to the property."""

    QUERY = "查询"
    FREEZE = "冻结"
    SEAL = "查封"
    SEIZE = "扣押"
    DEDUCT = "扣划"


class AuctionRound(StrEnum):
    """Round of a network auction (法释〔2016〕18号 art. 26)."""

    FIRST = "一拍"
    SECOND = "二拍"
    SALE = "变卖"


class AuctionStatus(StrEnum):
    """Where an auction stands."""

    ANNOUNCED = "预告"
    RUNNING = "进行中"
    SOLD = "成交"
    FAILED = "流拍"
    STOPPED = "中止"
    SUSPENDED = "暂缓"
    WITHDRAWN = "撤回"


class LinkState(StrEnum):
    """What the court found of a link to a platform, in the words of the public page."""

    CHECKING = "链接核实中"
    CORRECTED = "链接已更正"


class DisclosureLevel(StrEnum):
    """Whether the case may be shown; 不公开 shows number, court, date and reason only."""

    OPEN = "公开"
    CLOSED = "不公开"


class Relation(StrEnum):
    """What another case is to the case that names it."""

    ORIGIN = "原执行案件"
    RESUMPTION = "恢复执行案件"
    OTHER = "关联案件"

    @property
    def inverse(self) -> Relation:
        """What the naming case is to the named one."""
        return _INVERSE[self]


_INVERSE = {
    Relation.ORIGIN: Relation.RESUMPTION,
    Relation.RESUMPTION: Relation.ORIGIN,
    Relation.OTHER: Relation.OTHER,
}

# 法〔2015〕137号: what a related case is about, by the type of its number.
CASE_KINDS = {
    "执": "首次执行案件",
    "执恢": "恢复执行案件",
    "执保": "财产保全执行案件",
    "执异": "执行异议案件",
    "执复": "执行复议案件",
    "执监": "执行监督案件",
    "执协": "执行协调案件",
    "司惩": "司法制裁案件",
    "司救执": "执行司法救助案件",
}


class StoryKind(StrEnum):
    """What the press office writes about (营中法[2018]23号 四(四))."""

    OFFICERS = "执行干警"
    RELIEF = "特困救助"
    LIVELIHOOD = "涉民生案件"
    RESULTS = "执行成效"
    INABILITY = "执行不能"
    STORM = "风暴行动"


TERMINATION_OF_PROCEDURE = "终结本次执行程序"

# 法发〔2014〕26号: how an enforcement case ends.
CLOSING_METHODS = (
    "执行完毕",
    TERMINATION_OF_PROCEDURE,
    "终结执行",
    "销案",
    "不予执行",
    "驳回申请",
)

# 法释〔2017〕7号 art. 1, in order; the first has no term, the others two years (art. 2).
DISHONEST_BEHAVIOURS = (
    "有履行能力而拒不履行生效法律文书确定义务",
    "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
    "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
    "违反财产报告制度",
    "违反限制消费令",
    "无正当理由拒不履行执行和解协议",
)

# 法〔2016〕373号 art. 1: what must all hold before 终本, keyed as in the exchange format.
TERMINATION_CHECKS = {
    "notice": "已向被执行人发出执行通知、责令报告财产",
    "restrictions": "已发出限制消费令，并将符合条件的被执行人纳入失信名单",
    "exhausted": "已穷尽财产调查措施，未发现可供执行的财产或者发现的财产不能处置",
    "three_months": "自执行案件立案之日起已超过三个月",
    "sought": "被执行人下落不明的已依法查找；妨害执行的已依法处理",
}
