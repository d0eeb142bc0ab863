"""Chinese words for what the office shows: acts, details, standings, states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.correspondence.handling import OUTCOME_WORDS
from portal.correspondence.letter_file import Stage
from portal.correspondence.models import AnswerState
from portal.office.browsers import browser_name
from portal.office.field_names import path_label
from portal.press.models import StoryState
from portal.publication.compose import KIND_LABELS
from portal.publication.health import Condition, Health, HealthSubject
from portal.publication.outcomes import Outcome
from portal.publication.rule_effects import Verdict
from portal.publication.standing import Standing
from portal.reference.courts import BY_CODE, COURTS, court_name
from portal.reference.press_forms import FORM_NAMES
from portal.registry.joint_acts import JointKind, JointState
from portal.registry.leases import JobState
from portal.registry.marks import OverrideState
from portal.registry.models import ReviewState, Route
from portal.staff.permissions import ROLE_NAMES
from redaction import Kind, MarkAct, Mask

if TYPE_CHECKING:
    from flask import Flask

ACT_GROUPS = {
    "sign_in": "登录",
    "account": "账号",
    "session": "登录管理",
    "second_factor": "两步验证",
    "import": "导入",
    "publish": "发布",
    "case": "案件",
    "review": "审核",
    "story": "稿件",
    "guide": "指南",
    "inbox": "收件箱",
    "lists": "名单",
    "party": "当事人查询",
    "rules": "规则更新",
    "lookup": "证件号码查询",
    "link": "拍卖链接",
    "statistics": "统计",
    "refusal": "被拒绝的请求",
    "audit": "日志",
}

ACTS = {
    "account.change_password": "修改了自己的密码",
    "account.close": "停用账号",
    "account.create": "新建账号",
    "account.refuse_password": "修改密码时当前密码错误",
    "account.reopen": "重新启用账号",
    "account.reset_password": "重置密码",
    "account.role": "更改角色",
    "account.unlock": "解除登录等待",
    "audit.check": "核对日志链",
    "audit.export": "导出日志",
    "audit.make_key": "生成日志签名密钥",
    "audit.sign": "签名日志头",
    "case.held": "案件转人工审核",
    "case.not_public": "案件按不公开发布（仅案号等）",
    "case.released": "案件公开",
    "case.ask_restore": "申请恢复公开",
    "case.decline_restore": "不予恢复公开",
    "case.restore": "同意恢复公开",
    "case.retracted": "撤下公开内容",
    "case.suspend": "立即停止公开",
    "case.view": "查看原始信息",
    "case.withdraw": "确认撤回公开",
    "guide.publish": "发布办事指南",
    "import.cancel": "取消导入",
    "import.download": "下载标注的工作簿",
    "import.finish": "完成导入",
    "import.start": "开始导入",
    "rules.check": "检查规则更新的影响",
    "rules.apply": "按新规则重新发布",
    "rules.cancel": "停止规则更新检查",
    "import.upload": "上传案件文件",
    "inbox.assign": "指定来信承办人",
    "inbox.close": "办结来信",
    "inbox.conclude": "登记来信核查结果",
    "inbox.export": "导出来信往来",
    "inbox.fix": "登记更正完成",
    "inbox.lock_keys": "锁定收件箱",
    "inbox.make_key": "生成收件箱密钥",
    "inbox.open": "开启来信",
    "inbox.open_proof": "开启证明材料",
    "inbox.purge": "删除到期来信",
    "inbox.refuse_passphrase": "收件箱口令错误",
    "inbox.reopen": "重新打开来信",
    "inbox.return_answer": "退回答复",
    "inbox.review": "登记复核步骤",
    "inbox.sign_answer": "签发答复",
    "inbox.submit_answer": "提交答复",
    "inbox.unlock_key": "用口令开启密钥",
    "inbox.withdraw_answer": "撤回答复",
    "inbox.write_answer": "起草答复",
    "link.clear": "解除拍卖链接的登记",
    "link.mark": "登记拍卖链接失效、更正",
    "lists.clear": "清理到期名单",
    "party.issue": "签发当事人查询码",
    "party.read": "核对当事人视图",
    "party.revoke": "撤销当事人查询码",
    "lookup.rekey": "更换证件号码查询密钥",
    "publish.run": "执行屏蔽与发布",
    "publish.verify": "检查泄露",
    "refusal.other_site": "请求被拒绝（来自其他网站的页面）",
    "refusal.permission": "请求被拒绝（没有权限）",
    "refusal.stale_form": "请求被拒绝（表单已过期）",
    "review.approve": "审核放行",
    "review.ask_override": "申请保留私密文字",
    "review.first_reading": "初审，待复核",
    "review.grant_override": "批准保留私密文字",
    "review.hide_term": "补充屏蔽",
    "review.keep_term": "登记不屏蔽",
    "review.link_term": "认定为同一人",
    "review.refuse_override": "不批准保留私密文字",
    "review.unset_hide": "撤销屏蔽",
    "review.unset_keep": "撤销不屏蔽",
    "review.unset_link": "撤销同一人的认定",
    "second_factor.enrol": "绑定验证器",
    "second_factor.failure": "验证码错误",
    "second_factor.recovery": "使用了一个恢复码",
    "second_factor.remove": "解除自己的验证器",
    "second_factor.renew_codes": "重新生成恢复码",
    "second_factor.reset": "解除他人的验证器",
    "session.revoke": "强制退出登录",
    "sign_in.end": "退出登录",
    "sign_in.failure": "登录失败",
    "sign_in.locked": "账号锁定期间尝试登录",
    "sign_in.password": "密码正确，等待验证码",
    "sign_in.success": "登录",
    "statistics.publish": "公布统计数字",
    "story.attach": "上传规范性文件附件",
    "story.create": "新建稿件",
    "story.detach": "移除规范性文件附件",
    "story.fill_notes": "补上公告的更正说明",
    "story.let_stand": "保留稿件中的疑点",
    "story.link": "生成预览链接",
    "story.link_end": "收回预览链接",
    "story.pass": "审核通过稿件",
    "story.picture": "上传稿件图片",
    "story.preview_link": "生成稿件预览链接",
    "story.publish": "发布稿件",
    "story.recall": "收回稿件",
    "story.return": "退回稿件",
    "story.save": "修改稿件",
    "story.sign": "三审通过并签发稿件",
    "story.submit": "提交稿件",
    "story.take_over": "接手稿件",
    "story.withdraw": "撤回稿件",
}

# What stands beside an act in the log, by key of its detail.
DETAILS = {
    "act": "操作",
    "actor": "操作人",
    "asked_by": "提出人",
    "added": "新增",
    "before": "原作者",
    "batch": "批量放行",
    "changed": "更新",
    "comment": "意见",
    "count": "篇数",
    "day": "计算日",
    "days": "有效天数",
    "edition": "改动次序",
    "entries": "条数",
    "errors": "出错",
    "examined": "核对案件",
    "failures": "连续失败次数",
    "faults": "出错页面",
    "file": "附件校验值",
    "first_broken": "首个断点",
    "first_day": "自",
    "flaw": "问题",
    "form": "格式",
    "former_role": "原角色",
    "handler": "承办人",
    "held": "待审",
    "holds": "疑点",
    "kept_days": "保存天数",
    "items": "项数",
    "key": "密钥",
    "last_day": "至",
    "late": "逾期",
    "links": "链接",
    "lot": "标的编号",
    "leaks": "泄露",
    "locked_seconds": "锁定秒数",
    "not_public": "不公开",
    "on": "日期",
    "method": "方式",
    "outcome": "核查结果",
    "pages": "页数",
    "permission": "所需权限",
    "position": "第几份",
    "read": "读取",
    "reason": "理由",
    "reconciled": "事后补记",
    "rejected": "退回",
    "released": "公开",
    "removed": "移除",
    "review": "审核项",
    "review_step": "复核步骤",
    "restored": "恢复自版次",
    "revision": "版次",
    "role": "角色",
    "step": "审次",
    "rows": "条数",
    "run": "导入批次",
    "scanned": "核验项",
    "sessions": "退出的登录",
    "subject": "对象",
    "times": "一小时内第几次",
    "unchanged": "未变",
    "url": "新网址",
    "version": "公开版本",
    "withdrawn": "已撤回",
}

STANDINGS = {
    Standing.RELEASED: "已公开",
    Standing.NOT_PUBLIC: "不公开",
    Standing.HELD: "待审核",
    Standing.WITHDRAWN: "停止公开",
    Standing.VIEWS_HELD: "当事人视图待核对",
}

HEALTH_NAMES = {
    HealthSubject.LEAKS: "泄露检查",
    HealthSubject.LISTS: "名单清理",
    HealthSubject.STORIES: "稿件定时发布",
    HealthSubject.INDEX: "检索索引",
    HealthSubject.WORKER: "后台导入",
    HealthSubject.AUDIT: "日志签名",
    HealthSubject.INBOX: "来信清理",
}

HEALTH_CONDITIONS = {
    Condition.GOOD: "正常",
    Condition.LATE: "需要注意",
    Condition.BAD: "有问题",
}

# What to do, or what it means, by subject; the number that belongs to it stands for {}.
HEALTH_NOTES = {
    (
        HealthSubject.LEAKS,
        Condition.LATE,
    ): "超过一天没有完成。请运维人员安排每晚运行 portal verify。",
    (HealthSubject.LEAKS, Condition.BAD): "最近一次发现 {} 处问题，见下。请立即处理。",
    (
        HealthSubject.LISTS,
        Condition.LATE,
    ): "超过一天没有完成。请运维人员安排每天运行 portal lists due。",
    (HealthSubject.LISTS, Condition.BAD): "最近一次有 {} 案出错，再次运行会接着处理。",
    (HealthSubject.STORIES, Condition.LATE): (
        "有稿件等待定时，而一小时内没有检查过。请运维人员安排每几分钟运行 portal stories due。"
    ),
    (HealthSubject.INDEX, Condition.GOOD): "与公开数据一致。",
    (
        HealthSubject.INDEX,
        Condition.LATE,
    ): "落后 {} 项变动，下一次发布时补齐，也可运行 portal index sync。",
    (HealthSubject.INDEX, Condition.BAD): (
        "不存在或者无法读取，公众暂时不能检索。请运维人员运行 portal index rebuild。"
    ),
    (HealthSubject.WORKER, Condition.GOOD): "{} 个文件等待导入。",
    (HealthSubject.WORKER, Condition.LATE): (
        "没有在运行，{} 个文件等待导入。请运维人员检查后台服务或者运行 portal work。"
    ),
    (HealthSubject.AUDIT, Condition.LATE): (
        "超过一天没有签名。请运维人员安排每晚运行 portal audit sign，并另存签名。"
    ),
    (HealthSubject.INBOX, Condition.LATE): (
        "超过一天没有完成，保存期满的来信可能还在。请运维人员安排每天运行 portal inbox purge。"
    ),
}

JOINT_KINDS = {JointKind.WITHDRAW: "撤回公开", JointKind.RESTORE: "恢复公开"}

JOINT_STATES = {
    JointState.WAITING: "待确认",
    JointState.CONFIRMED: "已生效",
    JointState.DROPPED: "未生效",
}

# What became of a case that was let through the gate again.
RESTORED = {
    Outcome.RELEASED: "已恢复公开。",
    Outcome.NOT_PUBLIC: "已恢复，按不公开案件发布。",
    Outcome.HELD: "已解除撤回；新的结果需要人工审核，已进入审核列表。",
}

LIST_NAMES = {
    "debtor": "失信名单",
    "restriction": "限制消费名单",
    "termination": "终本名单",
}

VERDICTS = {
    Verdict.CHANGED: "屏蔽结果会变",
    Verdict.HELD: "会转人工审核",
    Verdict.GONE: "会撤下待审",
    Verdict.EDIT: "稿件须修改",
}
RENEWALS = {
    "released": "已重新发布",
    "not_public": "已重新发布",
    "held": "已转人工审核",
    "withdrawn": "已撤回",
    "failed": "出错，请联系运维人员",
}
JOB_STATES = {
    JobState.WAITING: "排队等待",
    JobState.RUNNING: "正在处理",
    JobState.READY: "预览完成，等待确认",
    JobState.FINISHED: "已完成",
    JobState.FAILED: "未能处理",
    JobState.CANCELLED: "已取消",
}

STORY_STATES = {
    StoryState.DRAFT: "草稿",
    StoryState.FIRST: "待一审",
    StoryState.SECOND: "待二审",
    StoryState.THIRD: "待三审签发",
    StoryState.SCHEDULED: "已签发，待发布",
    StoryState.PUBLISHED: "已发布",
    StoryState.WITHDRAWN: "已撤回",
}

LETTER_STAGES = {
    Stage.NEW: "待指定承办人",
    Stage.CHECKING: "待核查",
    Stage.FIXING: "待更正",
    Stage.ANSWERING: "待答复",
    Stage.SIGNING: "答复待签发",
    Stage.REVIEWING: "复核中",
    Stage.SETTLED: "待办结",
    Stage.CLOSED: "已办结",
}

ANSWER_STATES = {
    AnswerState.DRAFT: "草稿",
    AnswerState.SUBMITTED: "待签发",
    AnswerState.SIGNED: "已签发",
    AnswerState.WITHDRAWN: "已撤回",
}

ROUTES = {
    Route.AUTOMATIC: "可批量",
    Route.SINGLE: "一人审核",
    Route.FULL: "二人审核",
}

MARK_ACTS = {MarkAct.HIDE: "屏蔽", MarkAct.KEEP: "不屏蔽", MarkAct.LINK: "同一人"}

MASKS = {
    Mask.PSEUDONYM: "假名（张某）",
    Mask.CROSSES: "×××",
    Mask.DELETE: "删除",
    Mask.GENERALISE: "概括（只留区县或者年份）",
}

OVERRIDE_STATES = {
    OverrideState.ASKED: "等待决定",
    OverrideState.GRANTED: "已批准",
    OverrideState.REFUSED: "未批准",
}

REVIEW_STATES = {
    ReviewState.WAITING: "待审核",
    ReviewState.APPROVED: "已放行",
    ReviewState.SUPERSEDED: "已被新版本取代",
}


def init_words(app: Flask) -> None:
    """Give the templates the words they need."""
    app.jinja_env.filters.update(
        act_name=act_name,
        browser_name=browser_name,
        court_name=court_name,
        court_short=court_short,
        field_label=field_label,
        health_note=health_note,
        kind_name=kind_name,
        path_label=path_label,
    )
    app.jinja_env.globals.update(
        courts=[(court.code, court.short_name) for court in COURTS],
        act_groups=ACT_GROUPS,
        detail_words=DETAILS,
        list_names=LIST_NAMES,
        role_names=ROLE_NAMES,
        standing_words=STANDINGS,
        form_names=FORM_NAMES,
        joint_kinds=JOINT_KINDS,
        joint_states=JOINT_STATES,
        health_conditions=HEALTH_CONDITIONS,
        health_names=HEALTH_NAMES,
        job_state_words=JOB_STATES,
        letter_stage_words=LETTER_STAGES,
        answer_state_words=ANSWER_STATES,
        outcome_words=OUTCOME_WORDS,
        verdict_words=VERDICTS,
        renewal_words=RENEWALS,
        story_state_words=STORY_STATES,
        review_state_words=REVIEW_STATES,
        route_words=ROUTES,
        mark_act_words=MARK_ACTS,
        mask_words=MASKS,
        override_state_words=OVERRIDE_STATES,
        kinds=[(str(kind), label) for kind, label in KIND_LABELS.items()],
    )


def act_name(act: str) -> str:
    """An act in words; one this version does not know stays as it is."""
    return ACTS.get(act, act)


def health_note(health: Health) -> str:
    """What stands behind a subject's condition, or what to do about it."""
    return HEALTH_NOTES.get((health.subject, health.condition), "").format(f"{health.number:,}")


def kind_name(kind: str) -> str:
    """A kind of private value in words."""
    return KIND_LABELS[Kind(kind)] if kind in set(Kind) else kind


def field_label(field: str) -> str:
    """A field whatever entry it stands in: ``events.text`` → ``执行经过 · 内容``; "" is all."""
    return path_label(field) if field else "全案"


def court_short(code: str) -> str:
    """Short name of a court, its code where it is none of ours."""
    return BY_CODE[code].short_name if code in BY_CODE else code
