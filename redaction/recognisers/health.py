"""What a text says about somebody's health: the named illness or the clause that describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "health"
_STOP = r"，。；;,、！？!?\n（()）"
# Every branch begins with a literal, so that the search skips to the few characters that count.
_CLAUSE = re.compile(
    r"(?:患有|罹患|身患|患上|确诊为|确诊患有?|确诊|诊断为|诊断[:：]|查出|感染了?|携带|身有|病情[为系:：]|病史[为系:：]"
    rf"|患(?<![后祸隐忧病伤]患)(?=[^者病处难得失]))([^{_STOP}]{{2,30}})"
)
_SURE = ("患有", "罹患", "身患", "患上", "确诊", "诊断")
_SENSES = ("肢体", "视力", "听力", "言语", "智力", "精神", "多重")
_DEGREES = "一二三四1234"
_CANCERS = """
肺 肝 胃 肠 结肠 直肠 乳腺 宫颈 子宫 卵巢 食道 食管 胰腺 前列腺 膀胱 鼻咽 甲状腺 淋巴
皮肤 骨 脑 喉 口腔 肾 胆管 胆囊 舌 血
"""
_TUMOURS = "脑 肝 胃 血管 子宫肌 纤维 淋巴 神经 骨 胶质 垂体 动脉 腺 脂肪 黑色素 畸胎"
_ILLNESSES = """
艾滋病? 梅毒 淋病 性病 尖锐湿疣 传染病(?=患者|病人) 乙肝
乙型(?:病毒性)?肝炎 丙肝 丙型肝炎 甲肝 肝硬化 肝腹水 肺结核 结核病 尘肺病? 矽肺 慢阻肺
肺气肿 哮喘 新冠肺炎 肺炎 脑膜炎 胰腺炎 肾炎 肾病综合征 类风湿 精神分裂症? 双相情感障碍
抑郁症 焦虑症 躁郁症 强迫症 癔症 自闭症 孤独症 癫痫 痴呆 阿尔茨海默病? 帕金森氏?病?
唐氏综合征 尿毒症 肾衰竭? 肾功能(?:衰竭|不全) 透析 白血病 血友病 再生障碍性贫血 糖尿病
高血压 高血脂 冠心病 心脏病 心肌梗死 心梗 心力衰竭 心衰 脑梗死? 脑出血 脑瘫 脑卒中
脑积水 中风 偏瘫 截瘫 瘫痪 植物人 渐冻症 红斑狼疮 强直性脊柱炎 股骨头坏死 椎间盘突出
甲亢 甲减 痛风 癌症 肿瘤 骨折 流产 不孕(?:不育|症) 失明 失聪 聋哑 智力障碍 弱智 精神病
精神障碍 吸毒成瘾 吸毒史 毒瘾 酒精依赖 怀孕 孕[期妇周] 哺乳期 绝症
"""
_QUALIFIER = (
    "(?:[一二三四1-4]级|轻度|中度|重度|极重度|严重|晚期|早期|中期|末期|急性|慢性|恶性|良性|先天性)"
)
_WORDS = (
    *(rf"{hiv}(?<![A-Za-z]{hiv})(?![A-Za-z])(?:阳性|感染)?" for hiv in ("HIV", "hiv")),
    *_ILLNESSES.split(),
    *(f"{place}癌" for place in _CANCERS.split()),
    *(f"{place}瘤" for place in _TUMOURS.split()),
    *(f"{sense}残疾人?" for sense in _SENSES),
    rf"级(?<=[{_DEGREES}]级)(?:{'|'.join(_SENSES)})?(?:残疾人?|伤残)(?!赔)",
    *(f"残疾{degree}级" for degree in _DEGREES),
)
_WORD = re.compile(rf"(?:{'|'.join(_WORDS)}){_QUALIFIER}{{0,2}}(?:患者|病人)?")
_QUALIFIERS_BEFORE = re.compile(rf"{_QUALIFIER}{{1,2}}$")
_LONGEST_QUALIFIERS = 6
_NOT_HEALTH = re.compile(
    r"残疾(?:赔偿金|辅助器具|人联合会|人保障|生活|人证|补助)|精神损害|残联|医院|医保|赔偿|机构|学校|协会|防治|研究"
)
_CLAUSE_TAIL = re.compile(r"(?:的?(?:事实|情况|证明|诊断书|病历|为由|(?<!不明)原因).*|，.*)$")


def find(view: View) -> Iterator[Candidate]:
    """Yield illnesses and clauses about health."""
    text = view.text
    for match in _CLAUSE.finditer(text):
        clause = _CLAUSE_TAIL.sub("", match.group(1))
        if clause.startswith(("某", "×", "重大疾病险")) or not clause:
            continue
        known = bool(_WORD.search(clause)) or clause.endswith(("病", "症", "炎", "瘤", "癌"))
        if known or match.group().startswith(_SURE):
            end = match.start(1) + len(clause)
            score = 0.95 if known else 0.7
            yield Candidate(Kind.HEALTH, match.start(1), end, score, "健康状况", NAME)
    for match in _WORD.finditer(text):
        after = text[match.end() - 2 : match.end() + 6]
        if not _NOT_HEALTH.search(after):
            before = _QUALIFIERS_BEFORE.search(view.before(match.start(), _LONGEST_QUALIFIERS))
            start = match.start() - (len(before.group()) if before else 0)
            start -= match.group().startswith("级")  # the degree itself: 二|级伤残
            yield Candidate(Kind.HEALTH, start, match.end(), 0.85, "疾病或残疾名称", NAME)
