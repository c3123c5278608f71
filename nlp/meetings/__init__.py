"""Meetings of a release: which events, when, where, who attended as what."""

from nlp.meetings.reader import MeetingReader

__all__ = ["MeetingReader"]
