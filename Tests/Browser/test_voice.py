"""The microphone, pictures, and an answer that is still being written."""

import re
import threading

import pytest
from playwright.sync_api import expect

from .conftest import assert_accessible, say_hello

SPEECH_MS = 900
TARGET_SIZE_PX = 44
WEBM = b"\x1a\x45\xdf\xa3"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
DENIED = """() => {
  navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException("no", "NotAllowedError"));
}"""
MICROPHONE = {"en": "Record a voice message", "fa": "ضبط پیام صوتی", "ar": "تسجيل رسالة صوتية"}
STOP = {"en": "Stop and send", "fa": "پایان ضبط و ارسال", "ar": "إيقاف التسجيل والإرسال"}


def record(page, language="en"):
    page.get_by_role("button", name=MICROPHONE[language]).click()
    expect(page.get_by_role("button", name=STOP[language])).to_be_focused()
    page.wait_for_timeout(SPEECH_MS)


def uploads(server):
    return [body for body in server.sends if "file" in body]


def test_a_recording_is_sent_and_can_be_played(chat, server):
    record(chat)
    expect(chat.get_by_role("timer")).to_have_text(re.compile(r"^0:0\d$"))
    chat.get_by_role("button", name="Stop and send").click()
    expect(chat.locator(".message.person audio")).to_have_attribute("aria-label", "Voice message")
    expect(chat.locator(".message.person .mark-sent")).to_have_count(2)
    (sent,) = uploads(server)
    assert sent["type"] == "audio/webm"
    assert sent["file"].startswith(WEBM)
    assert sent["seconds"] in (1, 2)
    expect(chat.get_by_role("button", name="Record a voice message")).to_be_focused()
    duration = chat.locator(".message.person audio").evaluate(
        "audio => audio.play().then(() => audio.currentTime >= 0)"
    )
    assert duration
    chat.reload()
    address = chat.locator(".message.person audio").get_attribute("src")
    assert re.search(r"/gateway/webchat/[\w-]+/media/\d+$", address)


def test_a_recording_can_be_given_up_by_keyboard_alone(chat, server):
    chat.locator("#text").focus()
    chat.keyboard.press("Tab")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("group", name="Recording…")).to_be_visible()
    expect(chat.locator("#notice")).to_have_text("Recording…")
    chat.keyboard.press("Escape")
    expect(chat.locator("#recorder")).to_be_hidden()
    expect(chat.get_by_role("button", name="Record a voice message")).to_be_focused()
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Stop and send")).to_be_focused()
    chat.keyboard.press("Shift+Tab")
    chat.keyboard.press("Enter")
    expect(chat.locator("#recorder")).to_be_hidden()
    assert uploads(server) == []


def test_a_press_without_words_is_not_sent(chat, server):
    chat.get_by_role("button", name="Record a voice message").click()
    chat.get_by_role("button", name="Stop and send").click()
    expect(chat.locator("#notice")).to_contain_text("too short")
    assert uploads(server) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "blocked"), ("fa", "میکروفون"), ("ar", "الميكروفون")]
)
def test_a_refused_microphone_is_explained_in_the_language_of_the_page(
    server, open_page, language, words
):
    page = open_page(f"{server.url}/?lang={language}")
    page.evaluate(DENIED)
    page.get_by_role("button", name=MICROPHONE[language]).click()
    expect(page.locator("#notice")).to_contain_text(words)
    expect(page.locator("#recorder")).to_be_hidden()
    expect(page.locator("#text")).to_be_visible()


def test_where_nothing_can_be_recorded_there_is_no_microphone(server, open_page):
    page = open_page("about:blank")
    page.add_init_script("delete window.MediaRecorder")
    page.goto(server.url)
    say_hello(page)
    expect(page.locator("#record")).to_be_hidden()
    expect(page.get_by_role("button", name="Add a picture")).to_be_visible()


def test_a_recording_waits_for_the_line_and_goes_out_once(chat, server):
    server.faults.send_cut_after = 1
    server.faults.send_busy = 1
    record(chat)
    chat.get_by_role("button", name="Stop and send").click()
    expect(chat.locator(".message.person .mark-sent")).to_have_count(2)
    expect(chat.locator(".message.person audio")).to_have_count(1)
    assert len({sent["id"] for sent in uploads(server)}) == 1
    assert len(server.chat().files) == 1


