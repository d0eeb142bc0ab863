"""The vocabulary of enforcement: courts, case types, nodes, measures, with their source."""
