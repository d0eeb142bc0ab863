"""Entry point for any WSGI server: ``PORTAL_SURFACE`` says which surface it serves."""

from portal import create_app
from portal.settings import Surface, read_settings
from portal.surface_guard import lock_public_process

settings = read_settings()
if settings.surface is Surface.PUBLIC:
    lock_public_process(settings)
app = create_app(settings)
