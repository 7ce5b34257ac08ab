"""O*NET's work styles for the catalogue: prints those of an occupation, or checks the ones that the catalogue carries.

Run: `python -m bench.onet_work_styles 15-1132.00` prints lines for a job's `work_styles`;
`python -m bench.onet_work_styles` compares every job with the data and writes `bench/results/work_styles.md`.

The data are those of O*NET 18.1, U.S. Department of Labor, Employment and Training Administration, CC BY 4.0.
"""

import csv
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from dialogue.catalog import documents
from dialogue.catalogue import Catalogue
from schemas.axes import WORK_STYLE_NAMES
from schemas.catalogue import Job

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT.parent / "shared" / "data" / "onet" / "work_styles_importance.csv"
RESULT = PROJECT / "bench" / "results" / "work_styles.md"

Figures = dict[str, float]


def occupations(path: Path) -> dict[str, tuple[str, Figures]]:
    """Title and importance (1 to 5) of each work style, by O*NET-SOC code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["onet_soc"]: (
                row["title"],
                {style: float(row[name.en]) for style, name in WORK_STYLE_NAMES.items()},
            )
            for row in csv.DictReader(file)
        }


def lines(code: str, title: str, figures: Figures) -> str:
    """A job's `work_styles` as they stand in a document of the catalogue."""
    pairs = [f"{style}: {value:.2f}" for style, value in figures.items()]
    half = len(pairs) // 2
    return "\n".join(
        [
            "      work_styles:",
            f'        occupation: "{code}"',
            f'        title: "{title}"',
            "        importance:",
            f"          {{{', '.join(pairs[:half])},",
            f"           {', '.join(pairs[half:])}}}",
        ]
    )


def row(job: Job, known: dict[str, tuple[str, Figures]]) -> str:
    """One job of the result: whether it carries what the data say."""
    styles = job.description.work_styles
    if styles.occupation is None:
        return f"| {job.id} | the author's own | |"
    title, figures = known.get(styles.occupation, ("", {}))
    same = title == styles.title and figures == dict(styles.importance)
    return f"| {job.id} | {styles.occupation} {styles.title} | {'yes' if same else 'no'} |"


def main() -> None:
    """Print the lines of the occupations named, or compare the whole catalogue."""
    if not DATA.is_file():
        print("not measured: the O*NET data are not there")
        return
    known = occupations(DATA)
    for code in sys.argv[1:]:
        print(lines(code, *known[code]) if code in known else f"{code}: no such occupation in the data")
    if len(sys.argv) > 1:
        return
    rows = [row(job, known) for job in Catalogue.of(documents()).jobs()]
    head = (
        f"# Work styles in the catalogue\n\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, by `python -m bench.onet_work_styles`. "
        "Figures: O*NET 18.1, U.S. Department of Labor, Employment and Training Administration, CC BY 4.0.\n\n"
        "| job | occupation | the sixteen figures as published |\n|---|---|---|\n"
    )
    RESULT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
