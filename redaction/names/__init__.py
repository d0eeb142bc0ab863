"""Names of natural persons: listed ones, announced ones, and the rest by model."""
