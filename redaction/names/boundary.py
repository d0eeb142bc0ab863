"""Where a name ends: two, three or four characters, decided by what comes after.

Given names are an open class (涵烨 is as good a name as 建国), so no list of them is used. What
follows a name is nearly closed: punctuation, a digit, a function word, a verb of procedure.
"""

from __future__ import annotations

from dataclasses import dataclass

from redaction.names.surnames import (
    NEVER_GIVEN,
    compound_beginnings,
    compound_surnames,
    is_han,
    is_rare,
    single_surnames,
)

_WORDS = (
    "名下|送达|联系|联络|电话|手机|身份证|公民|到庭|到场|到案|到院|来院|来电|患有|提交|所有|占有|使用|支付|给付|"
    "偿还|返还|归还|赔偿|承担|履行|申请|提出|自愿|同意|认为|表示|陈述|请求|要求|出生|出具|签订|签收|签字|签名|"
    "借款|借给|借到|借走|拖欠|欠款|委托|代理|按照|按期|驾驶|购买|购得|转让|贩卖|出售|容留|吸食|伙同|供述|交代|"
    "一案|一次|一起|一同|一家|一人|纠纷|高消费|先生|女士|小姐|同志|等人|二人|三人|两人|夫妻|夫妇|父子|父女|母子|母女|"
    "兄弟|姐妹|本人|一方|妻子|丈夫|父亲|母亲|儿子|女儿|户籍|居住|住所|住址|住宅|现住|家住|家中|家里|家属|所在|"
    "之妻|之夫|之子|之女|之父|之母|之兄|之弟|之姐|之妹|未按|未能|未到|未履|未在|未向|未提|拒不|拒绝|拒收|应当|应于|应在|应向|"
    "应给|应支|应偿|应返|应承|主张|辩称|诉称|系列|系被|系本|系申|系其|系未|系原|经营|经传|经本|经合|曾于|曾在|曾用|曾因|"
    "自述|自称|自己|自行|自首|自20|自19|已经|已于|已向|已将|已被|已履|已死|已故|死亡|去世|失踪|下落|"
    "不服|不能|不履|不到|不在|不是|没有|无正|无财|无力|无法|有存|有房|有车|有能|有可|有限责任|将其|将该|将所|将上|"
    "与其|与被|与申|与原|和被|和申|和原|及其|及被|及申|以及|向本|向申|向被|向原|向法|对本|对申|对被|对其|对上|于本|于20|于19|于判|"
    "于当|于同|在本|在其|在中|在判|在法|在20|在住|在家|从其|因与|因涉|因犯|因病|因欠|因未|因无|被依|被本|被执|被抓|被公|被查|被判|"
    "持有|持续|处购|处购买|处以|处扣|处查|身上|手中|手里|之间|为被|为本|为其|为共|为担|为公|是本|是被|等四|等三|等五|等二|"
    "实施|进行|实际|共同|共有|分别|均为|均系|均未|均不|另有|另案|提供|担保|保证|银行|账户|账号|房屋|房产|车辆|车牌|微信|邮箱|留存|通过|通知|采取|作为|经查|"
    "报警|报告|反映|告知|告诉|证实|证明|签署|抚养|赡养|离婚|结婚|登记|暂住|逃匿|外出|打工|务工|工作|上班|就读|上学|去向|户口|财产|存款|股权|股份|工资|收入|公积金|"
    "出现|出庭|出国|出境|乘坐|前往|携带|打电|拨打|代收|代为|转交|转账|转给|汇款|收取|收到|领取|接收|拿走|打伤|殴打|辱骂|阻挠|妨碍|抗拒|限期|限制|列入|纳入|"
    "将房|将车|将款|将钱|将货|将案|将财|老人|代领|代收|连带|调查|家楼|家门|随母|随父|随其|现就|现住|正在|核实|达成|保管|跪|无正当|经传|"
    "交来|缴纳|缴来|已缴|已交|已付|已还|已给|货款|运费|工钱|被带|所用|所购|所欠|所借|与他|拿出|送来|还清|付清|取走|"
    "前来|来到|赶到|仍未|未主动|迟迟|多次|至今|长期|明知|故意|擅自|私自|做工作|做思想|堵在|竞得|竞买|腾退|搬离|迁出|藏匿|隐匿|转移|遭遇|拿到|终于|指认|指证|反映|辨认|举报|说|称|讲|言|购毒|贩毒|毒品|交易|抓获|查获|归案|指控|作案|犯罪|供认|如实|的|等"
)
_FOLLOWING = frozenset(_WORDS.split("|"))
_LENGTHS = {
    first: tuple(sorted({len(word) for word in _FOLLOWING if word[0] == first}))
    for first in {word[0] for word in _FOLLOWING}
}
_WEAK = frozenset(
    "的于在与和及或向对将已未经等系曾并以从因拒不无有没是为均共之所其处家住现原应称说被把让给由按持到至去来"
    "后前时以且亦也又再即则便就因自从曾仍尚拟欲想能会可要须需请借欠买卖购付还交收打转存取开签报告诉申提出写"
    "回离逃躲居租驾骑乘坐送拿带领抱抓查扣封冻押罚拘判供认辩答问听看见知道说讲谈叫喊骂杀死伤害男女生籍本此该"
    "两二三四五六七八九十一个名位人方者犯案妻夫父母子兄弟姐妹儿女户只仅才都还最更另约共总各每当同跟"
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name from ``start`` to ``end``; ``score`` says how sure the end is."""

    start: int
    end: int
    score: float


def follow_strength(text: str, offset: int) -> int:
    """How well a name may end at ``offset``: 3 at an edge, 2 a word, 1 a usual character, 0 no.

    A mask is no edge: what it hides may have gone on, and a masked text must not yield new names.
    """
    character = text[offset : offset + 1]
    if not is_han(character) and character != "×":
        return 3
    for length in _LENGTHS.get(character, ()):
        if text[offset : offset + length] in _FOLLOWING:
            return 2
    return 1 if character in _WEAK else 0


def surname_length(text: str, start: int) -> int:
    """Length of the family name that begins at ``start``; 0 where none does."""
    first = text[start : start + 1]
    if first in compound_beginnings():
        for length in (4, 2):
            if text[start : start + length] in compound_surnames():
                return length
    return 1 if first in single_surnames() else 0


def read_name(text: str, start: int) -> NameSpan | None:
    """The name that begins at ``start``, or None where no family name stands there."""
    surname = surname_length(text, start)
    if not surname:
        return None
    first = start + surname
    options: list[tuple[float, int]] = []
    for given in (2, 1):
        end = first + given
        characters = text[first:end]
        if len(characters) < given or not all(map(is_han, characters)):
            continue
        if any(c in NEVER_GIVEN for c in characters):
            continue
        options.append((_rating(text, first, given), end))
    if not options:
        return None
    rating, end = max(options)
    return NameSpan(start, end, min(0.95, 0.55 + 0.12 * rating))


def _rating(text: str, first: int, given: int) -> float:
    """Two given characters are four times as usual as one; a function word inside is unusual."""
    rating = float(follow_strength(text, first + given)) + (0.4 if given == 2 else 0.0)
    if given == 2:
        second = text[first + 1]
        if is_rare(second):
            return rating + 0.5
        if follow_strength(text, first + 1) == 2:
            rating -= 1.6
        elif second in _WEAK:
            rating -= 0.7
    return rating