def test_a_refused_recording_can_be_sent_again(chat, server):
    server.faults.refuse = "Not today"
    record(chat)
    chat.get_by_role("button", name="Stop and send").click()
    expect(chat.locator(".refusal")).to_contain_text("Not today")
    expect(chat.locator(".refusal").get_by_role("button", name="Edit")).to_have_count(0)
    server.faults.refuse = ""
    chat.get_by_role("button", name="Try again").click()
    expect(chat.locator(".message.person .mark-sent")).to_have_count(2)


def test_what_has_gone_out_of_a_file_is_shown(chat, server):
    server.faults.hold_sends = threading.Event()
    chat.locator("#picture-file").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(chat.locator(".mark-sending .share")).to_have_text("100%")
    server.faults.hold_sends.set()
    expect(chat.get_by_role("img", name="Picture")).to_be_visible()
    expect(chat.locator(".mark-sending")).to_have_count(0)
    assert uploads(server)[0]["file"] == PNG


def test_other_files_than_pictures_are_not_sent(chat, server):
    chat.locator("#picture-file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    expect(chat.locator("#notice")).to_contain_text("JPEG")
    assert uploads(server) == []


def test_a_file_that_is_no_longer_kept_says_so(chat, server):
    server.say("", sender="person", media={"kind": "voice", "url": None, "name": ""})
    expect(chat.locator(".lost")).to_have_text("No longer available")


def test_an_answer_grows_until_the_message_takes_its_place(chat, server):
    server.emit("draft", {"markup": "**Good**, but", "language": "en"})
    draft = chat.locator("#draft")
    expect(draft.locator("strong")).to_have_text("Good")
    server.emit("draft", {"markup": "**Good**, but <b>say</b>", "language": "en"})
    expect(draft).to_contain_text("but <b>say</b>")
    # It would be read out with every word; the message is read out once.
    assert draft.get_attribute("aria-hidden") == "true"
    server.say("Good, but say “she goes”.", markup="**Good**, but say “she goes”.")
    expect(chat.locator("#log").get_by_text("she goes")).to_be_visible()
    expect(draft).to_be_hidden()


def test_a_draft_does_not_outlive_the_line(chat, server):
    server.emit("draft", {"markup": "Half a sen", "language": "en"})
    expect(chat.locator("#draft")).to_be_visible()
    server.drop_streams()
    expect(chat.locator("#draft")).to_be_hidden()


def test_a_voice_on_its_way_is_announced_as_one(chat, server):
    server.emit("typing", {"active": True, "voice": True})
    expect(chat.get_by_role("img", name="The tutor is recording a voice message")).to_be_visible()
    server.emit("typing", {"active": True})
    expect(chat.get_by_role("img", name="The tutor is typing")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_recording_is_accessible_and_fits_a_phone(server, open_page, language, scheme):
    page = open_page(
        f"{server.url}/?lang={language}",
        viewport={"width": 320, "height": 640},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    expect(page.locator("#record")).to_be_visible()
    assert_fits(page, ["#attach", "#record", "#send", "#text"])
    record(page, language)
    assert_accessible(page)
    assert_fits(page, ["#record-cancel", "#record-stop", "#record-time"])
    page.get_by_role("button", name=STOP[language]).click()
    expect(page.locator(".choice").first).to_be_visible()
    server.emit("draft", {"markup": "A draft", "language": language})
    expect(page.locator("#draft")).to_be_visible()
    assert_accessible(page)


def assert_fits(page, names):
    width = page.viewport_size["width"]
    for name in names:
        box = page.locator(name).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, name
        if name not in ("#record-time", "#text"):
            assert box["width"] >= TARGET_SIZE_PX and box["height"] >= TARGET_SIZE_PX, name


def test_the_widget_lets_the_chat_use_the_microphone(server, open_page):
    page = open_page(f"{server.url}/host")
    page.get_by_role("button", name="Practice English").click()
    frame = page.frame_locator("iframe")
    expect(page.locator("iframe")).to_have_attribute("allow", "microphone")
    frame.get_by_role("button", name="Say hello").click()
    frame.get_by_role("button", name="Record a voice message").click()
    expect(frame.get_by_role("button", name="Stop and send")).to_be_focused()
    page.wait_for_timeout(SPEECH_MS)
    frame.get_by_role("button", name="Stop and send").click()
    expect(frame.locator(".message.person audio")).to_be_visible()
