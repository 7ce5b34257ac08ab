"""A chart of lines as an SVG, readable on light and dark pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT, LEFT, BELOW, RIGHT = 760, 320, 56, 36, 190
COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#888888", "#bb7744")
"""Told apart by people who see colours otherwise, too (Tol 2021, bright), and two more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    name: str
    points: Sequence[tuple[float, float]]


def chart(path: Path, lines: Sequence[Line], *, across: str, up: str) -> None:
    """Write the chart; axes begin at zero."""
    right = max(x for line in lines for x, _ in line.points)
    top = max(y for line in lines for _, y in line.points) * 1.05
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - BELOW - 12

    def place(x: float, y: float) -> str:
        return f"{LEFT + inner_width * x / right:.1f},{12 + inner_height * (1 - y / top):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12" fill="#777">'
    ]
    for tenth in range(0, 6):
        x, y = place(0, top * tenth / 5).split(",")
        parts.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#7774"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y}" text-anchor="end">{top * tenth / 5:.0f}</text>')
        x, _ = place(right * tenth / 5, 0).split(",")
        parts.append(f'<text x="{x}" y="{HEIGHT - 14}" text-anchor="middle">{right * tenth / 5:.0f}</text>')
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 1}" text-anchor="end">{across}</text>')
    parts.append(f'<text x="4" y="10">{up}</text>')
    for number, line in enumerate(lines):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(place(x, y) for x, y in line.points)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{24 + 18 * number}" fill="{colour}">{line.name}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
