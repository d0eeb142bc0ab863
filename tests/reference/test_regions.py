"""The region a masked citizen number shows, and nothing it hides."""

import pytest

from portal.reference.regions import region_of


@pytest.mark.parametrize(
    ("masked", "region"),
    [
        ("2108************34", "辽宁省营口市"),
        ("2114***********X", ""),
        ("2114************3X", "辽宁省葫芦岛市"),
        ("2115************34", "辽宁省"),
        ("3301************34", "浙江省"),
        ("2108*********34", "辽宁省营口市"),
        # not a citizen number: a code of a company, a passport, nothing
        ("91210800MA0P000000", ""),
        ("E*****34", ""),
        ("9908************34", ""),
        ("", ""),
    ],
)
def test_region(masked: str, region: str) -> None:
    assert region_of(masked) == region
