"""What redaction and search both know of Chinese characters; it imports nothing."""

from characters.radicals import RADICALS

__all__ = ["RADICALS"]
