"""Makes sure that a Chromium is there for the browser tests, and says plainly what it did.

Looks for an installed one; else installs Debian's package (as root, or with sudo that asks nothing); else
lets Playwright download its own. Exits with 1 and a sentence if none of this works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Path of a Chromium: the one in CHROMIUM, on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named and Path(named).exists():
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def _run(*command: str) -> bool:
    print("  " + " ".join(command), flush=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print("  failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1])
    return done.returncode == 0


def _debian() -> bool:
    if not shutil.which("apt-get"):
        return False
    prefix: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        prefix = ("sudo", "-n")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return _run(*prefix, "apt-get", "update", "-qq") and _run(
        *prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"
    )


def main() -> int:
    """0 with a browser in place, 1 without."""
    found = installed()
    if found is None:
        print("No Chromium found; installing one (once)")
        _ = _debian() or _run(sys.executable, "-m", "playwright", "install", "chromium")
        found = installed()
    if found is None:
        print("No Chromium could be installed. Install one by hand and name it: CHROMIUM=/path make test")
        return 1
    print(f"Browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
