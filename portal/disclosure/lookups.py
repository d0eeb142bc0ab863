"""Finding list entries by a whole ID number that the public store does not hold.

Beside an entry stands a keyed hash of the number (HMAC-SHA256), a blind index. The key lies in a
folder of its own, outside both stores: who copies a database learns no number from it, and who has
the key alone has nothing to try it on. docs/privacy.md says what guessing costs.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.disclosure.base import DisclosureBase
from portal.disclosure.models import PublicDebtor

KEY_BYTES = 32
MAX_FOUND = 50


class LookupKeyError(Exception):
    """The file of the keys is missing or cannot be read; says what to do."""


class PublicDebtorLookup(DisclosureBase):
    """The blind index of one entry under one key; goes when the entry goes."""

    __tablename__ = "public_debtor_lookup"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    debtor_id: Mapped[str] = mapped_column(
        ForeignKey("public_debtor.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    key_id: Mapped[str] = mapped_column(String(16), index=True)


@dataclass(frozen=True)
class LookupKey:
    """One key and its public name."""

    id: str
    secret: bytes = field(repr=False)

    def digest(self, number: str) -> bytes:
        """The 32 bytes that stand for a number of 18 characters."""
        return hmac.new(self.secret, number.encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class LookupKeys:
    """The key file: a line "id hex" a key, newest last; two of them while they are exchanged."""

    path: Path

    def read(self) -> tuple[LookupKey, ...]:
        """Every key, newest last. Raises LookupKeyError."""
        try:
            lines = self.path.read_text(encoding="ascii").splitlines()
            keys = tuple(
                LookupKey(name, bytes.fromhex(secret))
                for name, secret in (line.split() for line in lines if line)
            )
        except FileNotFoundError:
            raise LookupKeyError("没有证件号码查询的密钥文件，请先在内网运行 portal init") from None
        except (OSError, ValueError) as error:
            kind = type(error).__name__
            raise LookupKeyError(f"证件号码查询的密钥文件无法读取（{kind}）") from None
        if not keys or any(len(key.secret) != KEY_BYTES for key in keys):
            raise LookupKeyError("证件号码查询的密钥文件不完整，请从备份中恢复")
        return keys

    def create(self) -> None:
        """Make the first key where there is no file yet."""
        if not self.path.exists():
            self._write([_new_key()], over=False)

    def append(self) -> LookupKey:
        """Add a new key: from now on entries are written under it."""
        key = _new_key()
        self._write([*self.read(), key], over=True)
        return key

    def keep_newest(self) -> None:
        """Forget every key but the newest."""
        self._write([self.read()[-1]], over=True)

    def _write(self, keys: Iterable[LookupKey], *, over: bool) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.writelines(f"{key.id} {key.secret.hex()}\n" for key in keys)
            handle.flush()
            os.fsync(handle.fileno())
        if over:
            # The public account reads the file by its group; a new file must not lose that.
            Path(draft).chmod(self.path.stat().st_mode & 0o777)
            os.chown(draft, -1, self.path.stat().st_gid)
            Path(draft).replace(self.path)
            return
        # A link either appears whole or finds that another process was first.
        with suppress(FileExistsError):
            os.link(draft, self.path)
        Path(draft).unlink()


def _new_key() -> LookupKey:
    return LookupKey(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES))


def find_by_number(
    session: Session, keys: Iterable[LookupKey], number: str
) -> tuple[PublicDebtor, ...]:
    """Entries listed under this whole number, newest first; one statement, hit or miss."""
    digests = [key.digest(number) for key in keys]
    listed = select(PublicDebtorLookup.debtor_id).where(PublicDebtorLookup.digest.in_(digests))
    rows = session.scalars(
        select(PublicDebtor)
        .where(PublicDebtor.id.in_(listed))
        .order_by(PublicDebtor.published_on.desc(), PublicDebtor.id.desc())
        .limit(MAX_FOUND)
    )
    return tuple(rows)
