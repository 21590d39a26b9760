"""The one exception of strict reading."""


class Refused(Exception):
    """What was read is not what must be: found first, then what must be."""
