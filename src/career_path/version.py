"""The version of this library, as it stands in timelines."""

from typing import Final

VERSION: Final = "0.1.0"
