"""What holds for every page of both surfaces: access for all, small screens, no scripts needed.

Console errors, violations of the content security policy and resources that do not load
are caught by ``watch`` in every one of these tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from portal import create_app
from portal.settings import Surface, read_settings
from portal.staff.models import Role
from tests.e2e.conftest import APPLICANT_KEYS, DEBTOR_KEYS

pytestmark = pytest.mark.e2e

# name → address, or the beginning of one and the query that completes it.
PUBLIC: dict[str, tuple[str, str]] = {
    "home": ("/", ""),
    "search form": ("/search", ""),
    "search results": ("/search?q=秦椒榕", ""),
    "search by number": ("/search?q=（2018）辽0803执4101号", ""),
    "search near": ("/search?q=（2018）辽0803执41010号", ""),
    "search nothing": ("/search?q=qqqqqq", ""),
    "cases": ("/cases", ""),
    "case": ("/cases/", "SELECT slug FROM public_case WHERE case_number LIKE '%执4101号'"),
    "longest case": (
        "/cases/",
        "SELECT slug FROM public_case ORDER BY"
        " (SELECT count(*) FROM public_event WHERE case_id = public_case.id) DESC",
    ),
    "closed case": ("/cases/", "SELECT slug FROM public_case WHERE case_number LIKE '%执4103号'"),
    "resumed case": (
        "/cases/",
        "SELECT slug FROM public_case WHERE case_number LIKE '%执恢4105号'",
    ),
    "objection": ("/cases/", "SELECT slug FROM public_case WHERE case_number LIKE '%执异4106号'"),
    "debtors": ("/debtors", ""),
    "debtors by name": ("/debtors?q=秦椒榕", ""),
    "debtors without a match": ("/debtors?q=无此人名", ""),
    "debtors by ID number": ("/debtors/by-number", ""),
    "debtor": ("/debtors/", "SELECT id FROM public_debtor WHERE name = '秦椒榕'"),
    "listed organisation": ("/debtors/", "SELECT id FROM public_debtor WHERE kind != '自然人'"),
    "restrictions": ("/restrictions", ""),
    "restriction": ("/restrictions/", "SELECT id FROM public_restriction"),
    "terminations": ("/terminations", ""),
    "termination": ("/terminations/", "SELECT id FROM public_termination"),
    "application to resume": (
        "/terminations/",
        "SELECT id || '/application' FROM public_termination",
    ),
    "auctions": ("/auctions", ""),
    "auction": ("/auctions/", "SELECT id FROM public_auction WHERE lot = 'A1'"),
    "leaving for a platform": (
        "/auctions/",
        "SELECT id || '/leave' FROM public_auction WHERE lot = 'A1'",
    ),
    "auction without a link": ("/auctions/", "SELECT id FROM public_auction WHERE lot = 'B2'"),
    "statistics": ("/statistics", ""),
    "indicator": ("/statistics/terminated?year=2018", ""),
    "stories": ("/stories", ""),
    "story": ("/stories/", "SELECT slug FROM public_story"),
    "story with a picture": (
        "/stories/",
        "SELECT slug FROM public_story WHERE length(pictures) > 4",
    ),
    "stories by month": ("/stories/archive", ""),
    "notices": ("/notices", ""),
    "notice": ("/notices/", "SELECT slug FROM public_notice WHERE form = 'reward'"),
    "notice with a file": (
        "/notices/",
        "SELECT slug FROM public_notice WHERE length(attachment) > 4",
    ),
    "guides": ("/guides", ""),
    "guide": ("/guides/", "SELECT slug FROM public_guide"),
    "channel page": ("/guides/", "SELECT slug FROM public_guide WHERE topic = '财产线索'"),
    "invented case": ("/guides/", "SELECT slug FROM public_guide WHERE topic = '虚构案例'"),
    "inability": ("/inability", ""),
    "first question": ("/inability/which", ""),
    "question without an answer": ("/inability/which?role=applicant&asked=state", ""),
    "outcome": ("/inability/which?role=debtor&ability=listed&court=辽0804", ""),
    "corrections form": ("/submissions/new", ""),
    "letter about an entry": (
        "/submissions/new?kind=correction&about=/debtors/",
        "SELECT id FROM public_debtor WHERE name = '秦椒榕'",
    ),
    "status of a letter": ("/submissions/status", ""),
    "a party's question": ("/party?case=2018-辽0803-执-4101", ""),
    "receipt shown before": ("/submissions/receipt", ""),
    "rules": ("/rules", ""),
    "about": ("/about", ""),
    "letter to the court": ("/submissions/new?kind=property&about=/debtors", ""),
    "progress of a letter": ("/submissions/status", ""),
    "not found": ("/nothing-here", ""),
    "gone": ("/cases/2018-辽0803-执-4104", ""),
}
OFFICE: dict[str, tuple[Role | None, str, str]] = {
    "sign-in": (None, "/sign-in", ""),
    "clerk's desk": (Role.CLERK, "/", ""),
    "imports": (Role.CLERK, "/imports", ""),
    "import report": (Role.CLERK, "/imports/1", ""),
    "publication": (Role.CLERK, "/publication", ""),
    "forbidden": (Role.CLERK, "/reviews", ""),
    "reviewer's desk": (Role.REVIEWER, "/", ""),
    "reviews": (Role.REVIEWER, "/reviews", ""),
    "review": (Role.REVIEWER, "/reviews/1", ""),
    "review, marking": (Role.REVIEWER, "/reviews/1?tie=1", ""),
    "statistics of reviews": (Role.REVIEWER, "/reviews/statistics", ""),
    "rules against what is public": (Role.CHIEF_REVIEWER, "/rules", ""),
    "cases": (Role.REVIEWER, "/cases", ""),
    "case": (Role.REVIEWER, "/cases/2018-辽0803-执-4101", ""),
    "inbox": (Role.REVIEWER, "/inbox", ""),
    "keys of the inbox": (Role.REVIEWER, "/inbox/keys", ""),
    "sealed letter": (Role.REVIEWER, "/inbox/", "SELECT receipt FROM letter_handling"),
    "parties of a case": (Role.REVIEWER, "/cases/2018-辽0803-执-4101/parties", ""),
    "deadlines of the lists": (Role.REVIEWER, "/lists", ""),
    "checks of auctions": (Role.REVIEWER, "/auctions?shown=all", ""),
    "checks of an auction": (Role.REVIEWER, "/auctions/2018-辽0803-执-4101/0", ""),
    "version of a case": (Role.REVIEWER, "/cases/2018-辽0803-执-4101/revisions/1", ""),
    "withdrawals": (Role.CHIEF_REVIEWER, "/withdrawals", ""),
    "withdrawn case": (Role.REVIEWER, "/cases/2018-辽0803-执-4104", ""),
    "editor's desk": (Role.EDITOR, "/", ""),
    "stories": (Role.EDITOR, "/stories", ""),
    "editing a story": (
        Role.EDITOR,
        "/stories/",
        "SELECT story_id || '/edit' FROM story_picture",
    ),
    "new story": (Role.EDITOR, "/stories/new", ""),
    "page nobody wrote": (
        Role.EDITOR,
        "/stories/",
        "SELECT id FROM story WHERE slug = 'clues'",
    ),
    "new guide": (Role.EDITOR, "/stories/new?form=guide", ""),
    "new notice": (Role.EDITOR, "/stories/new?form=reward", ""),
    "story": (Role.PRESS_CHIEF, "/stories/", "SELECT story_id FROM story_picture"),
    "revisions": (Role.PRESS_CHIEF, "/stories/1/revisions", ""),
    "pictures": (
        Role.EDITOR,
        "/stories/",
        "SELECT story_id || '/pictures' FROM story_picture",
    ),
    "file of a notice": (
        Role.EDITOR,
        "/stories/",
        "SELECT story_id || '/file' FROM story_attachment",
    ),
    "accounts": (Role.ADMINISTRATOR, "/accounts", ""),
    "account": (Role.ADMINISTRATOR, "/accounts/1", ""),
    "password": (Role.ADMINISTRATOR, "/password", ""),
    "own account": (Role.ADMINISTRATOR, "/account", ""),
    "binding an authenticator": (Role.ADMINISTRATOR, "/second-factor", ""),
    "supervisor's desk": (Role.SUPERVISOR, "/", ""),
    "health": (Role.SUPERVISOR, "/health", ""),
    "settled withdrawals": (Role.SUPERVISOR, "/withdrawals?state=confirmed", ""),
    "audit": (Role.SUPERVISOR, "/audit", ""),
    "not found": (Role.SUPERVISOR, "/nothing-here", ""),
}

# Addresses that give no page, and why a page is not among those above.
PUBLIC_NO_PAGES = {
    "static": "a file",
    "auctions.calendar": "a calendar",
    "cases.feed": "a feed",
    "stories.feed": "a feed",
    "explanations.robots": "plain text",
    "health.alive": "for machines",
    "health.ready": "for machines",
    "inability.topic": "leads to a page",
    "notices.attachment": "a file to take away",
    "notices.picture": "a picture",
    "party.show": "opened by a code: looked at by itself, below",
    "statistics.download": "a table to take away",
    "statistics.download_indicator": "a table to take away",
}
OFFICE_NO_PAGES = {
    "static": "a file",
    "imports.download_blank": "a workbook",
    "imports.download_csv": "a table to take away",
    "imports.download_marked": "a workbook",
    "inbox_files.export_case": "a file to take away",
    "inbox_files.export_letter": "a file to take away",
    "inbox_files.proof": "a picture, or the file as it came",
    "review_statistics.download": "a table to take away",
    "imports.download_jsonl": "a table to take away",
    "imports.download_xlsx": "a workbook",
    "story_attachments.download": "a file to take away",
    "story_pictures.blurred": "a picture",
    "story_pictures.picture": "a picture",
    "previews.file": "a file to take away",
    "previews.picture": "a picture",
    "previews.show": "opened by a link: looked at by itself, below",
    "case_parties.notice": "shown once: looked at by itself, below",
    "import_jobs.show": "stands there for seconds; its journey is the clerk's",
    "sign_in.show_code": "only between two steps of signing in; its journey is its own",
}
# Bytes of the HTML of any page.
LARGEST_PAGE = 60 * 1024

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Other colours move no markup: only this rule can give another answer.
COLOURS = ["color-contrast"]
# Rows are made by one loop: a few of them stand for all.
FURTHER_ROWS = ["tr:nth-of-type(n+5)", ".hits > li:nth-child(n+4)", ".grid > li:nth-child(n+5)"]
Windows = Callable[..., Page]

# What sticks out on the right: boxes and texts, unless something around them scrolls or clips.
STICKS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  const contained = element => {
    for (let above = element; above; above = above.parentElement)
      if (above !== document.documentElement && getComputedStyle(above).overflowX !== "visible")
        return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter(element => {
      const box = element.getBoundingClientRect();
      return Math.max(box.right, box.left + element.scrollWidth) > room + 1 && box.width > 1;
    })
    .filter(element => !contained(element))
    .map(element => element.outerHTML.slice(0, 120));
}"""
# A screen of 1280 × 1024 at 200 % has 640 × 512 CSS pixels.
SMALL_SCREENS = ((320, 568), (640, 512))
RUN_AXE = """([exclude, options]) => axe.run({exclude}, options).then(
  results => results.violations.flatMap(violation => violation.nodes.map(
    node => `${violation.id}: ${node.html.slice(0, 160)}`)))"""


