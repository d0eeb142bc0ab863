"""Watching the work on an uploaded file: progress, preview, confirmation, cancelling."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, url_for
from werkzeug import Response

from portal.errors import NotFound
from portal.hypermedia import render_page, wants_fragment
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.session import actor
from portal.registry.jobs import IntakeJob, cancel_import, confirm_job
from portal.registry.leases import JobState, find_job
from portal.staff.permissions import Permission

blueprint = Blueprint("import_jobs", __name__, url_prefix="/imports/jobs")


@blueprint.get("/<int:job_id>")
@requires(Permission.READ_IMPORTS)
def show(job_id: int) -> Response:
    """How far the work is; the report once the file is in."""
    job = _job(job_id)
    if job.state == JobState.FINISHED and job.run_id and not job.problem:
        address = url_for("imports.show", run_id=job.run_id)
        if not wants_fragment():
            return redirect(address, code=303)
        answer = make_response("")
        answer.headers["HX-Redirect"] = address
        return answer
    return render_page("office/import_job.html", "progress", job=job)


@blueprint.post("/<int:job_id>/confirm")
@requires(Permission.IMPORT)
def confirm(job_id: int) -> Response:
    """Let a file that was looked through go in."""
    job = _job(job_id)
    if not confirm_job(current_registry(), job.id, actor()):
        flash("这个文件不在等待确认，可能已由他人确认或取消。", "warn")
    return redirect(url_for("import_jobs.show", job_id=job.id), code=303)


@blueprint.post("/<int:job_id>/cancel")
@requires(Permission.IMPORT)
def cancel(job_id: int) -> Response:
    """Stop the work on a file."""
    job = _job(job_id)
    if not cancel_import(current_registry(), job, actor(), datetime.now(UTC)):
        flash("这个文件已经处理完毕或已取消。", "warn")
    return redirect(url_for("import_jobs.show", job_id=job.id), code=303)


def _job(job_id: int) -> IntakeJob:
    job = find_job(current_registry(), IntakeJob, job_id)
    if job is None:
        raise NotFound("没有这一处理任务。")
    return job
