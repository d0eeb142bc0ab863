"""Names of natural persons: the ones the case lists, the ones cue words announce, the rest by model."""
