"""Putting a theme on the application, and keeping up with the system's light or dark."""

from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from coach.app.shipped_place import shipped_root
from coach.ui.style import style_sheet
from coach.ui.tokens import FAMILIES, THEMES, Theme, ThemeName, Type


class Choice(StrEnum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


def chosen(choice: Choice, scheme: Qt.ColorScheme) -> Theme:
    """The theme of a choice; ``scheme`` is what the system says it is set to."""
    if choice is Choice.SYSTEM:
        dark = scheme == Qt.ColorScheme.Dark
        return THEMES[ThemeName.DARK if dark else ThemeName.LIGHT]
    return THEMES[ThemeName(choice.value)]


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for everything the style sheet does not name."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.soft,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Light: theme.raised,
        role.Midlight: theme.border,
        role.Mid: theme.edge,
        role.Dark: theme.edge,
        role.Shadow: theme.scene_shadow,
        role.Accent: theme.accent,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.soft))
    return made


def base_font() -> QFont:
    """The text font: the first preferred family the system has."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(Type.BODY)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def apply(app: QApplication, choice: Choice, text_scale: float = 1.0) -> Theme:
    """Dress the whole application and return the theme now worn."""
    theme = chosen(choice, app.styleHints().colorScheme())
    QDir.setSearchPaths("icon", [str(shipped_root() / "assets" / "icons")])
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(base_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, text_scale))
    return theme


class Wardrobe(QObject):
    """Holds the choice, dresses the application and follows the system while told to."""

    changed = Signal(object)
    """Sent with the new :class:`Theme` after the application wears it."""

    def __init__(
        self, app: QApplication, choice: Choice = Choice.SYSTEM, scale: float = 1.0
    ) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._scale = scale
        self._theme = apply(app, choice, scale)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def theme(self) -> Theme:
        """The theme worn now."""
        return self._theme

    @property
    def text_scale(self) -> float:
        """Text size, 1.0 is 100 %."""
        return self._scale

    def choose(self, choice: Choice, text_scale: float | None = None) -> None:
        """Change the theme, the text size, or both."""
        self._choice = choice
        if text_scale is not None:
            self._scale = text_scale
        self._wear()

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice is Choice.SYSTEM:
            self._wear()

    def _wear(self) -> None:
        self._theme = apply(self._app, self._choice, self._scale)
        self.changed.emit(self._theme)
