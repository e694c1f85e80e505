"""The style sheet, written from the tokens.

Widgets are styled by two dynamic properties. ``role``: buttons are primary, secondary (also when
it is not set), quiet, danger, rating, choice or item; labels caption, lead, title, headline,
display or count; frames card, panel or banner. ``tone``: warn, danger, good or accent for banners
and labels. A button that is ``waiting`` looks quiet until its time has come.
"""

from coach.ui.tokens import Radius, Space, Theme, Type


def style_sheet(theme: Theme, text_scale: float = 1.0) -> str:
    """The style sheet of a theme; ``text_scale`` 1.0-2.0 enlarges text and what holds it."""

    def px(size: float) -> str:
        return f"{round(size * text_scale)}px"

    t = theme
    on_page, on_fill = ("light", "dark") if t.is_dark else ("dark", "light")
    return f"""
* {{ font-size: {px(Type.BODY)}; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog, QWidget[role="page"] {{ background: {t.window}; }}
QToolTip {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    padding: {Space.HAIR}px {Space.SMALL}px;
}}

QLabel {{ background: transparent; }}
QLabel[role="caption"] {{ font-size: {px(Type.CAPTION)}; color: {t.soft}; }}
QLabel[role="soft"] {{ color: {t.soft}; }}
QLabel[role="lead"] {{ font-size: {px(Type.LEAD)}; }}
QLabel[role="title"] {{ font-size: {px(Type.TITLE)}; font-weight: 600; }}
QLabel[role="headline"] {{ font-size: {px(Type.HEADLINE)}; font-weight: 600; }}
QLabel[role="display"] {{ font-size: {px(Type.DISPLAY)}; font-weight: 600; }}
QLabel[role="count"] {{ font-size: {px(Type.COUNT)}; font-weight: 600; }}
QLabel[role="sheet"] {{ border: 1px solid {t.edge}; }}
QLabel[tone="accent"] {{ color: {t.accent}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QLabel[tone="danger"] {{ color: {t.danger}; }}
QLabel[tone="good"] {{ color: {t.good}; }}

QFrame[role="card"] {{
    background: {t.surface}; border: 1px solid {t.border}; border-radius: {Radius.CARD}px;
}}
QFrame[role="panel"] {{
    background: {t.raised}; border: 1px solid {t.border}; border-radius: {Radius.BUTTON}px;
}}
QFrame[role="banner"] {{
    background: {t.accent_soft}; border: 1px solid {t.accent}; border-radius: {Radius.BUTTON}px;
}}
QFrame[role="banner"][tone="warn"] {{ background: {t.warn_soft}; border-color: {t.warn}; }}
QFrame[role="banner"][tone="danger"] {{ background: {t.danger_soft}; border-color: {t.danger}; }}
QFrame[role="banner"][tone="good"] {{ background: {t.good_soft}; border-color: {t.good}; }}
QFrame[role="line"] {{ background: {t.border}; border: none; max-height: 1px; }}

QPushButton {{
    background: {t.surface}; color: {t.text}; border: 2px solid {t.edge};
    border-radius: {Radius.BUTTON}px; padding: {px(8)} {px(20)}; min-height: {px(24)};
    font-weight: 600;
}}
QPushButton:hover {{ background: {t.raised}; }}
QPushButton:pressed {{ background: {t.accent_soft}; }}
QPushButton:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QPushButton:focus {{ border: 3px solid {t.focus}; padding: {px(7)} {px(19)}; }}
QPushButton:disabled {{ color: {t.soft}; border-color: {t.border}; background: {t.raised}; }}
QPushButton[role="primary"] {{
    background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
}}
QPushButton[role="primary"]:hover {{ background: {t.accent_hover}; }}
QPushButton[role="primary"]:pressed {{ background: {t.accent_press}; }}
QPushButton[role="primary"]:focus {{ border-color: {t.focus}; }}
QPushButton[role="primary"]:disabled {{
    background: {t.raised}; color: {t.soft}; border-color: {t.border};
}}
QPushButton[grade="big"] {{
    font-size: {px(Type.TITLE)}; min-width: {px(140)}; min-height: {px(52)};
    padding: {px(8)} {px(36)};
}}
QPushButton[grade="big"]:focus {{ padding: {px(7)} {px(35)}; }}
QPushButton[role="danger"] {{
    background: {t.danger}; color: {t.on_danger}; border-color: {t.danger};
}}
QPushButton[role="danger"]:hover {{ background: {t.danger_hover}; }}
QPushButton[role="danger"]:focus {{ border-color: {t.focus}; }}
QPushButton[role="quiet"] {{
    background: transparent; border-color: transparent; color: {t.accent};
}}
QPushButton[role="quiet"]:hover {{ background: {t.accent_soft}; color: {t.text}; }}
QPushButton[role="quiet"]:checked {{
    background: {t.accent_soft}; color: {t.text}; border-color: transparent;
}}
QPushButton[role="quiet"]:focus {{ border-color: {t.focus}; }}
QPushButton[role="quiet"]:disabled {{ color: {t.soft}; background: transparent; }}
QPushButton[role="rating"] {{
    font-size: {px(Type.TITLE)}; min-width: {px(28)}; min-height: {px(56)};
    padding: {px(6)} {px(1)}; border-radius: {Radius.BUTTON}px;
}}
QPushButton[role="rating"]:checked {{
    background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
}}
QPushButton[role="rating"]:focus {{ border: 3px solid {t.focus}; padding: {px(5)} 0; }}
QPushButton[role="choice"] {{
    font-size: {px(Type.LEAD)}; min-height: {px(48)}; padding: {px(10)} {px(24)};
}}
QPushButton[role="choice"]:focus {{ padding: {px(9)} {px(23)}; }}
QPushButton[role="row"] {{
    background: transparent; border-color: transparent; color: {t.text}; font-weight: 400;
    text-align: left; padding: {px(6)} {px(12)};
}}
QPushButton[role="row"]:hover {{ background: {t.raised}; }}
QPushButton[role="row"]:checked {{ background: {t.accent_soft}; font-weight: 600; }}
QPushButton[role="row"]:focus {{ border-color: {t.focus}; padding: {px(5)} {px(11)}; }}
QPushButton[role="item"] {{
    text-align: left; padding-left: {px(44)}; padding-right: {px(12)};
}}
QPushButton[role="item"]:focus {{ padding-left: {px(43)}; padding-right: {px(11)}; }}
QPushButton[waiting="yes"], QPushButton[waiting="yes"]:hover, QPushButton[waiting="yes"]:pressed {{
    background: {t.raised}; color: {t.soft}; border-color: {t.border}; font-weight: 400;
}}

QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QTimeEdit {{
    background: {t.surface}; color: {t.text}; border: 2px solid {t.edge};
    border-radius: {Radius.FIELD}px; padding: {px(6)} {px(10)}; min-height: {px(24)};
    selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus, QDateEdit:focus, QTimeEdit:focus {{ border: 2px solid {t.focus}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
    background: {t.raised}; color: {t.soft}; border-color: {t.border};
}}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(32)}; }}
QComboBox::down-arrow, QDateEdit::down-arrow, QAbstractSpinBox::down-arrow {{
    image: url(icon:chevron-down-{on_page}.svg); width: {px(18)}; height: {px(18)};
}}
QAbstractSpinBox::up-arrow {{
    image: url(icon:chevron-up-{on_page}.svg); width: {px(18)}; height: {px(18)};
}}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: {px(28)}; }}
QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QComboBox QAbstractItemView {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QCheckBox, QRadioButton {{ background: transparent; spacing: {Space.SNUG}px; padding: {px(6)}; }}
QCheckBox:focus, QRadioButton:focus {{
    border: 2px solid {t.focus}; border-radius: {Radius.FIELD}px; padding: {px(4)};
}}
QCheckBox::indicator, QRadioButton::indicator {{
    width: {px(20)}; height: {px(20)}; border: {px(2)} solid {t.edge};
    background: {t.surface};
}}
QCheckBox::indicator {{ border-radius: 5px; }}
QRadioButton::indicator {{ border-radius: {px(12)}; }}
QCheckBox::indicator:checked {{
    background: {t.accent}; border-color: {t.accent}; image: url(icon:tick-{on_fill}.svg);
}}
QRadioButton::indicator:checked {{
    border: {px(7)} solid {t.accent}; width: {px(10)}; height: {px(10)};
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
    background: {t.raised}; border-color: {t.border};
}}

QListView, QTreeView, QTableView {{
    background: {t.surface}; alternate-background-color: {t.raised}; color: {t.text};
    border: 1px solid {t.border}; border-radius: {Radius.BUTTON}px; gridline-color: {t.border};
    selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: none;
}}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 2px solid {t.focus}; }}
QListView::item, QTreeView::item, QTableView::item {{ padding: {px(8)} {px(12)}; }}
QListView::item:selected, QTreeView::item:selected {{
    background: {t.accent_soft}; color: {t.text}; border-left: 4px solid {t.accent};
}}
QCalendarWidget QWidget {{ background: {t.surface}; }}
QCalendarWidget QTableView {{ border: none; }}
QCalendarWidget QTableView::item {{ padding: 0; }}
QCalendarWidget QToolButton {{
    background: transparent; color: {t.text}; border: 2px solid transparent; font-weight: 600;
    border-radius: {Radius.FIELD}px; padding: {px(4)} {px(10)};
}}
QCalendarWidget QToolButton:hover {{ background: {t.raised}; }}
QCalendarWidget QToolButton:focus {{ border-color: {t.focus}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QTableView QHeaderView {{ background: {t.raised}; }}
QHeaderView::section {{
    background: {t.raised}; color: {t.soft}; border: none; padding: {px(8)} {px(12)};
    font-weight: 600;
}}

QTabWidget::pane {{ border: 1px solid {t.border}; border-radius: {Radius.BUTTON}px; top: -1px; }}
QTabBar::tab {{
    background: transparent; color: {t.soft}; padding: {px(10)} {px(18)};
    border-bottom: 3px solid transparent; font-weight: 600;
}}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ color: {t.text}; border-bottom-color: {t.focus}; }}

QProgressBar {{
    background: {t.raised}; border: none; border-radius: 5px; min-height: 10px; max-height: 10px;
    text-align: center; color: transparent;
}}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 5px; }}
QSlider:horizontal {{ min-height: {px(32)}; }}
QSlider::groove:horizontal {{ background: {t.edge}; height: 6px; border-radius: 3px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; height: 6px; border-radius: 3px; }}
QSlider::handle:horizontal {{
    background: {t.accent}; border: 3px solid {t.surface}; width: 20px; height: 20px;
    margin: -10px 0; border-radius: 13px;
}}
QSlider::handle:horizontal:focus {{ border-color: {t.focus}; }}

QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 2px; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 5px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::handle:hover {{ background: {t.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; padding: 6px; }}
QMenu::item {{ padding: {px(8)} {px(24)}; border-radius: {Radius.FIELD}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 6px 12px; }}
QStatusBar {{ background: {t.window}; color: {t.soft}; }}
"""
