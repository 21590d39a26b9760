"""The stage of the journeys: real processes, made and driven by the commands people type."""
