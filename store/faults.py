"""What can be wrong with a dataset's file or with what is asked of it."""

from pathlib import Path


class DatasetFault(Exception):
    """The dataset cannot be used as it is: the message is one line in Russian and names the file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


class NoDataset(DatasetFault):
    """Raised by `Dataset.open` where there is no dataset; the caller may pass `create=True`."""


class NewerDataset(DatasetFault):
    """Written by a later version of the program; the file is left untouched."""


class CorruptDataset(DatasetFault):
    """Not SQLite, not ours, or damaged; the file is left untouched."""


class Unknown(LookupError):
    """No such id in the dataset; the message names it."""
