"""Who may do what in the office: one table, and whatever it does not name is denied.

docs/roles.md shows the same table to readers; a test keeps the two in step.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from portal.staff.models import Role


class Permission(StrEnum):
    """One thing a person may do; every office page asks for exactly one of these."""

    OWN_ACCOUNT = "查看工作台、管理自己的密码、验证器和登录"
    READ_IMPORTS = "查看导入记录和问题报告"
    IMPORT = "上传并导入案件文件"
    RUN_GATE = "对已导入的案件执行屏蔽与发布"
    READ_RECORDS = "查看案件原始信息和待审事项"
    REVIEW = "审核放行、标记应当屏蔽或者保留的文字"
    SECOND_READING = "复核放行须另行审批的案件（不得为初审本人）"
    OVERRIDE_LEAKS = "批准他人提出的、在一处保留私密文字的申请（不得为申请本人）"
    WITHDRAW_CASES = "立即停止公开案件；与另一人共同撤回、恢复"
    CONFIRM_WITHDRAWALS = "使撤回、恢复生效的两人中的负责人（不得为提出人本人）"
    PARTY_CODES = "签发、撤销当事人查询码"
    READ_LETTERS = "查看收件箱的类别、期限和答复（不含密封的内容）"
    HANDLE_LETTERS = "用密钥开启来信，指定承办人、登记核查结果、起草答复、导出往来"
    SIGN_ANSWERS = "签发、退回、撤回答复（不得签发本人所写）"
    MARK_LINKS = "登记拍卖链接失效、更正"
    RENEW_PAGES = "规则更新后检查、重新发布已公开的内容"
    READ_STORIES = "查看宣传稿件"
    WRITE_STORIES = "撰写、修改、提交自己的稿件"
    REVIEW_STORIES = "审核、退回稿件，决定保留疑点（不得审核本人所写，每审须换人）"
    SHARE_STORIES = "生成、收回稿件的预览链接"
    SIGN_STORIES = "三审并签发、撤回稿件（不得签发本人所写）"
    READ_ACCOUNTS = "查看工作人员账号"
    MANAGE_ACCOUNTS = "新建、停用账号，更改角色，重置密码和验证器"
    READ_HEALTH = "查看系统运行状况和泄露检查结果"
    READ_AUDIT = "查看操作日志、核对日志链"


ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.CLERK: "录入员",
        Role.REVIEWER: "审核员",
        Role.CHIEF_REVIEWER: "审核负责人",
        Role.EDITOR: "编辑",
        Role.PRESS_REVIEWER: "宣传审核员",
        Role.PRESS_CHIEF: "宣传负责人",
        Role.SUPERVISOR: "监督员",
        Role.ADMINISTRATOR: "账号管理员",
    }
)

_EVERYBODY = frozenset({Permission.OWN_ACCOUNT})
_REVIEWERS = _EVERYBODY | {
    Permission.READ_IMPORTS,
    Permission.RUN_GATE,
    Permission.READ_RECORDS,
    Permission.READ_HEALTH,
    Permission.REVIEW,
    Permission.WITHDRAW_CASES,
    Permission.READ_LETTERS,
    Permission.HANDLE_LETTERS,
    Permission.PARTY_CODES,
    Permission.MARK_LINKS,
}

_PRESS = _EVERYBODY | {Permission.READ_STORIES, Permission.SHARE_STORIES}

GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.CLERK: _EVERYBODY | {Permission.READ_IMPORTS, Permission.IMPORT, Permission.RUN_GATE},
        Role.REVIEWER: _REVIEWERS,
        Role.CHIEF_REVIEWER: _REVIEWERS
        | {
            Permission.SECOND_READING,
            Permission.OVERRIDE_LEAKS,
            Permission.CONFIRM_WITHDRAWALS,
            Permission.SIGN_ANSWERS,
            Permission.RENEW_PAGES,
        },
        Role.EDITOR: _PRESS | {Permission.WRITE_STORIES},
        Role.PRESS_REVIEWER: _PRESS | {Permission.REVIEW_STORIES},
        Role.PRESS_CHIEF: _PRESS | {Permission.REVIEW_STORIES, Permission.SIGN_STORIES},
        Role.SUPERVISOR: _EVERYBODY
        | {
            Permission.READ_IMPORTS,
            Permission.READ_RECORDS,
            Permission.READ_LETTERS,
            Permission.READ_STORIES,
            Permission.READ_ACCOUNTS,
            Permission.READ_HEALTH,
            Permission.READ_AUDIT,
        },
        Role.ADMINISTRATOR: _EVERYBODY | {Permission.READ_ACCOUNTS, Permission.MANAGE_ACCOUNTS},
    }
)


def is_granted(role: Role, permission: Permission) -> bool:
    """Whether the role holds the permission; a role missing from the table holds none."""
    return permission in GRANTS.get(role, frozenset())


def markdown_table() -> str:
    """The table as docs/roles.md shows it: one row a permission, one column a role."""
    head = ["权限", *(f"{ROLE_NAMES[role]} `{role}`" for role in Role)]
    rows = [
        [permission, *("✓" if is_granted(role, permission) else "" for role in Role)]
        for permission in Permission
    ]
    rule = ["---", *(":-:" for _ in Role)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *rows])
