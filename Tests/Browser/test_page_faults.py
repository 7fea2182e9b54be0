"""What the page does when the line, the server or the visitor's device fails."""

import json
import threading

from playwright.sync_api import expect

from .conftest import all_ids, own_texts, say_hello, type_and_send


def assert_each_once_in_order(page, server):
    """The page shows exactly the server's messages, in the server's order."""
    expected = [message["id"] for message in server.chat().messages]
    expect(page.locator(".message")).to_have_count(len(expected))
    page.wait_for_function(
        "ids => JSON.stringify([...document.querySelectorAll('.message')]"
        ".map(each => each.dataset.id)) === ids",
        arg=json.dumps(expected, separators=(",", ":")),
    )
    assert all_ids(page) == expected


def test_a_reload_in_the_middle_shows_the_same_conversation(chat, server):
    chat.locator(".choice", has_text="English").click()
    expect(chat.get_by_text("What should I call you?")).to_be_visible()
    before = chat.locator(".message").all_inner_texts()
    chat.reload()
    expect(chat.get_by_text("What should I call you?")).to_be_visible()
    assert chat.locator(".message").all_inner_texts() == before
    type_and_send(chat, "Sara")
    expect(chat.get_by_text("Your profile")).to_be_visible()
    assert_each_once_in_order(chat, server)


def test_messages_written_offline_go_out_once_and_in_order(chat, server):
    server.answering = False
    chat.context.set_offline(True)
    expect(chat.locator("#notice")).to_contain_text("Offline: messages are kept")
    for text in ["one", "two", "three"]:
        type_and_send(chat, text)
    expect(chat.locator(".mark-sending")).to_have_count(3)
    chat.context.set_offline(False)
    expect(chat.locator(".mark-sent")).to_have_count(4)
    expect(chat.locator("#presence")).to_have_text("Online")
    assert own_texts(chat) == ["Hello!", "one", "two", "three"]
    assert_each_once_in_order(chat, server)


def test_messages_written_offline_survive_closing_the_page(chat, server, open_page):
    server.answering = False
    context = chat.context
    context.set_offline(True)
    type_and_send(chat, "kept over night")
    expect(chat.locator(".mark-sending")).to_have_count(1)
    chat.close()
    context.set_offline(False)
    page = open_page(server.url, context=context)
    expect(page.locator(".mark-sent")).to_have_count(2)
    assert own_texts(page) == ["Hello!", "kept over night"]
    assert_each_once_in_order(page, server)


def test_a_reload_while_a_message_is_on_its_way_sends_it_once(chat, server):
    server.answering = False
    server.faults.hold_sends = threading.Event()
    type_and_send(chat, "in flight")
    expect(chat.locator(".mark-sending")).to_have_count(1)
    chat.reload()
    expect(chat.get_by_text("in flight")).to_have_count(1)
    server.faults.hold_sends.set()
    server.faults.hold_sends = None
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert_each_once_in_order(chat, server)


def test_a_busy_server_gets_the_same_message_again_under_the_same_id(chat, server):
    server.faults.send_busy = 2
    type_and_send(chat, "please")
    expect(chat.locator(".mark-sent")).to_have_count(2)
    attempts = [send["id"] for send in server.sends if send.get("text") == "please"]
    assert len(attempts) == 3
    assert len(set(attempts)) == 1
    assert_each_once_in_order(chat, server)


def test_a_line_cut_before_the_server_read_the_message_loses_nothing(chat, server):
    server.faults.send_cut_before = 1
    type_and_send(chat, "once")
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert own_texts(chat).count("once") == 1
    assert_each_once_in_order(chat, server)


def test_a_line_cut_after_the_server_kept_the_message_doubles_nothing(chat, server):
    server.faults.send_cut_after = 1
    server.drop_streams()
    server.faults.stream_busy = 1
    type_and_send(chat, "once")
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert own_texts(chat).count("once") == 1
    assert_each_once_in_order(chat, server)


def test_a_server_restart_is_survived_by_both_directions(chat, server):
    server.answering = False
    server.stop()
    type_and_send(chat, "during the restart")
    expect(chat.locator("#notice")).not_to_be_empty()
    chat_on_server = server.chat()
    chat_on_server.add("bot", "said while you were away")
    server.start()
    expect(chat.get_by_text("said while you were away")).to_be_visible()
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert_each_once_in_order(chat, server)


def test_messages_sent_while_the_stream_was_down_arrive_once(chat, server):
    server.faults.stream_busy = 1
    server.drop_streams()
    for number in range(5):
        server.say(f"update {number}")
    expect(chat.get_by_text("update 4")).to_be_visible()
    server.wait_for_stream(2)
    server.say("after")
    expect(chat.get_by_text("after", exact=True)).to_be_visible()
    assert_each_once_in_order(chat, server)


