"""The page in the hands of people: reading, writing, keyboards, small screens, two directions."""

import pytest
from playwright.sync_api import expect

from .conftest import assert_accessible, own_texts, say_hello, type_and_send

TARGET_SIZE_PX = 44
TEXT_LENGTH_MAX = 4000
FINISHED = {"en": "Lesson complete", "fa": "درس تمام شد"}


def assert_no_sideways_scroll(page):
    assert page.evaluate(
        "[document.documentElement, document.getElementById('scroller')]"
        ".every(each => each.scrollWidth <= each.clientWidth)"
    )


def test_hostile_text_is_shown_as_text(chat, server):
    hostile = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>"
    server.say(hostile, markup=f"**{hostile}**", choices=[{"id": "99:a", "title": hostile}])
    server.say("A file", media={"kind": "document", "url": "javascript:alert(1)", "name": "x"})
    type_and_send(chat, hostile)
    expect(chat.get_by_text("A file")).to_be_visible()
    expect(chat.locator(".message strong", has_text="onerror")).to_have_text(hostile)
    expect(chat.locator(".choice", has_text="onerror")).to_have_text(hostile)
    assert hostile in own_texts(chat)
    assert chat.locator("#log img, #log script, #log a[href^=javascript]").count() == 0
    assert "owned" not in chat.title()


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("**bold** and _slanted_", "<strong>bold</strong> and <em>slanted</em>"),
        ("**bold _both_**", "<strong>bold <em>both</em></strong>"),
        ("`a_b_c` stays", "<code>a_b_c</code> stays"),
        (r"2 \* 3 \*\* 4 \_x\_", "2 * 3 ** 4 _x_"),
        ("snake_case_name", "snake_case_name"),
        ("She ___ tea", "She ___ tea"),
        ("an ** unpaired _ mark", "an ** unpaired _ mark"),
    ],
)
def test_markup_becomes_elements_and_the_rest_stays_text(chat, server, markup, html):
    shown_count = chat.locator(".message .text").count()
    server.say("plain", markup=markup)
    expect(chat.locator(".message .text")).to_have_count(shown_count + 1)
    assert chat.locator(".message .text").last.inner_html() == html


def test_progress_is_read_as_words_in_the_language_of_the_page(chat, server):
    server.say("▰▰▰▱▱▱▱▱ 3/8\nQuestion")
    expect(chat.get_by_role("img", name="3 of 8")).to_be_visible()
    server.say("▰▰▱ ۲/۳\nپرسش", language="fa")
    expect(chat.get_by_role("img", name="۲ از ۳")).to_be_visible()


def test_pictures_and_voice_from_the_server_are_shown(chat, server):
    server.say("Look", media={"kind": "image", "url": "/chat-picture", "name": "A red apple"})
    server.say("Listen", media={"kind": "voice", "url": "/chat-voice", "name": None})
    expect(chat.get_by_role("img", name="A red apple")).to_have_count(1)
    expect(chat.locator("audio[controls]")).to_have_attribute("aria-label", "Voice message")


