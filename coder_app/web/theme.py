"""The dress of the pages as Streamlit's own settings: a calm palette for light and dark, the bundled face, little rounding."""

from __future__ import annotations

from typing import Any

LIGHT = {
    "primaryColor": "#0b6374",
    "backgroundColor": "#f8f9f9",
    "secondaryBackgroundColor": "#eef1f1",
    "textColor": "#1f2a30",
    "linkColor": "#0b6374",
    "borderColor": "#d9dfe1",
    "dataframeBorderColor": "#e4e8e9",
    "dataframeHeaderBackgroundColor": "#f0f3f3",
    "redColor": "#b3372f",
    "greenColor": "#2d7a4f",
    "orangeColor": "#a15c07",
    "grayColor": "#5c6970",
}
DARK = {
    "primaryColor": "#4fa9bb",
    "backgroundColor": "#13181b",
    "secondaryBackgroundColor": "#1c2327",
    "textColor": "#e2e7e9",
    "linkColor": "#6fc0d0",
    "borderColor": "#2f393f",
    "dataframeBorderColor": "#283136",
    "dataframeHeaderBackgroundColor": "#1a2125",
    "redColor": "#f0847c",
    "greenColor": "#6cc394",
    "orangeColor": "#e0a458",
    "grayColor": "#9aa7ad",
}
SHAPE: dict[str, Any] = {
    "font": "sans-serif",
    "baseFontSize": 15,
    "baseRadius": "6px",
    "headingFontSizes": ["1.5rem", "1.2rem", "1.05rem", "1rem", "0.95rem", "0.9rem"],
    "headingFontWeights": [600, 600, 600, 600, 600, 600],
    "paddingTop": "1.25rem",
    "paddingBottom": "3rem",
}


def options() -> dict[str, Any]:
    """Config options by dotted name. No `theme.base`: the browser's light or dark setting decides."""
    return {
        **{f"theme.{name}": value for name, value in SHAPE.items()},
        **{f"theme.light.{name}": value for name, value in LIGHT.items()},
        **{f"theme.dark.{name}": value for name, value in DARK.items()},
    }