def test_a_new_stream_resumes_after_the_last_message_seen(chat, server):
    last = server.chat().messages[-1]["id"]
    with chat.expect_request("**/stream*") as request:
        server.drop_streams()
    assert request.value.url.endswith(f"/stream?after={last}")


def test_repeated_events_are_shown_once(chat, server):
    server.faults.repeat_events = True
    chat.locator(".choice", has_text="English").click()
    type_and_send(chat, "Sara")
    expect(chat.locator(".choice", has_text="Learn")).to_have_count(1)
    assert_each_once_in_order(chat, server)


def test_a_long_history_is_loaded_to_its_end(chat, server):
    for number in range(130):
        server.chat().add("bot", f"line {number}")
    chat.reload()
    expect(chat.get_by_text("line 129", exact=True)).to_be_in_viewport()
    assert_each_once_in_order(chat, server)


def test_a_silent_line_is_replaced_without_being_told(server, open_page):
    page = open_page("about:blank")
    page.clock.install()
    page.goto(server.url)
    page.locator("#welcome-hello").click()
    expect(page.locator(".choice").first).to_be_visible()
    server.wait_for_stream(1)
    page.clock.fast_forward(39_000)
    assert server.opened_count == 1
    page.clock.fast_forward(3_000)
    page.clock.run_for(3_000)
    server.wait_for_stream(2)
    server.say("still here")
    expect(page.get_by_text("still here")).to_be_visible()
    assert_each_once_in_order(page, server)


def test_a_refused_message_says_why_and_can_be_edited(chat, server):
    server.answering = False
    server.faults.refuse = "That word is not allowed."
    type_and_send(chat, "bad word")
    expect(chat.locator(".refusal")).to_contain_text("That word is not allowed.")
    chat.locator(".refusal").get_by_role("button", name="Edit").click()
    expect(chat.locator("#text")).to_have_value("bad word")
    expect(chat.locator("#text")).to_be_focused()
    expect(chat.locator(".refusal")).to_have_count(0)
    server.faults.refuse = ""
    type_and_send(chat, "good word")
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert own_texts(chat) == ["Hello!", "good word"]


def test_a_refused_message_holds_up_no_other_and_can_be_tried_again(chat, server):
    server.answering = False
    server.faults.refuse = "Not now."
    type_and_send(chat, "first")
    expect(chat.locator(".refusal")).to_be_visible()
    server.faults.refuse = ""
    type_and_send(chat, "second")
    expect(chat.locator(".mark-sent")).to_have_count(2)
    chat.reload()
    chat.locator(".refusal").get_by_role("button", name="Try again").click()
    expect(chat.locator(".mark-sent")).to_have_count(3)
    assert_each_once_in_order(chat, server)


def test_an_answer_given_offline_is_kept_over_a_reload(chat, server):
    server.answering = False
    server.faults.hold_sends = threading.Event()
    chat.locator(".choice", has_text="English").click()
    expect(chat.locator(".choice.chosen")).to_have_text("English")
    chat.reload()
    expect(chat.locator(".choice.chosen")).to_have_text("English")
    expect(chat.locator(".choice:enabled")).to_have_count(0)
    server.faults.hold_sends.set()
    server.faults.hold_sends = None
    expect(chat.locator(".mark-sent")).to_have_count(2)
    assert own_texts(chat) == ["Hello!", "English"]
    assert_each_once_in_order(chat, server)


def test_a_refused_answer_opens_the_question_again(chat, server):
    server.faults.refuse = "That question is over."
    chat.locator(".choice", has_text="English").click()
    expect(chat.locator(".refusal")).to_contain_text("That question is over.")
    expect(chat.locator(".choice:enabled")).to_have_count(2)


def test_an_answer_given_on_another_device_settles_the_question_here(chat, server, open_page):
    other = open_page(server.url, context=chat.context)
    expect(other.locator(".choice:enabled")).to_have_count(2)
    chat.locator(".choice", has_text="English").click()
    expect(other.locator(".choice.chosen")).to_have_text("English")
    type_and_send(other, "Sara")
    expect(chat.get_by_text("Your profile")).to_be_visible()
    assert_each_once_in_order(chat, server)
    assert_each_once_in_order(other, server)


def test_an_answer_given_elsewhere_while_the_line_was_down_settles_too(chat, server):
    server.faults.stream_busy = 1
    server.drop_streams()
    question = server.chat().messages[-1]
    question["chosen"] = question["choices"][0]["id"]
    expect(chat.locator(".choice.chosen")).to_have_text("English")


def test_a_browser_that_forbids_storage_can_still_chat(browser, server, open_page):
    page = open_page("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page.goto(server.url)
    say_hello(page)
    page.locator(".choice", has_text="English").click()
    expect(page.get_by_text("What should I call you?")).to_be_visible()


def test_a_server_that_is_down_at_first_is_waited_for(chat, server):
    server.faults.stream_busy = 2
    chat.reload()
    expect(chat.locator("#presence")).to_have_text("Online")
    assert_each_once_in_order(chat, server)
