"""Colours and shapes keep the floors that make them readable for everyone."""

from __future__ import annotations

import itertools
import re
import tomllib

import numpy as np
import pytest

from tests.support.paths import ROOT
from wtnet.draw.categories import HUES, REST
from wtnet.draw.charts import gaps, scatter
from wtnet.palette import DARK, LIGHT, LOOKS, MEASURE_RAMP, RAMP, STATES, luminance, strength_class
from wtnet.tables.schema import CORE_KINDS, KINDS

THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = {"light": LIGHT, "dark": DARK}

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB
VISION = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1–21 between two hex colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> np.ndarray:
    """CIELAB (D65) of a hex colour as a person with this vision sees it."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISION[vision] @ linear, 0, 1)
    xyz = (
        np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]) @ seen
    )
    t = xyz / np.array([0.95047, 1.0, 1.08883])
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_stands_out_from_both_backgrounds(kind: str) -> None:
    """Contrast of at least 3:1 on white and on the dark background (WCAG 1.4.11)."""
    assert contrast(LOOKS[kind].colour, LIGHT) >= 3 and contrast(LOOKS[kind].colour, DARK) >= 3


@pytest.mark.parametrize("vision", list(VISION))
def test_the_four_core_kinds_differ_for_every_kind_of_colour_vision(vision: str) -> None:
    """CIELAB difference of at least 30 between any two of them."""
    for one, other in itertools.combinations(CORE_KINDS, 2):
        apart = np.linalg.norm(lab(LOOKS[one].colour, vision) - lab(LOOKS[other].colour, vision))
        assert apart >= 30, (one, other, apart)


def test_colour_is_never_alone() -> None:
    """Every kind has its own shape, and every state its own words and icon."""
    assert len({look.shape for look in LOOKS.values()}) == len(KINDS)
    assert len({words for words, *_ in STATES.values()}) == len({icon for _, icon, *_ in STATES.values()}) == len(STATES)


def test_ties_and_states_can_be_read_on_both_backgrounds() -> None:
    """Ties at least 3:1, words of a state at least 4.5:1."""
    for theme, ground in (("light", LIGHT), ("dark", DARK)):
        assert all(contrast(colour, ground) >= 3 for colour in (*RAMP[theme], *MEASURE_RAMP[theme], *HUES, REST))
    assert all(contrast(light, LIGHT) >= 4.5 and contrast(dark, DARK) >= 4.5 for _, _, light, dark in STATES.values())


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour of which only a share is laid over a ground."""
    parts = [round(share * int(colour[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in parts)


@pytest.mark.parametrize("theme", list(GROUNDS))
def test_every_colour_that_is_drawn_stands_out_from_its_ground(theme: str) -> None:
    """Kinds, categories, ties, measures and single charts: at least 3:1 on the ground of the theme (WCAG 1.4.11)."""
    single = (scatter.COLOUR, gaps._HIT, gaps._CHANCE)
    drawn = (*(look.colour for look in LOOKS.values()), *HUES, REST, *RAMP[theme], *MEASURE_RAMP[theme], *single)
    assert [colour for colour in drawn if contrast(colour, GROUNDS[theme]) < 3] == []


@pytest.mark.parametrize("theme", list(GROUNDS))
def test_words_can_be_read_on_both_grounds_of_a_theme(theme: str) -> None:
    """Text and links at least 4.5:1 on the page and on fields (WCAG 1.4.3), also text that a style sheet of ours softens."""
    now = THEMES[theme]
    assert now["backgroundColor"] == GROUNDS[theme]
    styles = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "wtnet" / "ui").rglob("*.css"))
    soft = re.findall(
        r"(?<![-\w])color: color-mix\(in srgb, (?:var\(--st-text-color\)|currentColor) (\d+)%, transparent\)", styles
    )
    softest = min(map(int, soft)) / 100
    for ground in (now["backgroundColor"], now["secondaryBackgroundColor"]):
        for words in (now["textColor"], now["primaryColor"], mixed(now["textColor"], ground, softest)):
            assert contrast(words, ground) >= 4.5, (words, ground, softest)


def test_words_on_the_main_buttons_can_be_read_in_both_themes() -> None:
    """White on the light theme's blue, black on the dark theme's lighter one (WCAG 1.4.3): the opposite of the words around."""
    text = (ROOT / "wtnet" / "ui" / "frame" / "style.css").read_text(encoding="utf-8")
    [bound] = re.findall(
        r'"stBaseButton-primary"\] { color: oklch\(from currentcolor clamp\(0, \(([\d.]+) - l\) \* 100, 1\) 0 0\)', text
    )
    for theme in ("light", "dark"):
        lightness = ((contrast(THEMES[theme]["textColor"], "#000000") * 0.05) - 0.05) ** (1 / 3)  # of greys, as OKLab has it
        words = "#FFFFFF" if lightness < float(bound) - 0.01 else "#000000"
        assert abs(lightness - float(bound)) > 0.1
        assert contrast(words, THEMES[theme]["primaryColor"]) >= 4.5, theme


def test_strength_falls_in_five_classes_and_unknown_in_none() -> None:
    """Bounds belong to the class above; unknown stays unknown."""
    assert [strength_class(s) for s in (None, 0.0, 0.19, 0.2, 0.79, 0.8, 1.0)] == [None, 0, 0, 1, 3, 4, 4]


def test_contrast_of_black_and_white_is_21() -> None:
    """The formula, on the pair everyone knows."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
