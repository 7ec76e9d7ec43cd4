"""The fields of /cost/ and its address: what is taken, what is told, and what follows from a choice."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from macros import cost_shape
from macros.derive import Derived
from tests.browser.cost import at, visit
from tests.browser.tools import faultless, sending_nothing


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


@pytest.fixture(scope="module")
def suggested(derived: Derived) -> str:
    """Everything that the calculator is told of audio transcribed in batches, where its page links to it."""
    item = derived.workloads["batch-transcription"]
    keys, _ = cost_shape.completed(derived.atlas, item, {"workload": "batch-transcription"})
    return f"#{urlencode(keys)}"


def test_a_change_goes_into_the_address_and_nothing_leaves_the_browser(page: Page, site_url: str) -> None:
    with sending_nothing(page, lambda: visit(page, site_url)):
        page.get_by_label("Model behind an API").select_option("openai-gpt-6-luna")
        page.locator("#wa-cost-units").fill("5000")
        page.locator("#wa-cost-units").press("Tab")
        page.locator("summary", has_text="Every figure").click()
        page.get_by_label("Busiest hour over mean").fill("2..3..4")
        page.get_by_label("Busiest hour over mean").press("Tab")
    assert "api=openai-gpt-6-luna" in page.url and "units=5000" in page.url and "peak=2..3..4" in page.url
    shown = page.locator("#wa-cost").inner_text()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#wa-cost[data-ready]")
    page.locator("summary", has_text="Every figure").click()
    assert page.locator("#wa-cost").inner_text() == shown


def message(page: Page, label: str) -> str:
    """What is told at the field of this label, which is linked to it."""
    field = page.get_by_label(label, exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    return page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()


def test_what_an_address_says_and_cannot_be_taken_is_told_at_its_field(calculator: Page) -> None:
    page = at(calculator, "#api=none&rate=-2&peak=3..2&units=100&nonsense=1")
    rent, peak = "Rent of an accelerator, an hour", "Busiest hour over mean, times"
    assert "“none” is not in this list" in message(page, "Model behind an API")
    assert message(page, rent) == f"{rent}: −2 is out of range; write at least 0 (an hour)."
    assert "“3..2” is no range; write low..high" in message(page, peak)
    waits = page.locator("#wa-cost [role=status]").first.inner_text()
    assert waits.startswith("The answer waits for") and rent in waits and peak in waits
    assert "nonsense=1" in page.locator(".wa-caution[role=status]").inner_text()
    assert "rate=-2" not in page.url and "nonsense" not in page.url


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc", "“abc” is no number; write one such as 1200, 2.5B, 10k or 40%."),
        ("-5", "−5 is out of range; write at least 0 and at most 1,000,000,000,000,000 (units a month)."),
        ("2,50", "“2,50” is no number; for decimals write 2.50."),
    ],
)
def test_a_wrong_input_is_told_at_its_field_and_the_answer_waits(calculator: Page, text: str, words: str) -> None:
    page = at(calculator, "#api=openai-gpt-6-luna&rate=2&speed_out=900&units=100&tokens_in=1000&tokens_out=10")
    label = "Volume, units a month"
    before = page.locator("#wa-cost [role=status]").first.inner_text()
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    assert message(page, label) == f"{label}: {words}"
    assert page.get_by_label(label).input_value() == text
    said = page.locator("#wa-cost [role=status]").first.inner_text()
    assert said.startswith(f"The answer waits for “{label}” (100 counts meanwhile).")
    assert said.endswith(before) and "units=100" in page.url
    page.get_by_label(label).fill("200")
    page.get_by_label(label).press("Tab")
    assert page.get_by_label(label).get_attribute("aria-invalid") is None
    said = page.locator("#wa-cost [role=status]").first.inner_text()
    assert said.startswith("At 200 units a month") and "waits" not in page.locator("#wa-cost").inner_text()


def test_another_currency_without_a_rate_converts_nothing(calculator: Page) -> None:
    page = at(
        calculator, "#api=openai-gpt-6-luna&gpu=h100-sxm&currency=EUR&units=100&tokens_in=1000&tokens_out=10"
    )
    assert "what a dollar costs in EUR" in page.locator("#wa-cost").inner_text()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#cached=0.7&written=0.7&units=1000&price_in=1&rate=2", "together they are at most 100 %"),
        ("#units=5000&price_in=3&rate=2&reserved_rate=1.2", "say below which share is reserved"),
        ("#currency=EUR&api=openai-gpt-6-luna&units=100&platform=5000", "say what a dollar costs in EUR"),
    ],
)
def test_what_the_command_refuses_is_not_answered(calculator: Page, address: str, told: str) -> None:
    page = at(calculator, address)
    assert told in page.locator("#wa-cost [role=status]").first.inner_text()
    assert page.locator("#wa-cost table").count() == 0


def test_tokens_of_a_month_are_the_volume(calculator: Page) -> None:
    page = at(calculator, "#api=openai-gpt-6-luna&gpu=h100-sxm&rate=2")
    page.locator("#wa-cost-month_in").fill("300M")
    page.locator("#wa-cost-month_in").press("Tab")
    page.locator("#wa-cost-month_out").fill("100M")
    page.locator("#wa-cost-month_out").press("Tab")
    assert page.locator("#wa-cost [role=status]").first.inner_text().startswith("At 400 million tokens a month")
    assert page.locator("#wa-cost-tokens_in").input_value() == "750000"
    assert page.get_by_label("Volume, million tokens a month").input_value() == "400"
    page.locator("#wa-cost-month_out").fill("1,5")
    page.locator("#wa-cost-month_out").press("Tab")
    assert "for decimals write 1.5" in page.locator("#wa-cost-month_out-wrong").inner_text()
    page.locator("#wa-cost-month_in").fill("1.200")
    page.locator("#wa-cost-month_in").press("Tab")
    assert "write 1200, or 1.2000 if that is meant" in page.locator("#wa-cost-month_in-wrong").inner_text()
    page = at(page, "#unit=page&units=1000&tokens_out=200&api=openai-gpt-6-luna&rate=2")
    page.locator("#wa-cost-month_in").fill("2M")
    page.locator("#wa-cost-month_in").press("Tab")
    assert page.locator("#wa-cost-tokens_in").input_value() == "2000"
    assert page.locator("#wa-cost-units").input_value() == "1000"


def opened(page: Page, site_url: str, fragment: str) -> str:
    """What the calculator says first when it is opened anew at this address."""
    page.goto("about:blank")
    page.goto(f"{site_url}cost/{fragment}")
    page.wait_for_selector("#wa-cost[data-ready]")
    return page.locator("#wa-cost [role=status]").first.inner_text()


def test_a_workload_alone_is_compared_as_its_page_does(page: Page, site_url: str, suggested: str) -> None:
    """As the command does: a model behind an API, and what is suggested to host; what is taken away stays away."""
    alone = opened(page, site_url, "#workload=batch-transcription")
    assert alone == opened(page, site_url, suggested)
    choices = [page.locator(f"#wa-cost-{name}") for name in ("api", "model", "gpu")]
    assert all(choice.input_value() for choice in choices)
    for choice in choices:
        choice.select_option("")
    page.get_by_text("Every figure and the currency, to change").click()
    cleared = 0
    for field in page.locator("#wa-cost details input").all():
        origin = field.locator("xpath=following-sibling::span")
        if origin.count() and origin.text_content() in ("yours", "suggested on the page of the workload"):
            field.fill("")
            field.press("Tab")
            cleared += 1
    assert cleared >= 4, "cards, two speeds and their share"
    assert page.url.endswith("#workload=batch-transcription&api=&model=")
    page.reload()
    page.wait_for_selector("#wa-cost[data-ready]")
    assert not any(choice.input_value() for choice in choices)


def test_another_workload_brings_its_own_suggestion(page: Page, site_url: str) -> None:
    """What the first suggested gives way; another currency turns its amounts; what was changed stays."""
    second = opened(page, site_url, "#workload=internal-knowledge-assistant")
    euro = opened(page, site_url, "#workload=internal-knowledge-assistant&currency=EUR&per_usd=0.8")
    assert euro != second
    opened(page, site_url, "#workload=batch-transcription")
    page.get_by_label("Workload", exact=True).select_option("internal-knowledge-assistant")
    assert page.locator("#wa-cost [role=status]").first.inner_text() == second
    page.get_by_text("Every figure and the currency, to change").click()
    page.get_by_label("What one US dollar costs in it").fill("0.8")
    page.get_by_label("What one US dollar costs in it").press("Tab")
    page.locator("#wa-cost-currency").select_option("EUR")
    assert page.locator("#wa-cost [role=status]").first.inner_text() == euro
    page.get_by_label("Rent of an accelerator, an hour", exact=True).fill("3")
    page.get_by_label("Rent of an accelerator, an hour", exact=True).press("Tab")
    page.get_by_label("Workload", exact=True).select_option("code-completion")
    assert "rate=3&" in page.url


def test_characters_become_tokens_under_the_names_of_the_command(page: Page, site_url: str) -> None:
    visit(page, site_url, "#characters_in=6000&characters_out=1k&units=10k&price_in=1&price_out=5&rate=2")
    assert page.input_value("#wa-cost-tokens_in") == "1500"
    assert page.get_by_role("rowheader", name="One unit", exact=True).count() == 1, "of units, one is a unit"
    assert page.input_value("#wa-cost-f-characters_out") == "1k"
    assert "--characters-in 6000 --characters-out 1k" in page.inner_text(".wa-command")
    assert "--characters-token" not in page.inner_text(".wa-command")
    page.fill("#wa-cost-f-characters_token", "3")
    page.press("#wa-cost-f-characters_token", "Tab")
    assert page.input_value("#wa-cost-tokens_in") == "2000"
    assert "characters_token=3" in page.url
    page.fill("#wa-cost-tokens_in", "900")
    page.press("#wa-cost-tokens_in", "Tab")
    assert "characters_in" not in page.url and "characters_out=1k" in page.url, "the last one said counts"
    page.goto("about:blank")
    visit(page, site_url, "#tokens_in=100&characters_in=6000&price_in=1&rate=2")
    assert page.input_value("#wa-cost-tokens_in") == "100"
    assert "characters_in=6000" in page.inner_text(".wa-caution[role=status]"), "what is left out is told"
