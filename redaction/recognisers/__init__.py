"""One module a kind of private data; each has a ``find`` from a view to candidates."""

from __future__ import annotations

from redaction.recognisers import (
    address,
    bank_card,
    birth_date,
    email,
    health,
    id_number,
    labelled,
    landline,
    license_plate,
    minor,
    origin,
    passport,
    phone,
    property_certificate,
    social_account,
    travel_permit,
    vehicle,
)
from redaction.view import Recogniser

STRUCTURED: tuple[Recogniser, ...] = (
    id_number.find,
    phone.find,
    landline.find,
    bank_card.find,
    license_plate.find,
    vehicle.find,
    passport.find,
    travel_permit.find,
    property_certificate.find,
    email.find,
    social_account.find,
    labelled.find,
)
"""Recognisers of identifiers: fixed shapes, labels and check digits."""

PROSE: tuple[Recogniser, ...] = (
    address.find,
    birth_date.find,
    health.find,
    minor.find,
    origin.find,
)
"""Recognisers of what running text says about a person, names excepted."""
