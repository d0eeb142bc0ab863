"""Reading the words out of sanitised HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from portal.plaintext import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("没有标签的文字", "没有标签的文字"),
        ("<p>第一段。</p><p>第二段。</p>", "第一段。\n第二段。"),
        ("<h2>标题</h2>\n<p>正文。</p>", "标题\n正文。"),
        ("<ul><li>一</li><li>二</li></ul>", "一\n二"),
        ("一行<br>又一行", "一行\n又一行"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        # Inline markup never cuts a word or a number in two.
        ("<p>电话 139<strong>0417</strong>0001</p>", "电话 13904170001"),
        ("<p>被执行人张<em>某</em>某</p>", "被执行人张某某"),
        ("<p>见 <a href='https://example.com/13904170001'>链接</a></p>", "见 链接"),
        # Entities are what they stand for.
        ("<p>A&amp;B &lt;甲&gt; &#49;&#51;&#57;</p>", "A&B <甲> 139"),
        ("<p>&#x31;&#x33;&#x39;</p>", "139"),
        # Comments and attributes are nobody's words.
        ("<p title='注'>正<!-- 张三 -->文</p>", "正文"),
    ],
)
def test_words_of_markup(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_blank_lines_and_blanks_at_the_ends_are_left_out() -> None:
    assert html_to_text("<p>  甲  </p>\n\n<p>   </p>\n<p>乙</p>") == "甲\n乙"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1))
def test_escaped_text_is_read_back_whole(text: str) -> None:
    assert html_to_text(f"<p>{escape(text)}</p>") == text


@given(st.lists(st.sampled_from(["1", "3", "9", "<b>", "</b>", "<span>", "</span>", "<i>"])))
def test_digits_stay_together_through_any_inline_markup(parts: list[str]) -> None:
    digits = "".join(part for part in parts if part.isdigit())
    assert html_to_text("".join(parts)) == digits
