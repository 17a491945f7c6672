"""The palette of the report, measured: voices stay apart for colour-blind eyes, and words stay readable on them."""

from __future__ import annotations

import itertools
import math
import re
from importlib.resources import files

import pytest

Colour = tuple[float, float, float]
# Full dichromacy on linear RGB: Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation
# of color vision deficiency", severity 1.0.
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green cones": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue cones": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
# In OKLab. The first palette, chosen by eye, had 0.008 between two of its lines without green cones.
APART = 0.07


def palette(letter: str, scheme: int) -> list[Colour]:
    """Colours `--k0` to `--k7` (or t) of report.css, for light (0) or dark (1), in linear RGB."""
    css = files("sayso.export").joinpath("report.css").read_text("utf-8")
    return [colour(css, f"{letter}{number}", scheme) for number in range(8)]


def colour(css: str, name: str, scheme: int) -> Colour:
    declared = re.search(rf"--{name}: light-dark\(oklch\((.*?)\), oklch\((.*?)\)\);", css)
    assert declared, name
    lightness, chroma, hue = (float(value) for value in declared[scheme + 1].split())
    return linear(lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))


def linear(lightness: float, a: float, b: float) -> Colour:
    """OKLab to linear sRGB, clipped to what a screen shows."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return clipped(
        (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
    )


def oklab(rgb: Colour) -> Colour:
    red, green, blue = rgb
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def clipped(rgb: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, value)) for value in rgb)
    return red, green, blue


def seen(rgb: Colour, eyes: str) -> Colour:
    red, green, blue = (sum(k * x for k, x in zip(row, rgb, strict=True)) for row in EYES[eyes])
    return oklab(clipped((red, green, blue)))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2."""
    bright = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other)), reverse=True)
    return (bright[0] + 0.05) / (bright[1] + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_the_lines_of_eight_voices_stay_apart(eyes: str, scheme: int) -> None:
    lines = [seen(rgb, eyes) for rgb in palette("k", scheme)]
    assert min(math.dist(one, other) for one, other in itertools.combinations(lines, 2)) >= APART


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_lines_stand_out_from_the_paper_and_words_from_the_tints(scheme: int) -> None:
    css = files("sayso.export").joinpath("report.css").read_text("utf-8")
    paper, ink = colour(css, "paper", scheme), colour(css, "ink", scheme)
    assert min(contrast(line, paper) for line in palette("k", scheme)) >= 3
    assert min(contrast(tint, ink) for tint in palette("t", scheme)) >= 7