def examine(page: Page) -> list[str]:
    """Everything that is wrong with a page: by day and by night, as it is and in large type."""
    page.evaluate(AXE_SCRIPT)
    found = {"light": violations(page, {"type": "tag", "values": WCAG})}
    found |= stick_out(page, "as it is")
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, {"type": "rule", "values": COLOURS})
    page.evaluate("document.documentElement.className = 'display-large display-contrast'")
    found["dark, contrast"] = violations(page, {"type": "rule", "values": COLOURS})
    page.emulate_media(color_scheme="light")
    found["light, contrast"] = violations(page, {"type": "rule", "values": COLOURS})
    found |= stick_out(page, "large type")
    return [f"{mode}: {trouble}" for mode, troubles in found.items() for trouble in troubles]


def violations(page: Page, only: dict[str, Any]) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line an element."""
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found: list[str] = page.evaluate(RUN_AXE, [FURTHER_ROWS, options])
    return found


def stick_out(page: Page, mode: str) -> dict[str, list[str]]:
    """What does not fit the small screens."""
    usual, found = page.viewport_size, {}
    for width, height in SMALL_SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found[f"{mode}, {width} px"] = page.evaluate(STICKS_OUT)
    if usual:
        page.set_viewport_size(usual)
    return found


@pytest.fixture(scope="module")
def windows(browser: Browser, badges: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """One window a kind of visitor, used for page after page."""
    open_windows: dict[str, Page] = {}

    def window(role: str = "", scripts: bool = True) -> Page:
        key = f"{role} {scripts}"
        if key not in open_windows:
            context = browser.new_context(
                locale="zh-CN",
                storage_state=badges.get(role),
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
            open_windows[key] = context.new_page()
        return open_windows[key]

    yield window
    for page in open_windows.values():
        page.context.close()


@pytest.fixture
def address_of(court: Any, public: str) -> Callable[[str], str]:
    """Address of a public page by its name here."""

    def find(name: str) -> str:
        address, query = PUBLIC[name]
        found = court.addresses(address, f"{query} LIMIT 1") if query else [address]
        assert found, f"the court has no {name}"
        return public + str(found[0])

    return find


@pytest.mark.parametrize(
    ("surface", "pages", "left_out"),
    [
        (Surface.PUBLIC, PUBLIC, PUBLIC_NO_PAGES),
        (Surface.OFFICE, {name: rest[1:] for name, rest in OFFICE.items()}, OFFICE_NO_PAGES),
    ],
    ids=list(Surface),
)
def test_every_page_of_a_surface_is_looked_at(
    court: Any, surface: Surface, pages: dict[str, tuple[str, str]], left_out: dict[str, str]
) -> None:
    app = create_app(read_settings({"PORTAL_HOME": str(court.home)}, surface))
    adapter = app.url_map.bind("localhost")
    store = "public/disclosure" if surface is Surface.PUBLIC else "office/registry"
    met = set()
    for address, query in pages.values():
        found = court.addresses(address, f"{query} LIMIT 1", store) if query else [address]
        path = found[0].partition("?")[0]
        if path != "/nothing-here":
            met.add(str(adapter.match(path, "GET", return_rule=True)[0]))
    rules = {str(rule): rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert {end for rule, end in rules.items() if rule not in met} == set(left_out)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_for_everybody(
    windows: Windows, watch: Any, address_of: Callable[[str], str], name: str
) -> None:
    page, without_scripts = windows(), windows(scripts=False)
    with watch.over(page), watch.over(without_scripts):
        answer = page.goto(address_of(name))
        assert answer is not None and len(answer.body()) < LARGEST_PAGE
        without_scripts.goto(address_of(name))
        words = without_scripts.locator("body").inner_text()
        assert words == page.locator("body").inner_text()
        troubles = examine(page)
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("name", OFFICE)
def test_a_page_of_the_office_is_for_everybody(
    windows: Windows, watch: Any, court: Any, office: str, name: str
) -> None:
    role, address, query = OFFICE[name]
    if query:
        address = court.addresses(address, f"{query} LIMIT 1", "office/registry")[0]
    page = windows(role or "")
    with watch.over(page):
        page.goto(office + address)
        troubles = examine(page)
    assert not troubles, "\n".join(troubles)


def test_forms_that_were_refused_are_for_everybody(
    windows: Windows, watch: Any, office: str
) -> None:
    stranger, clerk = windows(), windows(Role.CLERK)
    with watch.over(stranger), watch.over(clerk):
        stranger.goto(f"{office}/sign-in")
        stranger.get_by_label("账号").fill("nobody")
        stranger.get_by_label("密码").fill("not-the-password")
        stranger.get_by_role("button", name="登录").click()
        clerk.goto(f"{office}/imports")
        picture = {"name": "图.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\x00"}
        clerk.get_by_label("交换文件").set_input_files(picture)
        clerk.get_by_role("button", name="上传并导入").click()
        for page in (stranger, clerk):
            expect(page.locator(".error-summary")).to_be_visible()
            assert page.title().startswith("错误：")
            troubles = examine(page)
            assert not troubles, "\n".join(troubles)


def test_what_a_code_opens_is_for_everybody(visit: Callable[..., Page], public: str) -> None:
    for number, code in (APPLICANT_KEYS, DEBTOR_KEYS):
        page = visit(reduced_motion="reduce")
        page.goto(f"{public}/party?case=2018-辽0803-执-4101")
        page.get_by_label("您的证件号码").fill(number)
        page.get_by_label("查询码", exact=True).fill("not the code")
        page.get_by_role("button", name="查询", exact=True).click()
        expect(page.locator(".error-summary")).to_be_visible()
        troubles = examine(page)
        page.get_by_label("您的证件号码").fill(number)
        page.get_by_label("查询码", exact=True).fill(code)
        page.get_by_role("button", name="查询", exact=True).click()
        expect(page.get_by_role("heading", name="案款收发")).to_be_visible()
        assert len(page.content().encode()) < LARGEST_PAGE
        troubles += examine(page)
        assert not troubles, "\n".join(troubles)


def test_a_draft_by_its_link_is_for_everybody(windows: Windows, watch: Any, office: str) -> None:
    chief, stranger = windows(Role.PRESS_CHIEF), windows()
    with watch.over(chief), watch.over(stranger):
        chief.goto(f"{office}/stories/20")
        chief.get_by_role("button", name="生成预览链接").click()
        told = chief.get_by_role("status").filter(has_text="预览链接").inner_text()
        stranger.goto(told.partition("：")[2].strip())
        expect(stranger.get_by_text("尚未发布的稿件")).to_be_visible()
        troubles = examine(stranger)
    assert not troubles, "\n".join(troubles)


def test_filters_of_a_list_work_by_their_button(visit: Callable[..., Page], public: str) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"{public}/cases")
    page.get_by_label("执行法院").select_option(label="西市区法院")
    page.get_by_role("button", name="筛选").click()
    expect(page).to_have_url(re.compile("court="))
    expect(page.get_by_role("link", name=re.compile("取消条件：.*西市区法院"))).to_be_visible()
    numbers = page.locator("#results .cell-title").all_inner_texts()
    assert numbers and all("辽0803" in number for number in numbers)


def test_the_home_page_is_small(visit: Callable[..., Page], public: str) -> None:
    page, sizes = visit(), []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()))
    page.goto(public, wait_until="networkidle")
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(sizes) >= 5
    assert total < 100 * 1024
