"""The search dialog as a visitor meets it: keyboard, facets, what it says, and what it loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import everyone
from tests.browser.tools import faultless

FIELD = "dialog.wa-search [role=combobox]"
RESULTS = "#wa-search-list [role=option]"
STATES = {
    "ways in": "",
    "results": "gdpr transfers",
    "misspelt": "wisper transcripton",
    "sources only": "blockchain",
    "nothing": "zzyzx qqq",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 1280, "height": 900})


def ask(page: Page, query: str) -> None:
    """Open the search by its link and type; wait until everything is loaded."""
    if not page.locator("dialog.wa-search[open]").count():
        page.locator("a.wa-find").click()
    page.wait_for_selector("dialog.wa-search[data-ready=all]")
    page.locator(FIELD).fill(query)


def addresses(page: Page) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator(RESULTS).all()]


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_a_key_opens_it_and_escape_gives_the_focus_back(page: Page, site_url: str, keys: str) -> None:
    page.goto(site_url + "models/qwen3.8-27b/")
    page.locator("a.md-header__button.md-logo").focus()
    page.keyboard.press(keys)
    expect(page.get_by_role("combobox", name="Search the atlas")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.wa-search")).to_be_hidden()
    expect(page.locator("a.md-header__button.md-logo")).to_be_focused()


def test_the_key_leaves_fields_alone_and_can_be_turned_off(page: Page, site_url: str) -> None:
    page.goto(site_url + "models/")
    page.locator("#wa-models input[type=search], #wa-models input[type=text]").first.press("/")
    assert page.locator("dialog.wa-search[open]").count() == 0
    page.locator("a.wa-find").click()
    page.get_by_label("opens the search").uncheck()
    page.reload()
    page.keyboard.press("/")
    assert page.locator("dialog.wa-search[open]").count() == 0
    page.keyboard.press("Control+k")
    assert page.locator("dialog.wa-search[open]").count() == 1


def test_arrows_choose_and_enter_opens(page: Page, site_url: str) -> None:
    page.goto(site_url + "about/")
    ask(page, "Article 26")
    field = page.locator(FIELD)
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{RESULTS}[aria-selected=true]")
    assert chosen.count() == 1
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    target = addresses(page)[1]
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    assert "obligations/" in target


def test_enter_opens_the_first_and_typing_need_not_wait(page: Page, site_url: str) -> None:
    """Typed before the index is there, the words are kept and answered."""
    page.goto(site_url)
    page.locator("[data-wa-search]").last.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("CV screening")
    page.wait_for_selector(RESULTS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/workloads/recruitment-screening/")


def test_an_address_can_ask(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}workloads/?q=cv+screening")
    page.wait_for_selector(RESULTS)
    assert page.locator(FIELD).input_value() == "cv screening"
    assert addresses(page)[0].endswith("/workloads/recruitment-screening/")


def test_results_say_what_they_are_and_how_many_have_all_words(page: Page, site_url: str) -> None:
    page.goto(site_url)
    ask(page, "zero data retention")
    expect(page.locator(".wa-search__said")).to_contain_text("with all of these words")
    ask(page, "sanctions screening")
    page.wait_for_selector(f"{RESULTS}[href*='coverage/']")
    first = page.locator(RESULTS).first
    assert first.locator(".wa-search__kind").inner_text() == "not covered"


def test_facets_count_and_narrow(page: Page, site_url: str) -> None:
    page.goto(site_url)
    ask(page, "transcription")
    facet = page.locator(".wa-search__facet", has_text="Workloads")
    count = int(facet.locator(".wa-search__count").inner_text())
    facet.click()
    assert facet.get_attribute("aria-pressed") == "true"
    assert page.locator(RESULTS).count() == count
    assert all("/workloads/" in address for address in addresses(page))
    expect(page.get_by_role("status").first).to_have_text(re.compile(f"^{count} results?"))
    expect(page.locator(FIELD)).to_be_focused()
    page.locator(FIELD).fill("HIPAA minimum necessary obligation")
    if not page.locator(RESULTS).count():
        page.get_by_role("button", name="Show all kinds").click()
        assert page.locator(RESULTS).count() > 0


def test_a_slip_is_told_and_words_are_marked(page: Page, site_url: str) -> None:
    page.goto(site_url)
    ask(page, "wisper")
    expect(page.locator(".wa-search__said")).to_contain_text("read as “whisper”")
    assert page.locator(f"{RESULTS} >> nth=0 >> mark").first.inner_text() == "Whisper"


def test_an_obligation_shows_its_provision(page: Page, site_url: str) -> None:
    page.goto(site_url)
    ask(page, "Art. 17 DSGVO")
    first = page.locator(RESULTS).first
    assert first.locator(".wa-search__names").inner_text().startswith("GDPR, Article 17")


def test_nothing_found_says_so_and_leads_on(page: Page, site_url: str) -> None:
    page.goto(site_url + "models/")
    ask(page, "zzyzx qqq")
    assert page.locator(RESULTS).count() == 0
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"
    rest = page.locator(".wa-search__rest")
    expect(rest).to_contain_text("Nothing in the atlas matches “zzyzx qqq”")
    expect(rest.get_by_role("link", name="What the atlas does not cover")).to_be_visible()
    rest.get_by_role("link", name="All workloads").click()
    page.wait_for_url("**/workloads/")


def test_equal_names_tell_where_they_lead(page: Page, site_url: str) -> None:
    page.goto(site_url + "models/")
    ask(page, "quantqqzz")
    links = page.locator(".wa-search__rest .wa-search__ways").first.locator("a")
    named = [" ".join(link.inner_text().split()) for link in links.all()]
    assert {"Quantization techniques", "Quantization glossary"} <= set(named)
    assert len(set(named)) == len(named)


def test_what_is_typed_stays_text(page: Page, site_url: str) -> None:
    page.goto(site_url)
    ask(page, "<img src=x onerror='window.hacked=1'> zzyzx")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None


def test_nothing_of_it_is_loaded_before_it_is_opened(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "minisearch" in url or url.endswith("search/data.js")] == []
    ask(page, "vllm")
    assert any(url.endswith("search/data.js") for url in asked)
    assert all(url.startswith(site_url) for url in asked if not url.startswith("data:"))


def test_it_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto((site / "models/index.html").as_uri())
    ask(page, "recruitment")
    assert "workloads/recruitment-screening/" in addresses(page)[0]


def test_a_missing_page_offers_it(page: Page, site_url: str, site: Path) -> None:
    html = (site / "404.html").read_text()
    assert "Page not found" in html
    page.route("**/nowhere/", lambda route: route.fulfill(status=404, content_type="text/html", body=html))
    page.goto(site_url + "nowhere/")
    page.locator("article a[data-wa-search]").first.click()
    page.wait_for_selector("dialog.wa-search[data-ready=all]")
    page.locator(FIELD).fill("vllm")
    assert addresses(page)[0].endswith("/engines/vllm/")


def test_without_script_the_link_leads_to_every_page(browser: Browser, site_url: str, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "models/")
    page.locator("a.wa-find").click()
    page.wait_for_url("**/pages/")
    links = set(re.findall(r'<a href="\.\./([a-z][^"#]*/)"', (site / "pages/index.html").read_text()))
    context.close()
    for folder in ("workloads", "models", "obligations", "instruments", "engines"):
        built = {f"{folder}/{path.parent.name}/" for path in (site / folder).glob("*/index.html")}
        assert built <= links


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessible_in_every_state(browser: Browser, site_url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="light" if scheme == "light" else "dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(site_url + "about/")
    for state, query in STATES.items():
        ask(page, query)
        page.keyboard.press("ArrowDown")
        assert everyone.violations(page) == [], state
        assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width, state
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
    context.close()


def test_every_result_leads_somewhere(page: Page, site_url: str, site: Path) -> None:
    """Each entry of the index is a page of the built site, and a place on it where it names one."""
    page.goto(site_url)
    ask(page, "law")
    paths = page.evaluate("[...WASearchData.entries, ...WASearchSources.entries].map(row => row[0])")
    for path in paths:
        address, _, anchor = path.partition("#")
        html = (site / address / "index.html").read_text()
        assert not anchor or f'id="{anchor}"' in html, path
