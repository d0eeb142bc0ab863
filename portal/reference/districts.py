"""The six districts of Yingkou, and in which of them a piece of property lies by its words.

Read from public text alone, which keeps an address down to the district or further. A court that
is named says nothing of where the thing is, so 盖州市 in 盖州市人民法院 is passed over.
"""

from __future__ import annotations

import re

DISTRICTS = ("站前区", "西市区", "鲅鱼圈区", "老边区", "盖州市", "大石桥市")
UNKNOWN = "未写明或者在外地"

_NAMED = re.compile(f"({'|'.join(DISTRICTS)})(?!人民法院|法院)")


def district_of(*texts: str) -> str:
    """The district named first, the first text before the others; UNKNOWN where none is."""
    for text in texts:
        # 鮁 is how some systems write 鲅.
        found = _NAMED.search(text.replace("鮁", "鲅"))
        if found:
            return found[1]
    return UNKNOWN
