"""What is said in the languages that Intact speaks."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["en", "ko"]

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""


class Bilingual(BaseModel):
    """One thing said in both languages, each written for its readers and not word for word."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    en: Line
    ko: Line

    def said(self, language: Language) -> str:
        """The text in `language`."""
        return self.ko if language == "ko" else self.en
