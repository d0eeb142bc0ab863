"""我的案件属于哪一种？ The questions that lead a reader to his next step, as data.

Nothing here is asked that tells who somebody is: a role, a stage, a court. Every path ends in an
outcome that names what to do next, who at the court handles it and where to read on. No outcome
decides anything: it says what a case looks like, and that the court's own word counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.reference.courts import COURTS
from portal.reference.inability import Topic

UNKNOWN_COURT = "unknown"


class Desk(StrEnum):
    """Who at a court handles the next step."""

    FILING = "诉讼服务中心立案窗口"
    TRIAL = "审理案件的审判庭（承办法官）"
    ENFORCEMENT = "执行局（案件承办人）"
    ABOVE = "执行局；没有结果的，再找上一级法院执行局"


@dataclass(frozen=True)
class Answer:
    """One choice; ``leads_to`` is the key of a question or of an outcome."""

    key: str
    words: str
    leads_to: str


@dataclass(frozen=True)
class Question:
    """One step; ``key`` stands in the address."""

    key: str
    words: str
    answers: tuple[Answer, ...]
    hint: str = ""


@dataclass(frozen=True)
class Outcome:
    """Where a path ends: what the case looks like, the next step, who handles it.

    ``path`` is an address of this site on which the step is taken, ``act`` its words;
    ``guides`` are addresses of shipped pages outside the channel.
    """

    key: str
    looks_like: str
    step: str
    details: tuple[str, ...]
    desk: Desk
    topics: tuple[Topic, ...] = ()
    guides: tuple[str, ...] = ()
    path: str = ""
    act: str = ""


QUESTIONS: Mapping[str, Question] = {
    question.key: question
    for question in (
        Question(
            "role",
            "您是哪一方？",
            (
                Answer("applicant", "我是申请执行人，对方欠我的没有给", "state"),
                Answer("debtor", "我是被执行人，法院要我履行", "ability"),
                Answer("ahead", "还没有申请执行（没起诉、正在打官司或者刚赢官司）", "stage"),
            ),
        ),
        Question(
            "stage",
            "现在到了哪一步？",
            (
                Answer("before", "还没有起诉，担心对方转移财产", "preserve-before"),
                Answer("suing", "正在打官司，担心将来执行不了", "preserve-during"),
                Answer("judged", "判决、调解书已经生效，对方没有履行", "apply"),
            ),
        ),
        Question(
            "state",
            "案件现在是什么状态？",
            (
                Answer("open", "正在执行", "property"),
                Answer("terminated", "已经终结本次执行程序（终本）", "found"),
                Answer("unsure", "不清楚", "look-up"),
            ),
            "收到的裁定书上写着“终结本次执行程序”的，就是终本。也可以按案号在本站查询。",
        ),
        Question(
            "property",
            "据您了解，对方的财产情况是怎样的？",
            (
                Answer("known", "我知道对方有财产，法院可能还没有掌握", "clue"),
                Answer("hiding", "对方明显有能力，但是躲债、转移财产", "evasion"),
                Answer("stalled", "法院已经查到或者查封了财产，但是很久没有处置", "stalled"),
                Answer("company", "对方是企业，已经停产或者资不抵债", "bankrupt-debtor"),
                Answer("none", "法院告诉我没有查到财产，我也不知道有什么财产", "hardship"),
            ),
        ),
        Question(
            "found",
            "终本以后，有没有新的情况？",
            (
                Answer("property", "发现了对方的财产", "resume"),
                Answer("company", "对方是企业，已经停产或者资不抵债", "bankrupt-debtor"),
                Answer("wrong", "我认为不应当终本，还有线索没有核实", "disagree"),
                Answer("nothing", "没有新的情况", "hardship"),
            ),
        ),
        Question(
            "hardship",
            "您是不是因为拿不到这笔钱，生活陷入困难？",
            (
                Answer("yes", "是，例如靠这笔钱治病、养老、抚养孩子", "relief"),
                Answer("no", "不是", "inability"),
            ),
        ),
        Question(
            "ability",
            "您现在能不能履行？",
            (
                Answer("able", "能，想尽快履行完", "perform"),
                Answer("partly", "暂时困难，可以分期", "settle"),
                Answer("company", "我们是企业，已经资不抵债", "bankrupt-self"),
                Answer("poor", "确实没有财产", "report"),
                Answer("listed", "已经履行，或者认为名单上的信息不对", "correct"),
            ),
        ),
        Question(
            "court",
            "案件由哪个法院办理？",
            (
                *(Answer(court.code, court.name, "") for court in COURTS),
                Answer(UNKNOWN_COURT, "还不知道", ""),
            ),
            "看法律文书的落款，或者案号里的代字。没有案件的，选准备去的法院。",
        ),
    )
}
FIRST, LAST = "role", "court"

_CLUE_FORM = "/submissions/new?kind=property"

OUTCOMES: Mapping[str, Outcome] = {
    outcome.key: outcome
    for outcome in (
        Outcome(
            "preserve-before",
            "还没有进入诉讼：现在防范最有效",
            "情况紧急的，申请诉前财产保全。",
            (
                "先把对方的开户银行、房产、车辆等线索记下来，保全要靠这些线索。",
                "签约、借款之前的，先查名单和公开案件，并要求提供担保。",
            ),
            Desk.FILING,
            (Topic.PRESERVATION, Topic.RISKS),
            path="/debtors",
            act="查失信名单",
        ),
        Outcome(
            "preserve-during",
            "正在诉讼：趁财产还在，先保住",
            "申请诉中财产保全。",
            ("保全到的财产，进入执行以后可以直接处置。", "保全有期限，到期前申请续行。"),
            Desk.TRIAL,
            (Topic.PRESERVATION, Topic.RISKS),
        ),
        Outcome(
            "apply",
            "可以申请执行",
            "带上生效法律文书，向法院申请执行，同时提供财产线索。",
            ("不要久等：申请执行有时效，越早财产越可能还在。",),
            Desk.FILING,
            (Topic.CLUES, Topic.RISKS),
            ("process",),
        ),
        Outcome(
            "look-up",
            "先弄清案件到了哪一步",
            "按案号查询进展，再决定下一步。",
            ("没有案号的，请向执行法院询问。",),
            Desk.ENFORCEMENT,
            (Topic.DIFFERENCE,),
            ("process",),
            "/search",
            "按案号查询",
        ),
        Outcome(
            "clue",
            "更像“执行难”：有财产，法院应当执行",
            "把财产线索提供给法院。",
            (
                "写清楚是什么财产、在哪里、在谁的名下、您怎么知道的。",
                "承办人收到线索后，应当在五日内核实。",
            ),
            Desk.ENFORCEMENT,
            (Topic.CLUES,),
            path=_CLUE_FORM,
            act="在网上提供财产线索",
        ),
        Outcome(
            "evasion",
            "更像“执行难”：有能力而规避执行",
            "提供线索，并书面申请限制消费、纳入失信名单。",
            (
                "说明对方怎样转移、隐匿，附上您有的凭证。",
                "以转移财产等方法规避执行的，是纳入失信名单的情形；构成犯罪的，追究刑事责任。",
            ),
            Desk.ENFORCEMENT,
            (Topic.CLUES,),
            ("dishonest-list", "consumption-limits"),
            _CLUE_FORM,
            "在网上提供财产线索",
        ),
        Outcome(
            "stalled",
            "更像“执行难”：有财产，还没有处置",
            "先问承办人卡在哪一步；仍然没有进展的，书面申请上一级法院督促。",
            ("请写清案号、查封的是什么、什么时候查封的、已经联系过谁。",),
            Desk.ABOVE,
            (),
            ("supervision", "process"),
            "/notices",
            "查看接待日和投诉渠道",
        ),
        Outcome(
            "bankrupt-debtor",
            "可能属于“执行不能”：企业已经还不起",
            "考虑书面申请把执行案件移送破产审查（执转破）。",
            ("附上您知道的企业情况：停产时间、设备、应收的货款、其他债权人。",),
            Desk.ENFORCEMENT,
            (Topic.BANKRUPTCY, Topic.KINDS),
        ),
        Outcome(
            "relief",
            "可能属于“执行不能”，并且您有生活困难",
            "向执行法院申请司法救助。",
            (
                "准备身份证明、生效法律文书、家庭收入和困难情况的证明。",
                "救助不代替对方的债务，以后发现财产仍然可以申请恢复执行。",
            ),
            Desk.ENFORCEMENT,
            (Topic.RELIEF, Topic.AFTER),
        ),
        Outcome(
            "inability",
            "可能属于“执行不能”：经核查没有财产",
            "等待定期查询的结果，同时留意新的财产。",
            (
                "终本以后五年内，法院每六个月查询一次，并把结果告诉您。",
                "查不到的，还可以申请律师调查令、悬赏公告或者审计。",
                "查封、冻结有期限，到期前申请续行。",
            ),
            Desk.ENFORCEMENT,
            (Topic.AFTER, Topic.CLUES, Topic.QUESTIONS),
            path="/terminations",
            act="查看终本案件的查询记录",
        ),
        Outcome(
            "resume",
            "可以申请恢复执行",
            "填写恢复执行申请书，连同财产线索交给作出终本裁定的法院。",
            ("没有时间限制。核实属实的，应当恢复执行，另编“执恢”字的案号。",),
            Desk.ENFORCEMENT,
            (Topic.RESUME, Topic.CLUES),
            path="/terminations",
            act="找到终本案件，填写并打印申请书",
        ),
        Outcome(
            "disagree",
            "对终本有不同意见",
            "向执行法院书面说明理由，指出哪一项条件没有做到、哪条线索没有核实。",
            ("终本案件的页面逐项写明五项条件是否核查，可以对照。",),
            Desk.ENFORCEMENT,
            (Topic.AFTER,),
            ("supervision",),
            "/terminations",
            "对照终本案件的核查记录",
        ),
        Outcome(
            "perform",
            "主动履行，是最快的办法",
            "联系承办人，按照执行通知书写明的账户付款，并索要收据。",
            (
                "履行完毕的，法院应当解除限制消费，依法移除失信信息。",
                "不要把钱转到个人账户；账户有疑问的，先打公开电话核实。",
            ),
            Desk.ENFORCEMENT,
            (),
            ("dishonest-list", "consumption-limits"),
        ),
        Outcome(
            "settle",
            "可以和对方达成执行和解",
            "带上收入和财产的材料，向承办人提出分期履行的方案。",
            (
                "没有正当理由不履行和解协议的，可能被纳入失信名单，请量力约定。",
                "财产情况要如实报告。",
            ),
            Desk.ENFORCEMENT,
            (),
            ("property-report",),
        ),
        Outcome(
            "report",
            "确实没有财产：如实报告",
            "按照报告财产令，如实写明没有财产、收入来源和生活状况。",
            (
                "拒绝报告、虚假报告会受到处罚，还会被纳入失信名单；如实报告的不因此失信。",
                "以后有了财产，仍然要履行。",
            ),
            Desk.ENFORCEMENT,
            (Topic.DIFFERENCE, Topic.AFTER),
            ("property-report",),
        ),
        Outcome(
            "bankrupt-self",
            "企业资不抵债：可以由破产程序清理",
            "书面同意或者申请把执行案件移送破产审查（执转破）。",
            ("如实提供账册、资产和债权人名单。有希望的，可以重整、和解。",),
            Desk.ENFORCEMENT,
            (Topic.BANKRUPTCY,),
        ),
        Outcome(
            "correct",
            "名单上的信息需要更正",
            "向执行法院提出更正申请，附上证明。",
            ("法院三日内核查，属实的二日内更正，七日内答复。",),
            Desk.ENFORCEMENT,
            (),
            ("corrections", "dishonest-list"),
            "/submissions/new?kind=correction",
            "在网上申请更正",
        ),
    )
}


@dataclass(frozen=True)
class Progress:
    """How far somebody has come: what he answered, and the question or the outcome ahead.

    ``court`` is the code of the court chosen, empty where it is not known.
    """

    answered: tuple[tuple[Question, Answer], ...]
    question: Question | None
    outcome: Outcome | None
    court: str = ""


def follow(given: Mapping[str, str]) -> Progress:
    """Walk from the first question along the answers given; what does not fit ends the walk."""
    answered: list[tuple[Question, Answer]] = []
    ahead, end = FIRST, ""
    while True:
        question = QUESTIONS[ahead]
        answer = next((one for one in question.answers if one.key == given.get(ahead)), None)
        if answer is None:
            return Progress(tuple(answered), question, None)
        answered.append((question, answer))
        if question.key == LAST:
            court = "" if answer.key == UNKNOWN_COURT else answer.key
            return Progress(tuple(answered), None, OUTCOMES[end], court)
        if answer.leads_to in QUESTIONS:
            ahead = answer.leads_to
        else:
            ahead, end = LAST, answer.leads_to


def ways(key: str = FIRST) -> Iterator[dict[str, str]]:
    """Every series of answers up to the question of the court."""
    for answer in QUESTIONS[key].answers:
        if answer.leads_to in QUESTIONS:
            yield from ({key: answer.key} | rest for rest in ways(answer.leads_to))
        else:
            yield {key: answer.key}
