"""Whether what is put up is movable: the notice before an auction depends on it (art. 12).

Words of clerks, of which the kind of property is made; what none of them fits stays unknown.
"""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """What 法释〔2016〕18号 tells apart."""

    MOVABLE = "动产"
    OTHER = "不动产或者其他财产权"


_OTHER = (
    "住宅", "房", "商铺", "车位", "车库", "厂区", "土地", "林地", "海域", "不动产", "在建工程",
    "股权", "股份", "股票", "债权", "知识产权", "商标", "专利", "使用权", "经营权", "收益权",
    "采矿权", "探矿权", "财产权",
)  # fmt: skip
_MOVABLE = (
    "机动车", "汽车", "车辆", "轿车", "货车", "客车", "摩托车", "设备", "机器", "船", "存货",
    "物资", "原材料", "产品", "家具", "家电", "首饰", "字画", "动产",
)  # fmt: skip


def sort_of(kind: str) -> Sort | None:
    """Read a kind of property; rights in land and buildings come before what stands in them."""
    if any(word in kind for word in _OTHER):
        return Sort.OTHER
    return Sort.MOVABLE if any(word in kind for word in _MOVABLE) else None
