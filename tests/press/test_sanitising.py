"""Nothing that a browser or htmx acts on gets through, however it is dressed up."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.press.markdown import render_markdown
from portal.press.sanitising import (
    DROPPED,
    LINK_RELATION,
    TAGS,
    is_safe_address,
    sanitise_html,
)

ATTRIBUTES = {
    "a": {"href", "rel"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


def assert_harmless(html: str) -> None:
    """Parse as a browser would and look at every element and attribute that comes out."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in fragment.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS, f"{element.tag!r} in {html!r}"
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), html
        if "href" in element.attrib:
            assert is_safe_address(element.attrib["href"]), html
            assert element.attrib["rel"] == LINK_RELATION, html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script\x00>alert(1)</script>",
        "<p onclick='alert(1)'>文</p>",
        "<p OnMouseOver=alert(1) STYLE='x:expression(1)'>文</p>",
        "<p hx-get='/x' hx-trigger='load'>文</p>",
        "<p data-hx-post='/x' data-hx-on:click='alert(1)'>文</p>",
        "<p hx-on::load=alert(1)>文</p>",
        "<a href='javascript:alert(1)'>文</a>",
        "<a href='JaVaScRiPt&colon;alert(1)'>文</a>",
        "<a href='java\tscript:alert(1)'>文</a>",
        "<a href='java&#10;script:alert(1)'>文</a>",
        "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>文</a>",
        "<a href=' javascript:alert(1)'>文</a>",
        "<a href='\x01javascript:alert(1)'>文</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>文</a>",
        "<a href='vbscript:x'>文</a>",
        "<a href='//x.example/'>文</a>",
        "<a href='/\\x.example/'>文</a>",
        "<a href='/\t/x.example/'>文</a>",
        "<a href='https:x.example'>文</a>",
        "<a href='https://user:pw@x.example/'>文</a>",
        "<a href='http://x.example/'>文</a>",
        "<a target=_blank ping='https://x.example/' href=/x>文</a>",
        "<iframe src='https://x.example/'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'>文</iframe>",
        "<form action='https://x.example/'><input name=x><button formaction=/y>送</button></form>",
        "<img src=x onerror=alert(1)>",
        "<svg><a xlink:href='javascript:alert(1)'><text>文</text></a></svg>",
        "<svg/onload=alert(1)>",
        "<math href='javascript:alert(1)'>文</math>",
        "<base href='https://x.example/'>",
        "<meta http-equiv=refresh content='0;url=https://x.example/'>",
        "<link rel=stylesheet href='https://x.example/x.css'>",
        "<style>@import 'https://x.example/x.css'</style>",
        "<object data='x'><embed src='x'></object>",
        "<template><script>alert(1)</script></template>",
        "<p id=main class=button>文</p>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<?xml-stylesheet href='javascript:alert(1)'?>",
        "<![CDATA[<script>alert(1)</script>]]>",
        # Markup that a parser moves or re-reads, so that text turns into elements.
        "<math><mtext><table><mglyph><style><!--</style>"
        "<img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
        "<title><p title='</title><img src=x onerror=alert(1)>'>",
        "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
        "<plaintext><img src=x onerror=alert(1)>",
        "<table><script>alert(1)</script><tr><td><img src=x onerror=alert(1)>",
        "<select><template><script>alert(1)</script></template></select>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;img src=x onerror=alert(1)&#62;",
        "&amp;lt;script&amp;gt;alert(1)",
        "<p>&#x3c;script&#x3e;</p>",
        "<img src='x' alt='`><script>alert(1)</script>'>",
        "<p/onclick=alert(1)//>文",
        "<a href='/x' href='javascript:alert(1)'>文</a>",
        "<a\x0bhref='javascript:alert(1)'>文</a>",
        "<td colspan='99999999999999999999'>文</td>",
    ],
)
def test_attacks_come_out_harmless(attack: str) -> None:
    for text in (attack, f"<p>前{attack}后</p>", f"<table><tr><td>{attack}", attack.upper()):
        assert_harmless(sanitise_html(text))
        assert_harmless(render_markdown(text))


@pytest.mark.parametrize("tag", sorted(DROPPED - {"plaintext"}))
def test_what_is_never_text_goes_with_its_content(tag: str) -> None:
    assert sanitise_html(f"<p>前</p><{tag}>alert(1)</{tag}><p>后</p>") == "<p>前</p>\n<p>后</p>"


