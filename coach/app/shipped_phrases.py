"""The words of one language, apart from everything else shipped: the first frame needs them."""

from collections.abc import Mapping
from pathlib import Path

from coach.app.kept import Kept
from coach.formats.phrases import Phrases


def shipped_phrases(root: Path, language: str, kept: Kept) -> Phrases:
    """Every word of the program in one language. Raises BadFile when the file is damaged."""
    file = root / "assets" / "phrases" / f"{language}.toml"
    text = file.read_bytes()

    def read() -> Mapping[str, str]:
        from coach.formats.phrases_file import read_phrases

        return read_phrases(text, file.name).texts

    return Phrases(language, kept.value(f"phrases-{language}", dict[str, str], [text], read))
