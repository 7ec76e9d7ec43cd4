"""Shared fixtures: the real atlas, copies of it to break, the built site, and a browser on it."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from macros.derive import Derived, derive
from macros.freeze import freeze
from macros.library import Library
from macros.model import Atlas
from macros.portfolio.base import Base, base
from macros.validate import check_root
from tests.install_browser import installed

settings.register_profile("atlas", deadline=None)  # these machines are noisy; speed is not tested
settings.load_profile("atlas")

ROOT = Path(__file__).resolve().parent.parent
ATLAS_COMMAND = Path(sys.executable).parent / "atlas"
MKDOCS_COMMAND = Path(sys.executable).parent / "mkdocs"


@pytest.fixture(scope="session")
def library() -> Library:
    """The published atlas as it was read; every test that needs content fails with the messages if invalid."""
    found, problems = check_root(ROOT)
    assert problems == []
    return found


@pytest.fixture(scope="session")
def atlas(library: Library) -> Atlas:
    """The published atlas."""
    return freeze(library)


@pytest.fixture(scope="session")
def derived(atlas: Atlas) -> Derived:
    """The published atlas with all that follows."""
    return derive(atlas)


@pytest.fixture(scope="session")
def together(derived: Derived) -> Base:
    """What all published workloads bring to portfolios."""
    return base(derived)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's data, templates and documents that a test may change."""
    for folder in ("atlas", "schema", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "macros").symlink_to(ROOT / "macros")
    return tmp_path


def run_atlas(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The `atlas` command as a person runs it."""
    return subprocess.run([str(ATLAS_COMMAND), *arguments], cwd=cwd, capture_output=True, text=True, check=False)


PUBLISHED = "https://atlas.example/"
"""Where the site of the tests would be published."""
REPOSITORY = "https://git.atlas.example/workload-atlas"
"""The repository it would be published from."""


def run_mkdocs(*arguments: str, cwd: Path, published: str = PUBLISHED) -> subprocess.CompletedProcess[str]:
    """The `mkdocs` command as a person runs it who publishes at that address, or at none yet."""
    addresses = {"ATLAS_SITE_URL": published, "ATLAS_REPO_URL": REPOSITORY if published else ""}
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **addresses}
    return subprocess.run(
        [str(MKDOCS_COMMAND), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """The published site, built strictly once for the session, whichever process needs it first. Read only."""
    assert library.problems == []
    base = tmp_path_factory.getbasetemp()
    # Processes side by side have folders of their own in one that they share.
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target, built = base / "site", base / "site.built"
    with (base / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            done = run_mkdocs("build", "--site-dir", str(target), cwd=ROOT)
            assert done.returncode == 0, done.stderr
            built.touch()
    return target


Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a folder on a free local port and returns its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    def start(folder: Path) -> str:
        handler = functools.partial(Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site_url(site: Path, serve: Serve) -> str:
    """Address of the published site."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. There is no skip: without one the tests fail and say what to run."""
    path = installed()
    assert path, "no Chromium; run `make browser`"
    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()
