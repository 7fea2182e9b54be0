"""The launcher and panel on somebody else's page, under a policy that allows no inline style."""

import pytest
from playwright.sync_api import expect

from .conftest import assert_accessible

PHONE = {"width": 360, "height": 640}


@pytest.fixture
def host(server, open_page):
    return open_page(f"{server.url}/host", viewport={"width": 1000, "height": 760})


def test_the_widget_opens_chats_and_closes_with_escape(host, server):
    launcher = host.locator(".launcher")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.click()
    expect(launcher).to_have_attribute("aria-expanded", "true")
    frame = host.frame_locator("iframe")
    frame.locator("#welcome-hello").click()
    expect(frame.locator(".choice").first).to_be_visible()
    expect(frame.locator("#menu-button")).to_be_hidden()
    host.keyboard.press("Escape")
    expect(host.locator(".panel")).to_be_hidden()
    expect(launcher).to_be_focused()
    launcher.click()
    expect(frame.locator(".choice").first).to_be_visible()
    host.locator(".close").press("Escape")
    expect(host.locator(".panel")).to_be_hidden()


def test_unread_messages_are_counted_on_the_launcher(host, server):
    host.locator(".launcher").click()
    host.frame_locator("iframe").locator("#welcome-hello").click()
    expect(host.frame_locator("iframe").locator(".choice").first).to_be_visible()
    expect(host.locator(".badge")).to_be_hidden()
    host.keyboard.press("Escape")
    expect(host.locator(".panel")).to_be_hidden()
    # One turn of the frame's event loop: it has then been told that it is out of sight.
    host.frames[1].evaluate("() => new Promise((resolve) => setTimeout(resolve))")
    server.say("Are you there?")
    server.say("Your lesson is ready.")
    expect(host.locator(".badge")).to_have_text("2")
    expect(host.get_by_role("button", name="2 new messages")).to_be_visible()
    host.evaluate("window.postMessage({ type: 'parlance:unread', count: 77 }, '*')")
    server.say("One more.")
    expect(host.locator(".badge")).to_have_text("3")
    host.locator(".launcher").click()
    expect(host.locator(".badge")).to_be_hidden()
    expect(host.frame_locator("iframe").get_by_text("One more.")).to_be_visible()


def test_a_returning_visitor_sees_unread_messages_without_opening(host, server):
    host.locator(".launcher").click()
    host.frame_locator("iframe").locator("#welcome-hello").click()
    expect(host.frame_locator("iframe").locator(".choice").first).to_be_visible()
    host.reload()
    server.wait_for_stream(2)
    expect(host.frame_locator("iframe").locator("#log")).to_have_attribute("aria-live", "polite")
    server.say("Welcome back")
    expect(host.locator(".badge")).to_have_text("1")


def test_including_the_script_twice_adds_one_launcher(host):
    expect(host.locator(".launcher")).to_have_count(1)
    assert host.evaluate("Object.keys(window).filter(key => /parlance/i.test(key))") == []


def test_the_panel_fills_a_phone(server, open_page):
    page = open_page(f"{server.url}/host?lang=fa", viewport=PHONE)
    page.locator(".launcher").click()
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".launcher")).to_be_hidden()
    box = page.locator(".panel").bounding_box()
    assert (round(box["width"]), round(box["height"])) == (PHONE["width"], PHONE["height"])
    page.locator(".close").click()
    expect(page.locator(".launcher")).to_be_focused()


@pytest.mark.parametrize(
    ("query", "is_left"),
    [
        ("", False), ("?position=start", True), ("?lang=fa", True),
        ("?lang=fa&position=start", False),
    ],
)
def test_the_launcher_stands_at_the_chosen_end_of_the_line(server, open_page, query, is_left):
    page = open_page(f"{server.url}/host{query}")
    box = page.locator(".launcher").bounding_box()
    assert (box["x"] < 390 / 2) == is_left


def test_the_widget_has_no_accessibility_violations(server, open_page):
    # Contrast is that of the panel at rest, not while it fades in.
    host = open_page(f"{server.url}/host", reduced_motion="reduce")
    assert_accessible(host)
    host.locator(".launcher").click()
    expect(host.frame_locator("iframe").locator("#welcome-hello")).to_be_visible()
    assert_accessible(host)
