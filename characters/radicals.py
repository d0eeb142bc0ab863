"""Radicals and strokes that stand for whole characters.

PDF files give 民 out as the radical that shares its glyph, and Unicode's normal forms know the
Kangxi radicals only. This is Unicode's property Equivalent_Unified_Ideograph for the others.
"""

RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭"
        "⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝"
        "⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇏㇐㇑㇒㇓㇔㇖㇚㇝㇟㇠",
        "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王目示礻"
        "糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食"
        "飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀乀一丨丿丿丶乛亅乀乚乙",
        strict=True,
    )
)
"""Radicals and strokes as the ideographs they are drawn like."""