@pytest.mark.parametrize(
    "kept",
    [
        "<p>普通段落，有<strong>重点</strong>和<em>强调</em>。</p>",
        "<h2>标题</h2>\n<h3>小标题</h3>\n<p>一行<br>又一行</p>",
        "<ul><li>甲</li><li>乙</li></ul>\n<ol><li>一</li></ol>",
        "<blockquote>引文</blockquote>",
        "<table><caption>表</caption><thead><tr>"
        '<th scope="col">法院</th><th scope="col">件数</th></tr></thead>'
        '<tbody><tr><td colspan="2">合计</td></tr></tbody></table>',
        f'<p><a href="/guides/apply" rel="{LINK_RELATION}">指南</a></p>',
        f'<p><a href="https://www.court.gov.cn/x?a=1&amp;b=2" rel="{LINK_RELATION}">最高法</a></p>',
        "<p>1 &lt; 2 &amp; 3</p>",
    ],
)
def test_simple_markup_is_kept_as_it_is(kept: str) -> None:
    assert sanitise_html(kept) == kept


def test_elements_that_are_not_allowed_leave_their_text() -> None:
    html = "<div><section><p><span>甲</span><u>乙</u></p></section></div><h1>丙</h1>"
    assert sanitise_html(html) == "<p>甲乙</p>\n丙"


@pytest.mark.parametrize("spelled", ["&#49;&#51;&#56;", "&#x31;&#x33;&#x38;", "&#49&#51&#56"])
def test_digits_cannot_hide_behind_character_references(spelled: str) -> None:
    assert sanitise_html(f"<p>{spelled}</p>") == "<p>138</p>"


def test_lines_become_paragraphs_and_breaks() -> None:
    assert render_markdown("第一段。\n第二行。\n\n**第二段**。") == (
        "<p>第一段。<br>\n第二行。</p>\n<p><strong>第二段</strong>。</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[点此](javascript:alert(1))",
        "[点此](data:text/html,<script>alert(1)</script>)",
        "![图](https://pai.example/x.png)",
        "<script>alert(1)</script>",
        "`<img src=x onerror=alert(1)>` <img src=x onerror=alert(1)>",
        "<javascript:alert(1)>",
        '[a]: javascript:alert(1) "x"\n\n[a]',
        "**" * 5000,
        "[" * 5000,
        "> " * 5000,
    ],
)
def test_hostile_markdown_comes_out_harmless(text: str) -> None:
    html = render_markdown(text)
    assert_harmless(html)
    assert "pai.example" not in html and 'href="javascript' not in html


def test_an_empty_text_stays_empty() -> None:
    assert render_markdown(" \n \n") == ""


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/stories", True),
        ("https://www.court.gov.cn/a?b=c#d", True),
        ("", False),
        ("stories", False),
        ("//x.example", False),
        ("https://", False),
        ("https:///x", False),
        ("https://[bad", False),
        ("https://x.example/\u202e", False),
        ("https://x.example/a b", False),
        ("mailto:a@b.example", False),
    ],
)
def test_addresses(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe


FRAGMENTS = st.sampled_from(
    [
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#60;", "&", ";", '"',
        "'", "=", " ", "\n", "\x00", "\ud800", "文", "x", "<p", "<a href=", "javascript:", "/x",
        "https://a.example/", "<table>", "<tr>", "<td>", "</table>", "<ul><li>", "<script>",
        "</script>", "<style>", "</style>", "<svg>", "<math>", "<mtext>", "<mglyph>", "<noscript>",
        "</noscript>", "<textarea>", "<template>", "<select>", "<option>", "<plaintext>", "<form>",
        " onload=x", " hx-get=/x", " style=x", "<img src=x", "<h2>", "</p>", "<br>", "<title>",
        "</title>", "<iframe>", "<frameset>", "<body onload=x>", "<html>", "<strong>", "</em>",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(max_size=80))
def test_whatever_comes_in_is_harmless_afterwards_and_stays_the_same(raw: str) -> None:
    cleaned = sanitise_html(raw)
    assert_harmless(cleaned)
    assert sanitise_html(cleaned) == cleaned
    assert_harmless(render_markdown(raw))


@given(st.text(st.characters(categories=["Lo", "Lu", "Ll", "Nd"])))
def test_plain_text_loses_nothing(text: str) -> None:
    shown = "".join(html5lib.parseFragment(render_markdown(text)).itertext())
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
