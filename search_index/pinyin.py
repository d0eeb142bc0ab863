"""The names of people as they are typed without an input method: in pinyin or by its initials.

欧阳云舟 is found by `ouyangyunzhou`, `ouyang yunzhou`, `yunzhou` and `oyyz`. Made from names that
are public anyway and only at index time; a query is never turned into pinyin.
"""

from collections.abc import Iterator
from itertools import islice, product

_LONGEST_NAME = 8
_MOST_READINGS = 8
_MIDDLE_DOTS = str.maketrans("", "", "·•・‧∙.")

# A family name is often read unlike the same character elsewhere; where both readings are
# family names, both are given.
_FAMILY_READINGS = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao",
    "区": "ou", "任": "ren", "华": "hua", "盖": "ge gai", "翟": "zhai", "覃": "qin tan",
    "乐": "yue le", "缪": "miao", "宁": "ning", "种": "chong", "员": "yun", "黑": "he hei",
    "秘": "bi", "冼": "xian", "洗": "xian", "折": "she", "繁": "po", "逄": "pang",
    "晟": "cheng", "祭": "zhai", "召": "shao", "教": "jiao", "卜": "bu", "盛": "sheng",
    "曲": "qu", "纪": "ji", "车": "che", "石": "shi", "柏": "bai", "隗": "wei kui",
    "訾": "zi", "佴": "nai", "牟": "mu mou", "谌": "chen shen", "郇": "xun huan",
    "郗": "xi chi", "阚": "kan", "贲": "ben", "燕": "yan", "应": "ying", "过": "guo",
    "钻": "zuan", "佟": "tong", "幺": "yao", "么": "yao", "那": "na", "哈": "ha",
    "吕": "lv lyu", "闾": "lv lyu", "尹": "yin", "沈": "shen", "褚": "chu", "宿": "su",
    "仉": "zhang", "冯": "feng", "江": "jiang", "都": "du", "长": "chang", "尉": "wei",
    "相": "xiang", "乜": "nie", "藏": "zang", "费": "fei bi", "葛": "ge", "令": "ling",
}  # fmt: skip
_DOUBLE_FAMILY_READINGS = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "欧阳": ("ou", "yang"),
    "上官": ("shang", "guan"),
    "司马": ("si", "ma"),
    "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"),
    "皇甫": ("huang", "fu"),
    "公孙": ("gong", "sun"),
    "慕容": ("mu", "rong"),
    "宇文": ("yu", "wen"),
    "司徒": ("si", "tu"),
    "东方": ("dong", "fang"),
    "端木": ("duan", "mu"),
    "轩辕": ("xuan", "yuan"),
    "南宫": ("nan", "gong"),
    "呼延": ("hu", "yan"),
    "闻人": ("wen", "ren"),
    "鲜于": ("xian", "yu"),
    "百里": ("bai", "li"),
    "独孤": ("du", "gu"),
    "钟离": ("zhong", "li"),
    "濮阳": ("pu", "yang"),
    "淳于": ("chun", "yu"),
}

_ALSO = {"lü": ("lv", "lyu"), "nü": ("nv", "nyu")}


def spellings(name: str) -> set[str]:
    """Give the runs of letters by which a folded name is found; none for what is no name.

    The whole name, its family name and the rest, the initials, and every syllable, so that a
    name typed with blanks is found too. A character with several readings gives several
    spellings, at most eight of a name.
    """
    plain = name.translate(_MIDDLE_DOTS)
    if not 2 <= len(plain) <= _LONGEST_NAME or not all("\u4e00" <= c <= "\u9fff" for c in plain):
        return set()
    family_length = 2 if plain[:2] in _DOUBLE_FAMILY_READINGS else 1
    found: set[str] = set()
    for syllables in islice(product(*_readings(plain, family_length)), _MOST_READINGS):
        found.update(syllables)
        found.add("".join(syllables))
        found.add("".join(syllables[:family_length]))
        found.add("".join(syllables[family_length:]))
        found.add("".join(syllable[0] for syllable in syllables))
    return {spelling for spelling in found if len(spelling) > 1}


def _readings(name: str, family_length: int) -> Iterator[tuple[str, ...]]:
    double = _DOUBLE_FAMILY_READINGS.get(name[:2])
    if double:
        yield from ((syllable,) for syllable in double)
    else:
        known = _FAMILY_READINGS.get(name[0])
        yield tuple(known.split()) if known else _common(name[0])
    for char in name[family_length:]:
        yield _common(char)


def _common(char: str) -> tuple[str, ...]:
    """The readings of one character of a given name, the commonest first, at most two."""
    # Its dictionaries take 55 MB and a third of a second: who only searches is spared them.
    from pypinyin import Style, pinyin

    ((*readings,),) = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True)
    spelled = [form for reading in readings[:2] for form in _ALSO.get(reading, (reading,))]
    return tuple(dict.fromkeys(form.replace("ü", "u") for form in spelled if form))
