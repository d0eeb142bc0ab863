"""Districts by the words of an auction, and never by the court that is named there."""

from __future__ import annotations

import pytest

from portal.reference.districts import DISTRICTS, UNKNOWN, district_of


@pytest.mark.parametrize(
    ("texts", "district"),
    [
        (("营口市老边区贵阳路147号住宅用房", ""), "老边区"),
        # the title before the description, the first name before a later one
        (("盖州市房屋", "位于站前区"), "盖州市"),
        (("西市区与老边区交界处房屋",), "西市区"),
        (("机动车一辆", "停放在大石桥市某停车场"), "大石桥市"),
        # the other way to write it
        (("营口市鮁鱼圈区住宅",), "鲅鱼圈区"),
        # a court is no place where something lies
        (("机器设备", "由盖州市人民法院保管"), UNKNOWN),
        (("机器设备", "由盖州市人民法院保管，现在老边区"), "老边区"),
        (("沈阳市和平区房屋",), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_where_something_lies(texts: tuple[str, ...], district: str) -> None:
    assert district_of(*texts) == district


def test_what_is_unknown_is_no_district() -> None:
    assert UNKNOWN not in DISTRICTS
