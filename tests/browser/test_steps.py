"""The back button in every tool: a choice is a step, a run of typing is one, and loading an address is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tools import faultless, open_tool

SHOWN = """(id) => JSON.stringify([...document.querySelectorAll(`:is(#${id}, #wa-compute) :is(input, select)`)]
  .filter((field) => field.type !== "file")
  .map((field) => [field.id || field.name, /checkbox|radio/.test(field.type) ? field.checked : field.value])
  .concat([document.querySelector(`#${id} [role=status], .wa-live`)?.textContent]))"""

CHOICES = {
    "workloads": ("input[name=verdict][value=hybrid]", "input[name=pattern][value=code-and-security]"),
    "portfolio": ("input[value=service-desk-agent]", "input[value=code-completion]"),
    "models": ("#wa-job", "#wa-licence"),
    "size": ("#wa-gpu", "#wa-tp"),
    "cost": ("#wa-cost-workload", "#wa-cost-gpu"),
    "sources": ("#wa-kind", "#wa-order"),
    "decide": (".wa-choice >> nth=0", ".wa-choice >> nth=1"),
    "compare": ("#wa-add", "#wa-add"),
    "regulation/class": ("input[type=radio] >> nth=0", "input[type=radio] >> nth=4"),
    "regulation/role": (".wa-choice >> nth=0", ".wa-choice >> nth=0"),
    "regulation/matrix": ("#wa-pattern", "#wa-state"),
    "regulation/changes": ("#wa-instrument", "#wa-kind"),
    "regulation/evidence": ("#wa-sort", "#wa-show"),
}
"""Two choices in every tool that keeps its state in the address."""

FIELDS = {
    "workloads": "#wa-q",
    "models": "#wa-q",
    "sources": "#wa-text",
    "portfolio": "#wa-pf-title",
    "regulation/role": "#wa-mp",
}
"""Fields that act while one types."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 1280, "height": 900})


def host(name: str) -> str:
    return f"wa-{name.rpartition('/')[2]}"


def place(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def choose(page: Page, name: str, what: str) -> None:
    """Press it, or take the last entry of a list, and wait until the address says so."""
    before = place(page)
    found = page.locator(f"#{host(name)}").locator(what)
    if found.evaluate("node => node.tagName") == "SELECT":
        found.select_option(index=found.locator("option").count() - 1)
        if name == "compare":
            page.get_by_role("button", name="Add", exact=True).click()
    else:
        found.click()
    page.wait_for_function("before => location.hash !== before", arg=before)


def settled(page: Page, name: str) -> str:
    """What the tool shows when it has drawn everything."""
    page.wait_for_function("!document.querySelector('[data-drawing]')")
    return str(page.evaluate(SHOWN, host(name)))


@pytest.mark.parametrize("name", CHOICES)
def test_back_undoes_one_choice_after_the_other(name: str, page: Page, site_url: str) -> None:
    open_tool(page, site_url, name)
    length = page.evaluate("history.length")
    seen = [(place(page), settled(page, name))]
    for what in CHOICES[name]:
        choose(page, name, what)
        seen.append((place(page), settled(page, name)))
    assert page.evaluate("history.length") == length + 2, "each is a step"
    assert len({shown for _, shown in seen}) == 3, "each shows"
    for address, shown in [seen[1], seen[0]]:
        page.go_back()
        page.wait_for_function("address => location.hash === address", arg=address)
        assert settled(page, name) == shown
    page.go_forward()
    page.wait_for_function("address => location.hash === address", arg=seen[1][0])
    assert settled(page, name) == seen[1][1]


@pytest.mark.parametrize("name", FIELDS)
def test_a_run_of_typing_is_one_step(name: str, page: Page, site_url: str) -> None:
    open_tool(page, site_url, name)
    length, empty = page.evaluate("history.length"), settled(page, name)
    field = page.locator(FIELDS[name])
    field.press_sequentially("12", delay=200)
    page.wait_for_timeout(300)
    assert "12" in place(page)
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    page.wait_for_function("location.hash === ''")
    assert field.input_value() == ""
    assert settled(page, name) == empty
    field.press_sequentially("3")
    page.wait_for_timeout(300)
    assert page.evaluate("history.length") == length + 1, "what is typed after a step back is a step of its own"


def test_loading_an_address_is_no_step_even_if_it_is_written_again(page: Page, site_url: str) -> None:
    for name, address in [
        ("size", "#model=none"),
        ("cost", "#workload=none"),
        ("workloads", "#verdict=none,hybrid"),
        ("compare", "#workloads=none,code-completion"),
    ]:
        open_tool(page, site_url, name)
        length = page.evaluate("history.length")
        page.goto("about:blank")
        page.goto(f"{site_url}{name}/{address}")
        page.wait_for_selector(f"#{host(name)}[data-ready]")
        page.wait_for_timeout(300)
        assert "none" not in place(page), name
        assert page.evaluate("history.length") == length + 2, name


def test_a_place_on_the_page_keeps_what_was_chosen_and_is_a_step_of_its_own(page: Page, site_url: str) -> None:
    open_tool(page, site_url, "decide")
    choose(page, "decide", ".wa-choice >> nth=0")
    chosen, shown = place(page), settled(page, "decide")
    page.evaluate("location.hash = '#__skip'")
    page.wait_for_timeout(50)
    assert settled(page, "decide") == shown
    choose(page, "decide", ".wa-choice >> nth=1")
    page.go_back()
    page.wait_for_function("location.hash === '#__skip'")
    page.wait_for_function(f"({SHOWN})('wa-decide') === {shown!r}")
    page.go_back()
    page.wait_for_function("address => location.hash === address", arg=chosen)
    assert settled(page, "decide") == shown


@pytest.mark.parametrize("name", ["decide", "models", "workloads"])
def test_a_browser_that_refuses_the_address_does_not_stop_the_tool(name: str, page: Page, site_url: str) -> None:
    """Safari allows a hundred in half a minute and then throws."""
    open_tool(page, site_url, name)
    page.evaluate(
        """() => {
          window.own = { pushState: history.pushState, replaceState: history.replaceState };
          for (const way of Object.keys(own)) {
            history[way] = () => { throw new DOMException("Too often", "SecurityError"); };
          }
        }"""
    )
    before = settled(page, name)
    found = page.locator(f"#{host(name)}").locator(CHOICES[name][0])
    if name == "models":
        found.select_option(index=2)
    else:
        found.click()
    page.wait_for_timeout(300)
    assert settled(page, name) != before, "the tool goes on"
    assert place(page) == ""
    page.evaluate("Object.assign(history, own)")
    page.wait_for_function("location.hash !== ''", timeout=8000)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("models/#job=code&licence=osi", "#licence=osi"),
        ("sources/#kind=poem&text=vllm", "#text=vllm"),
        ("regulation/matrix/#instrument=gdpr&stat=1", "#instrument=gdpr"),
        ("regulation/evidence/#show=all-of-it&sort=newest", "#sort=newest"),
        ("regulation/changes/#kind=nonsense&instrument=gdpr", "#instrument=gdpr"),
    ],
)
def test_what_a_filter_does_not_know_is_told_and_leaves_the_address(
    browser: Browser, site_url: str, address: str, kept: str
) -> None:
    page = browser.new_page()
    page.goto(f"{site_url}{address}")
    told = page.get_by_text("Left out of the address")
    wrong = next(part for part in address.partition("#")[2].split("&") if part not in kept)
    assert wrong in told.inner_text()
    assert page.evaluate("location.hash") == kept
    page.locator("[data-ready] select").first.select_option(index=1)
    assert told.count() == 0, "until the next choice"
    page.close()