def test_using_a_button_settles_all_of_them_and_marks_the_chosen(chat):
    chat.locator(".choice", has_text="English").click()
    chosen = chat.get_by_role("button", name="English")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_disabled()
    expect(chat.get_by_role("button", name="فارسی")).to_be_disabled()
    assert own_texts(chat) == ["Hello!", "English"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_has_no_accessibility_violations(server, open_page, scheme, language):
    page = open_page(
        f"{server.url}/?lang={language}", color_scheme=scheme, reduced_motion="reduce"
    )
    expect(page.locator("#welcome-hello")).to_be_visible()
    assert_accessible(page)
    say_hello(page)
    page.locator(".choice", has_text={"en": "English", "fa": "فارسی"}[language]).click()
    type_and_send(page, "Sara")
    page.locator(".choice", has_text="Learn").click()
    expect(page.get_by_role("img", name="1")).to_be_visible()
    server.say("A colleague writes, see https://example.org", sender="staff")
    server.faults.refuse = "Refused."
    type_and_send(page, "x" * 20)
    expect(page.locator(".refusal")).to_be_visible()
    page.locator("#text").fill("y" * (TEXT_LENGTH_MAX + 5))
    server.emit("typing", {"active": True})
    expect(page.locator("#typing")).to_be_visible()
    page.locator("#menu-button").click()
    assert page.locator("html").get_attribute("lang") == language
    assert_accessible(page)
    page.locator("#menu-fresh").click()
    assert_accessible(page)


def test_a_persian_conversation_turns_the_page_around(chat):
    chat.locator(".choice", has_text="فارسی").click()
    expect(chat.locator("html")).to_have_attribute("dir", "rtl")
    expect(chat.locator("html")).to_have_attribute("lang", "fa")
    expect(chat.get_by_role("button", name="ارسال")).to_be_visible()
    expect(chat.get_by_label("پیام", exact=True)).to_be_visible()
    assert set(chat.locator(".bubble").evaluate_all("all => all.map(each => each.dir)")) == {"auto"}
    own = chat.locator(".message.person .shell").last.bounding_box()
    theirs = chat.locator(".message.bot .shell").last.bounding_box()
    assert own["x"] < theirs["x"]
    chat.reload()
    expect(chat.locator("html")).to_have_attribute("dir", "rtl")


def test_the_first_language_follows_the_browser_and_the_address(server, open_page):
    page = open_page(server.url, locale="ar-EG")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.goto(f"{server.url}/?lang=fa-IR")
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    page.goto(f"{server.url}/?lang=de")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize("language", ["English", "فارسی"])
def test_everything_can_be_done_with_a_keyboard_alone(server, open_page, language):
    page = open_page(server.url)
    keyboard = page.keyboard
    expect(page.locator("#welcome-hello")).to_be_visible()
    focus_by_tab(page, "#welcome-hello")
    keyboard.press("Enter")
    expect(page.locator(".choice").first).to_be_visible()
    focus_by_tab(page, f".choice:has-text('{language}')")
    keyboard.press("Enter")
    # The next question's first button takes the focus over from the one just used.
    expect(page.locator(".choice:enabled").first).to_be_focused()
    focus_by_tab(page, "#text")
    keyboard.type("Sara")
    keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("")
    focus_by_tab(page, ".choice:has-text('Learn')", key="Shift+Tab")
    keyboard.press("Space")
    for number in range(3):
        expect(page.locator(".progress")).to_have_count(number + 1)
        expect(page.locator(".choices").last.locator(".choice").first).to_be_focused()
        keyboard.press("Enter")
    code = "en" if language == "English" else "fa"
    expect(page.get_by_text(FINISHED[code])).to_be_visible()


def focus_by_tab(page, selector, key="Tab", press_count_max=40):
    for _ in range(press_count_max):
        page.keyboard.press(key)
        if page.locator(selector).last.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{selector} was not reached with {key}")


def test_the_field_takes_the_focus_when_the_next_step_is_typing(chat, server):
    server.answering = False
    chat.locator(".choice", has_text="English").focus()
    chat.keyboard.press("Enter")
    server.say("Write your name, please.")
    expect(chat.locator("#text")).to_be_focused()


def test_new_messages_are_announced_and_old_ones_are_not(chat, server):
    log = chat.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    # Holding the stored conversation back shows what a screen reader meets while it loads.
    chat.route("**/messages*", lambda route: None)
    chat.reload()
    expect(log).to_have_attribute("aria-live", "off")
    expect(log).to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(server, open_page, language):
    page = open_page(f"{server.url}/?lang={language}", viewport={"width": 320, "height": 568})
    expect(page.locator("#welcome-hello")).to_be_visible()
    assert_no_sideways_scroll(page)
    say_hello(page)
    long = "pneumonoultramicroscopicsilicovolcanoconiosis" * 4
    server.say(
        f"▰▰▰▰▰▰▰▰▰▰▱▱ 10/12\n{long}\nhttps://example.org/{long}",
        markup=f"▰▰▰▰▰▰▰▰▰▰▱▱ 10/12\n**{long}** `{long}`",
        choices=[{"id": "98:a", "title": long}, {"id": "98:b", "title": "گزینهٔ بلند " * 12}],
        language=language,
    )
    type_and_send(page, long)
    expect(page.locator(".choice", has_text="pneumono")).to_be_visible()
    assert_no_sideways_scroll(page)


def test_every_target_is_large_enough_for_a_thumb(chat, server):
    server.faults.refuse = "Refused."
    type_and_send(chat, "no")
    expect(chat.locator(".refusal")).to_be_visible()
    chat.locator("#menu-button").click()
    for button in chat.locator("button:visible, textarea:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= TARGET_SIZE_PX, button.inner_text()
    assert chat.locator("#text").evaluate("field => getComputedStyle(field).fontSize") == "16px"


def test_a_text_over_the_limit_is_counted_and_not_sent(chat, server):
    field = chat.locator("#text")
    field.fill("a" * 3500)
    expect(chat.locator("#counter")).to_be_empty()
    field.fill("a" * 3990)
    expect(chat.locator("#counter")).to_have_text("10 characters left")
    field.fill("a" * (TEXT_LENGTH_MAX + 1))
    expect(chat.locator("#counter")).to_have_text("1 characters too many")
    field.press("Enter")
    assert own_texts(chat) == ["Hello!"]
    field.fill("a" * TEXT_LENGTH_MAX)
    field.press("Enter")
    expect(chat.locator(".mark-sent")).to_have_count(2)


def test_enter_sends_but_not_with_shift_and_not_while_composing(chat, server):
    server.answering = False
    field = chat.locator("#text")
    field.fill("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    for composing in [{"isComposing": True}, {"keyCode": 229}]:
        chat.evaluate(
            "more => document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown',"
            " { key: 'Enter', bubbles: true, cancelable: true, ...more }))",
            composing,
        )
    assert own_texts(chat) == ["Hello!"]
    field.press("Enter")
    assert own_texts(chat) == ["Hello!", "one\ntwo"]
    field.fill("   \n ")
    field.press("Enter")
    assert own_texts(chat) == ["Hello!", "one\ntwo"]


def test_an_unfinished_text_survives_a_reload(chat):
    chat.locator("#text").fill("half a thou")
    chat.reload()
    expect(chat.locator("#text")).to_have_value("half a thou")


def test_a_reader_who_scrolled_up_is_left_where_they_are(chat, server):
    for number in range(40):
        server.say(f"line {number}")
    expect(chat.get_by_text("line 39", exact=True)).to_be_in_viewport()
    scroller = chat.locator("#scroller")
    scroller.evaluate("each => { each.scrollTop = 100; }")
    expect(chat.locator("#jump")).to_be_visible()
    server.say("fresh news")
    expect(chat.locator("#jump")).to_have_text("New messages")
    assert scroller.evaluate("each => each.scrollTop") == 100
    chat.locator("#jump").click()
    expect(chat.get_by_text("fresh news")).to_be_in_viewport()
    expect(chat.locator("#jump")).to_be_hidden()


def test_days_are_separated(chat, server):
    day_ms = 86_400_000
    now = server.chat().messages[0]["at"]
    server.chat().messages[0]["at"] = now - day_ms
    chat.reload()
    expect(chat.locator(".day")).to_have_text(["yesterday", "today"])


def test_typing_is_shown_until_the_answer_comes(chat, server):
    server.emit("typing", {"active": True})
    expect(chat.get_by_role("img", name="The tutor is typing")).to_be_visible()
    server.say("There you are")
    expect(chat.locator("#typing")).to_be_hidden()
    server.emit("typing", {"active": True})
    expect(chat.locator("#typing")).to_be_visible()
    server.emit("typing", {"active": False})
    expect(chat.locator("#typing")).to_be_hidden()


def test_motion_is_still_for_those_who_asked_for_it(server, open_page):
    page = open_page(server.url, reduced_motion="reduce")
    say_hello(page)
    assert page.evaluate("document.getAnimations().length") == 0
    server.emit("typing", {"active": True})
    expect(page.locator("#typing")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_new_conversation_starts_only_after_a_confirmation(chat):
    before = chat.evaluate("localStorage.getItem('parlance.chat')")
    assert len(before) == 22
    chat.locator("#menu-button").click()
    chat.get_by_role("button", name="New conversation").click()
    chat.get_by_role("button", name="Cancel").click()
    expect(chat.locator("#menu-button")).to_be_focused()
    assert chat.evaluate("localStorage.getItem('parlance.chat')") == before
    chat.locator("#menu-button").click()
    chat.get_by_role("button", name="New conversation").click()
    chat.get_by_role("button", name="Start new").click()
    expect(chat.locator("#welcome-hello")).to_be_visible()
    after = chat.evaluate("localStorage.getItem('parlance.chat')")
    assert len(after) == 22
    assert after != before


def test_escape_closes_the_menu_and_returns_the_focus(chat):
    chat.locator("#menu-button").click()
    chat.keyboard.press("Tab")
    chat.keyboard.press("Escape")
    expect(chat.locator("#menu-items")).to_be_hidden()
    expect(chat.locator("#menu-button")).to_be_focused()
