"""Names announced by a role, a kinship word or a title, and names a following phrase gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.boundary import NameSpan, follow_strength, read_name
from redaction.names.surnames import HAN, surname_pattern
from redaction.view import Candidate, View

NAME = "name_cue"
_ROLES = (
    "被申请执行人|申请执行人|被执行人|被申请人|再审申请人|申请人|被上诉人|上诉人|被异议人|异议人|复议申请人|利害关系人|案外人|"
    "第三人|共同被告|被告人|反诉原告|反诉被告|被告|原告|证人|鉴定人|被害人|受害人|担保人|保证人|抵押人|出质人|借款人|出借人|"
    "债务人|债权人|欠款人|委托诉讼代理人|委托代理人|诉讼代理人|法定代理人|指定代理人|代理人|法定代表人|负责人|经营者|"
    "业主|投资人|合伙人|股东|实际控制人|直接责任人员?|财务负责人|监事|董事长?|总经理|经理|监护人|买受人|竞买人|竞得人|承租人|出租人|"
    "受让人|转让人|出卖人|收款人|付款人|汇款人|收件人|寄件人|联系人|代收人|签收人|户主|户名|姓名|举报人|线索提供人|"
    "犯罪嫌疑人|嫌疑人|罪犯|吸毒人员|同案人|涉案人员|辩护人|律师|邻居|村民|居民|群众|市民|工人|农民工|司机|驾驶员|乘客|房东|租客|"
    "朋友|同事|同学|老乡|老板|亲属|家属|亲戚|中间人|介绍人|经办人|知情人|男子|女子|青年|老人|曾用名|又名|化名|原名|别名|绰号|自称|名叫|叫做?|收货人|持卡人|用户|客户|病人|患者|"
    "村主任|村书记|组长|会计|老师|医生|护士"
)
_KIN = (
    "(?:的|之|其|系)?(?:前妻|前夫|妻子|丈夫|妻|夫|配偶|爱人|父亲|母亲|父|母|儿子|女儿|长子|次子|三子|长女|次女|三女|独子|独女|婚生子女?|婚生女儿?|"
    "非婚生子|非婚生女|养子|养女|继子|继女|儿媳|女婿|哥哥|弟弟|姐姐|妹妹|大哥|二哥|大姐|二姐|胞兄|胞弟|胞姐|胞妹|兄|弟|姐|妹|"
    "祖父|祖母|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|公公|婆婆|叔叔|婶子|舅舅|舅妈|姑姑|姑父|姨妈|伯父|侄子|侄女|外甥女?|孙子|孙女|外孙女?|"
    "子女|子|女|孩子|男友|女友|未婚妻|前男友|前女友)"
)
_CUE = re.compile(
    rf"(?:{_ROLES}|{_KIN})(?:（[^（）]{{1,12}}）|\([^()]{{1,12}}\))?(?:[：:]|(?:姓名|名叫|叫|系|是|为)?[：:]?)\s?(?={surname_pattern()})"
)
_JOIN = re.compile(r"[、，,和与及]|以及|\s")
# The name comes first: 张伟（男，…）, 张伟的妻子, 张伟名下, 张伟先生
_AFTER = re.compile(
    r"(?:（|\()(?:身份证|公民身份|手机|电话|联系|男|女|曾用名|又名|\d{4}年|1[3-9]\d|\+86)|[，,]\s?[男女]\s?[，,、]|"
    r"(?:之|的)(?:妻|夫|子|女|父|母|儿|兄|弟|姐|妹|丈夫|妻子|配偶|账户|手机|电话|身份证|银行卡|微信|家属|户籍|住址)|"
    r"名下|到庭|先生|女士|身份证|手机号?|电话|联系电话|联系方式"
)
_TITLES = (
    r"审判长|审判员|代理审判员|助理审判员|人民陪审员|陪审员|书记员|执行员|执行法官|法官助理|法官|执行局局?长|副院长|院长|"
    r"副庭长|庭长|副局长|局长|仲裁员|公证员|检察长|检察员|检察官|承办人|承办法官|执行干警|干警|法警|民警|所长|"
    r"执行指挥中心主任"
)
_OFFICE = re.compile(rf"(?:{_TITLES})[：: ]{{0,3}}(?={surname_pattern()})")
_ORGANISATION = re.compile(
    f"[{HAN}（）()]{{2,28}}?(?:公司|银行|支行|分行|信用社|厂|商店|商行|超市|经营部|合作社|委员会|村委会|"
    "医院|学校|小学|中学|幼儿园|派出所|人民政府|法院|检察院|事务所|集团|中心|饭店|酒店|门市部|服务部|工作室|管理局|协会)"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield the names that words around them announce."""
    yield from _after_cue(view)
    yield from _before_phrase(view)


def _after_cue(view: View) -> Iterator[Candidate]:
    text = view.text
    for match in _CUE.finditer(text):
        offset = match.end()
        while (span := _name_at(text, offset)) is not None:
            yield _candidate(span, "称谓或身份词之后的姓名")
            join = _JOIN.match(text, span.end)
            if join is None:
                break
            offset = join.end()


def _name_at(text: str, offset: int) -> NameSpan | None:
    organisation = _ORGANISATION.match(text, offset)
    span = read_name(text, offset)
    if span is None or (follow_strength(text, span.end) == 0 and organisation):
        return None
    if organisation and follow_strength(text, span.end) < 2:
        return None
    return span


def _before_phrase(view: View) -> Iterator[Candidate]:
    text = view.text
    for match in _AFTER.finditer(text):
        end = match.start()
        for length in (4, 3, 2):
            start = end - length
            if start < 0 or not (start == 0 or _starts_clause(text, start)):
                continue
            span = read_name(text, start)
            if span is not None and span.end == end:
                yield _candidate(span, "其后文字表明为姓名")
                break


def _starts_clause(text: str, start: int) -> bool:
    return re.match(rf"[^{HAN}]|[与和及对向经由将被因从给是为系]", text[start - 1]) is not None


def office_holders(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names of judges, clerks and others who act for an office; these stay."""
    for match in _OFFICE.finditer(text):
        offset = match.end()
        while (span := read_name(text, offset)) is not None:
            yield span.start, span.end
            join = re.match(r"[、，, ]", text[span.end : span.end + 1])
            if join is None:
                break
            offset = span.end + 1


def _candidate(span: NameSpan, reason: str) -> Candidate:
    return Candidate(Kind.PERSON, span.start, span.end, span.score, reason, NAME)
