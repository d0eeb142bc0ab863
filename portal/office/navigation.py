"""The office's menu: what the signed-in person may open, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portal.office.session import signed_in
from portal.staff.permissions import Permission

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    label: str
    address: str
    permission: Permission


MENU = (
    Entry("工作台", "/", Permission.OWN_ACCOUNT),
    Entry("数据导入", "/imports", Permission.READ_IMPORTS),
    Entry("审核", "/reviews", Permission.READ_RECORDS),
    Entry("案件", "/cases", Permission.READ_RECORDS),
    Entry("撤回与恢复", "/withdrawals", Permission.READ_RECORDS),
    Entry("名单期限", "/lists", Permission.READ_RECORDS),
    Entry("收件箱", "/inbox", Permission.READ_LETTERS),
    Entry("拍卖核对", "/auctions", Permission.READ_RECORDS),
    Entry("规则更新", "/rules", Permission.READ_RECORDS),
    Entry("宣传稿件", "/stories", Permission.READ_STORIES),
    Entry("账号", "/accounts", Permission.READ_ACCOUNTS),
    Entry("运行状况", "/health", Permission.READ_HEALTH),
    Entry("操作日志", "/audit", Permission.READ_AUDIT),
)


def init_navigation(app: Flask) -> None:
    """Hand the menu and the permissions of the signed-in person to every template."""
    app.context_processor(office_context)
    app.jinja_env.globals["Permission"] = Permission


def office_context() -> dict[str, Any]:
    """Asks no store, so that error pages can stand on the same layout."""
    user = signed_in()
    return {
        "user": user,
        "menu": [entry for entry in MENU if user and user.may(entry.permission)],
    }
