"""Names of organisations: shown in full, or without the trade name as courts do since 2024."""

from __future__ import annotations

import re

from redaction.names.pseudonyms import Pseudonyms
from redaction.policy import OrganisationNames

# place, trade name, branch of business, legal form: 营口|昀芮|物流|有限公司
_PARTS = re.compile(
    r"^((?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}市|营口|盖州|大石桥|鲅鱼圈|辽宁|沈阳|大连)?"
    r"(?:[\u4e00-\u9fff]{1,4}[区县])?)([\u4e00-\u9fff]{2,6}?)"
    r"((?:[\u4e00-\u9fff]{2,4}?)?(?:小额贷款|融资担保|房地产开发|物业管理|建筑工程|[\u4e00-\u9fff]{2})?"
    r"(?:股份有限公司|有限责任公司|有限公司|公司|厂|商店|合作社|经营部|中心)(?:[\u4e00-\u9fff]{2,8}(?:分公司|支行))?)$"
)
_PUBLIC_BODY = re.compile(r"银行|信用社|政府|局$|委员会|法院|检察院|医院|学校|大学|中学|小学")


def shown_organisation(name: str, mode: OrganisationNames, people: Pseudonyms) -> str:
    """The public form of an organisation's name; names of the case's people inside go."""
    for start, end, person in reversed(list(people.find(name))):
        name = name[:start] + people.shown[person] + name[end:]
    if mode is OrganisationNames.KEEP or _PUBLIC_BODY.search(name):
        return name
    match = _PARTS.match(name)
    return f"{match.group(1)}某某{match.group(3)}" if match else name
