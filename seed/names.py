"""Invented names of people: Faker's given names, our own combinations, and minority names."""

from __future__ import annotations

from random import Random

from faker import Faker

from seed.library import words

_COMMON_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾"
    "侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# The families with so many members that strangers share whole names.
_CROWDED = frozenset("王李张刘")
_COMPOUND_SURNAMES = words("compound_surnames")
_MALE = "伟强磊洋勇军杰涛超明刚平辉鹏飞斌波宇浩凯健俊帆旭宁瀚骁锴烨铄淏骞翊澔昀泓栋峻森衡"
_FEMALE = "芳娜敏静秀娟英华慧巧美婷玉萍红霞雪琳倩兰凤洁梅莉桂丹菡漪滢蓁苒玥溦浛莜芮葳荃妍岚"
_JUDGE_FIRST = "砚衍钧恪澄谨桓弘景叙"
_JUDGE_LAST = "舟廷岳之桢笙檀琛珩律"
_MINORITY_GIVEN = words("minority_given_names")
_MINORITY_FATHER = words("minority_father_names")


class Names:
    """A pool of invented names; the same seed gives the same pool.

    Faker is asked once when the pool is made, not for every person: a hundred thousand
    cases hold half a million names.
    """

    def __init__(self, fake: Faker) -> None:
        self._given = {
            "男": tuple(fake.first_name_male() for _ in range(200)),
            "女": tuple(fake.first_name_female() for _ in range(200)),
        }
        self._surnames = tuple(fake.last_name() for _ in range(300))
        self._handles = tuple(sorted({fake.user_name().rstrip("0123456789") for _ in range(200)}))

    def surname(self, rng: Random) -> str:
        """A family name, one in sixteen a compound one."""
        if rng.random() < 0.06:
            return rng.choice(_COMPOUND_SURNAMES)
        return rng.choice(self._surnames if rng.random() < 0.5 else _COMMON_SURNAMES)

    def person(self, rng: Random, sex: str, surname: str | None = None) -> str:
        """A full name; with ``surname`` one of that family."""
        family = surname or self.surname(rng)
        if rng.random() < 0.25:
            given = rng.choice(self._given[sex])
        else:
            letters = _MALE if sex == "男" else _FEMALE
            given = "".join(rng.sample(letters, 1 if rng.random() < 0.12 else 2))
            if family in _CROWDED and given[0] in letters[:14]:
                given = letters[0]
        return family + given

    @staticmethod
    def family_of(name: str) -> str:
        """The family name of a full name: two characters where it is a compound one."""
        return name[:2] if name[:2] in _COMPOUND_SURNAMES else name[0]

    def minority(self, rng: Random) -> str:
        """A name of two parts joined by the middle dot."""
        return f"{rng.choice(_MINORITY_GIVEN)}·{rng.choice(_MINORITY_FATHER)}"

    def judge(self, rng: Random) -> str:
        """A judge's name, from letters that no party's name is made of."""
        return rng.choice(_COMMON_SURNAMES) + rng.choice(_JUDGE_FIRST) + rng.choice(_JUDGE_LAST)

    def handle(self, rng: Random) -> str:
        """The beginning of an e-mail address."""
        return rng.choice(self._handles)
