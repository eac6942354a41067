"""Stand-in for django.db.utils."""


class Error(Exception):
    """The base of all database errors."""


class DatabaseError(Error):
    """The database refused."""


class DataError(DatabaseError):
    """A value that does not fit."""


class IntegrityError(DatabaseError):
    """A constraint does not hold."""


class OperationalError(DatabaseError):
    """The database is not there."""


class NotSupportedError(DatabaseError):
    """The database cannot do that."""
