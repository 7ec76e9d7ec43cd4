"""Lighthouse's marks for each type of page: `python -m tests.lighthouse SITE [TYPE …]`.

Needs `lighthouse` on the path, or `npx` to fetch it; it is no dependency of the project. Each page is measured
three times, one after the other, as a phone on a slow line, and its median is told. An empty page of the theme,
made on the spot with nothing of the atlas, is measured beside them: on a busy machine its mark says how far to
trust the others. Build the site with ATLAS_SITE_URL set, or the mark for search engines lacks canonical addresses.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.install_browser import installed
from tests.page_types import heaviest
from tests.serving import serving

RUNS = 3
MARKS = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {
    "LCP s": ("largest-contentful-paint", 1000),
    "TBT ms": ("total-blocking-time", 1),
    "CLS": ("cumulative-layout-shift", 1),
}
FLAGS = ("--quiet", "--output=json", "--only-categories=" + ",".join(MARKS))
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def command() -> list[str]:
    """How Lighthouse is run here."""
    if shutil.which("lighthouse"):
        return ["lighthouse"]
    if shutil.which("npx"):
        return ["npx", "--yes", "lighthouse"]
    sys.exit("neither lighthouse nor npx is on the path")


def run(tool: list[str], address: str) -> dict[str, Any]:
    """One report."""
    environment = {**os.environ, "CHROME_PATH": str(installed())}
    done = subprocess.run(
        [*tool, address, *FLAGS, f"--chrome-flags={CHROME}"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def row(reports: list[dict[str, Any]]) -> list[str]:
    """Medians of marks and figures."""
    marks = [statistics.median(report["categories"][mark]["score"] for report in reports) for mark in MARKS]
    figures = [
        statistics.median(report["audits"][audit]["numericValue"] for report in reports) / unit
        for audit, unit in FIGURES.values()
    ]
    return [f"{mark * 100:.0f}" for mark in marks] + [f"{figure:.2f}" for figure in figures]


def failed(reports: Iterable[dict[str, Any]]) -> set[str]:
    """What any report found wrong outside performance, and what weighs in performance below nine tenths."""
    found = set()
    for report in reports:
        for name, category in report["categories"].items():
            for reference in category["auditRefs"]:
                score = report["audits"][reference["id"]]["score"]
                if score is not None and reference["weight"] and score < (0.9 if name == "performance" else 1):
                    found.add(reference["id"])
    return found


def empty_page(folder: Path) -> Path:
    """A site of the theme with one page and nothing of ours."""
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Empty\n\nNothing.\n", encoding="utf-8")
    settings = {
        "site_name": "Empty",
        "site_url": "https://empty.example/",
        "theme": {"name": "material", "font": False},
    }
    (folder / "mkdocs.yml").write_text(json.dumps({**settings, "site_description": "Empty."}), encoding="utf-8")
    mkdocs = Path(sys.executable).parent / "mkdocs"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([str(mkdocs), "build", "--quiet"], cwd=folder, check=True, env=environment)
    return folder / "site"


def main() -> None:
    """Measure and print a table."""
    site, wanted, tool = Path(sys.argv[1]), sys.argv[2:], command()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    print(f"{machine}, {RUNS} runs each")
    print(
        " ".join(f"{head:>8}" for head in ("perf", "a11y", "practice", "SEO", *FIGURES)), " page, and what failed"
    )
    with tempfile.TemporaryDirectory() as made, serving(empty_page(Path(made))) as served:
        reports = [run(tool, served.address) for _ in range(RUNS)]
        print(" ".join(f"{cell:>8}" for cell in row(reports)), " (empty page of the theme)", flush=True)
    with serving(site) as served:
        for type_, page in heaviest(site).items():
            if wanted and type_.rstrip("/") not in [name.rstrip("/") for name in wanted]:
                continue
            reports = [run(tool, served.address + page) for _ in range(RUNS)]
            found = " ".join(sorted(failed(reports)))
            print(" ".join(f"{cell:>8}" for cell in row(reports)), f" {page or 'home'}  {found}", flush=True)


if __name__ == "__main__":
    main()
