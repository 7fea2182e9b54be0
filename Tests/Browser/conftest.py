"""Fixtures: one headless Chromium, a fresh mock server per test, pages that tolerate no error."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from .mock_server import MockServer

CHROMIUM_NAMES = ["chromium-headless-shell", "chromium", "google-chrome"]
PATIENCE_MS = 10_000

expect.set_options(timeout=PATIENCE_MS)


def chromium_path():
    wanted = os.environ.get("PARLANCE_CHROMIUM")
    found = wanted or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found or not Path(found).exists():
        pytest.exit("No Chromium found: install chromium-headless-shell or set PARLANCE_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=[
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Opens pages in contexts of their own and fails on script errors and policy violations."""
    contexts = []
    faults = []

    def watch(page):
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: note(message.text))
        return page

    def note(text):
        if "Content Security Policy" in text:
            faults.append(text)

    def open_one(url, **options):
        context = options.pop("context", None)
        if context is None:
            settings = {"viewport": {"width": 390, "height": 844}, "locale": "en-US", **options}
            context = browser.new_context(**settings)
            context.set_default_timeout(PATIENCE_MS)
            contexts.append(context)
        page = watch(context.new_page())
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def server():
    mock = MockServer()
    mock.start()
    yield mock
    mock.stop()


@pytest.fixture
def chat(server, open_page):
    """A page on the mock server, greeted and connected."""
    page = open_page(server.url)
    say_hello(page)
    return page


def say_hello(page):
    page.locator("#welcome-hello").click()
    expect(page.locator(".choice").first).to_be_visible()


def type_and_send(page, text):
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def own_texts(page):
    return page.locator(".message.person .text").all_inner_texts()


def assert_accessible(page):
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert results.violations_count == 0, results.generate_report()


def all_ids(page):
    return page.locator(".message").evaluate_all("all => all.map(each => each.dataset.id)")
