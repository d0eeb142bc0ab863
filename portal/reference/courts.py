"""The seven courts of Yingkou and the codes their case numbers carry.

The codes follow from the administrative division codes by the rule of 法〔2015〕137号;
no published document with one of them was seen, so this table is the one place to edit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Court:
    """One court: ``code`` as it stands in case numbers, ``division`` after GB/T 2260."""

    code: str
    name: str
    short_name: str
    division: str


COURTS: tuple[Court, ...] = (
    Court("辽08", "辽宁省营口市中级人民法院", "营口中院", "210800"),
    Court("辽0802", "营口市站前区人民法院", "站前区法院", "210802"),
    Court("辽0803", "营口市西市区人民法院", "西市区法院", "210803"),
    Court("辽0804", "营口市鲅鱼圈区人民法院", "鲅鱼圈区法院", "210804"),
    Court("辽0811", "营口市老边区人民法院", "老边区法院", "210811"),
    Court("辽0881", "盖州市人民法院", "盖州市法院", "210881"),
    Court("辽0882", "大石桥市人民法院", "大石桥市法院", "210882"),
)

BY_CODE = {court.code: court for court in COURTS}


def court_name(code: str) -> str:
    """Full name of the court with this code; the code itself for any other court."""
    court = BY_CODE.get(code)
    return court.name if court else code
