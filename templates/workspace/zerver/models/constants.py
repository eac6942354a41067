"""Limits that the tables set."""

# A longer topic is cut.
MAX_TOPIC_NAME_LENGTH = 60
