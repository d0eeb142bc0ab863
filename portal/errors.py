"""What the reader sees when something is missing, refused or broken.

One small hierarchy for the portal's own refusals, mapped in one place to a page, to a
fragment for the notice region, or to JSON. None of the answers touches a database, and
no log line holds a path, a query or a form: people search for names here.
"""

from __future__ import annotations

import secrets
import sys
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from flask import current_app, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.exceptions import HTTPException

from portal.hypermedia import wants_fragment

if TYPE_CHECKING:
    from flask import Flask, Response

    from portal.settings import Settings

log = structlog.get_logger("portal")


class PortalError(Exception):
    """A refusal that a person will read: a status, a title and a sentence in Chinese."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    title = "系统出错了"

    def __init__(self, message: str, title: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.title = title or type(self).title


class BadRequest(PortalError):
    """The request cannot be understood at all."""

    status = HTTPStatus.BAD_REQUEST
    title = "无法识别这个请求"


class Forbidden(PortalError):
    """The reader may not do this."""

    status = HTTPStatus.FORBIDDEN
    title = "没有权限"


class NotFound(PortalError):
    """Nothing public stands at this address."""

    status = HTTPStatus.NOT_FOUND
    title = "没有找到"


class Gone(PortalError):
    """Something stood here and was taken away; the answer names nobody."""

    status = HTTPStatus.GONE
    title = "内容已撤下"


class Conflict(PortalError):
    """What was asked for cannot be done as things stand."""

    status = HTTPStatus.CONFLICT
    title = "现在不能这样做"


class TooLarge(PortalError):
    """More was sent than is taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "提交的内容过大"


class InvalidInput(PortalError):
    """A form was filled in in a way that cannot be used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "填写的内容有误"


class TooManyRequests(PortalError):
    """Asked too often."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "操作过于频繁"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(PortalError):
    """A part of the portal is not there at the moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "服务暂时不可用"


@dataclass(frozen=True)
class Trouble:
    """What every form of an error answer is rendered from."""

    status: int
    title: str
    message: str
    reference: str = ""


# What Flask and Werkzeug raise on their own, in words for the reader.
WORDING: dict[int, tuple[str, str]] = {
    400: (BadRequest.title, "请求的格式不正确。请返回上一页，刷新后再试。"),
    401: ("请先登录", "请登录后再访问这个页面。"),
    403: (Forbidden.title, "您没有访问这个页面的权限。"),
    404: (NotFound.title, "这个地址没有对应的页面。请检查网址，或者从首页重新查找。"),
    405: ("不支持这种操作", "这个地址不支持您使用的操作方式。"),
    408: ("等待超时", "网络连接过慢，请求没有完整送达。请再试一次。"),
    410: (Gone.title, "这里的内容已经依法撤下，不再公开。"),
    413: (TooLarge.title, "提交的内容超过了允许的大小，请精简后再提交。"),
    414: ("网址过长", "网址超过了允许的长度，请缩短查询内容。"),
    415: ("不支持的格式", "提交的内容格式不受支持。"),
    422: (InvalidInput.title, "提交的内容无法处理，请检查后重新提交。"),
    429: (TooManyRequests.title, "请稍等片刻再试。"),
    431: ("请求头过大", "浏览器发送的信息超过了允许的大小。请清理本站的 Cookie 后再试。"),
    500: (PortalError.title, "系统处理请求时出了问题，我们已经记录下来。请稍后再试。"),
    503: (Unavailable.title, "数据服务正在维护或者尚未准备好，请稍后再试。"),
}
UNWORDED = ("请求没有成功", "请求没有成功，请稍后再试。")
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


def init_errors(app: Flask, settings: Settings) -> None:
    """Map every error to its answer and send the log, one JSON object a line, to stderr."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # Looked up at every line: a test or a supervisor may replace the stream.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    # A surface may stand its error pages in its own layout, with its own help to go on.
    app.config.setdefault("ERROR_LAYOUT", "layouts/base.html")
    app.config.setdefault("ERROR_HELP", None)
    app.register_error_handler(PortalError, answer_portal_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(OperationalError, answer_missing_store)
    app.register_error_handler(ProgrammingError, answer_missing_store)
    app.register_error_handler(Exception, answer_unforeseen)


def answer_portal_error(error: PortalError) -> Response:
    """Answer one of our own refusals."""
    response = answer(Trouble(error.status, error.title, error.message))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def answer_http_error(error: HTTPException) -> Response | HTTPException:
    """Answer what the framework raised; redirects pass, its useful headers stay."""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    title, message = WORDING.get(error.code, UNWORDED)
    response = answer(Trouble(error.code, title, message))
    for name, value in error.get_headers(request.environ):
        if name in KEPT_HEADERS:
            response.headers[name] = value
    return response


def answer_missing_store(error: OperationalError | ProgrammingError) -> Response:
    """A store that is absent, locked or older than the code is a 503, not a crash."""
    title, message = WORDING[HTTPStatus.SERVICE_UNAVAILABLE]
    return answer(Trouble(503, title, message, reference=record(error)))


def answer_unforeseen(error: Exception) -> Response:
    """Answer a fault of ours with a reference that also stands in the log."""
    title, message = WORDING[HTTPStatus.INTERNAL_SERVER_ERROR]
    return answer(Trouble(500, title, message, reference=record(error)))


def record(error: Exception) -> str:
    """Log where the error arose and return its reference.

    The error's own text is left out: a database error quotes its parameters, and
    those are what somebody typed.
    """
    reference = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "request failed",
        reference=reference,
        error=type(error).__qualname__,
        method=request.method,
        endpoint=request.endpoint,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )
    return reference


def answer(trouble: Trouble) -> Response:
    """Render a trouble in the form the client asked for."""
    if wants_fragment():
        response = make_response(render_template("components/notice.html", trouble=trouble))
        # Never into the table cell or the list that asked, and never into the address bar.
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Replace-Url"] = "false"
    elif wants_json():
        response = jsonify(error={key: value for key, value in vars(trouble).items() if value})
    else:
        response = make_response(render_template("errors/page.html", **page_of(trouble)))
    response.status_code = trouble.status
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def page_of(trouble: Trouble) -> dict[str, object]:
    """What the error page needs; a missing page offers help to find the right one."""
    missing = trouble.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    return {
        "trouble": trouble,
        "layout": current_app.config["ERROR_LAYOUT"],
        "help": current_app.config["ERROR_HELP"] if missing else None,
    }


def wants_json() -> bool:
    """Whether the client would rather have JSON than a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"
