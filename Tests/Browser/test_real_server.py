"""A newcomer in front of the real program: onboarding, a lesson, and what can go wrong meanwhile.

The questions and their order belong to the program, so the visitor here answers whatever is
asked: presses the first sensible button, types when there is none, skips when it goes in circles.
"""

import os
import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from .conftest import PATIENCE_MS, assert_accessible

URL = os.environ.get("PARLANCE_URL")
STEP_COUNT_MAX = 100
QUIET_MS = 500
SIDEWAYS = re.compile(r"back|cancel|stop|quit|change|edit|help|menu|later|بازگشت|انصراف|منو", re.I)
ONWARD = re.compile(r"done|continue|next|save|finish|check|ready|ادامه|تمام|بعدی|آماده", re.I)
SKIP = re.compile(r"skip|رد", re.I)
PROFILE = r"^\W*Your profile"
COMPLETE = r"^\W*Lesson complete"

pytestmark = pytest.mark.skipif(not URL, reason="PARLANCE_URL is not set: no program to talk to")


class Visitor:
    """Somebody who answers on a page until they have read what they were waiting for."""

    def __init__(self, page, language="English"):
        self.page = page
        self.language = language
        self.asked = Counter()
        self.step_count = 0

    def say_hello(self):
        greeting = self.page.locator("#welcome-hello")
        expect(greeting.or_(self.page.locator(".message.bot")).first).to_be_visible()
        if greeting.is_visible():
            greeting.click()
        self.wait_for_answer()

    def wait_for_answer(self):
        """Waits until the program has spoken last and then pauses."""
        self.page.wait_for_function(
            "() => !document.querySelector('.mark-sending')"
            " && document.querySelector('.message:last-of-type')?.matches('.bot')",
            timeout=2 * PATIENCE_MS,
        )
        self.page.evaluate(
            """(quietMs) => new Promise((resolve) => {
              let timer = setTimeout(resolve, quietMs);
              new MutationObserver(() => {
                clearTimeout(timer);
                timer = setTimeout(resolve, quietMs);
              }).observe(document.getElementById('log'), { childList: true });
            })""",
            QUIET_MS,
        )

    def latest(self):
        """What the program has said since the visitor's last words."""
        latest = ".message.bot:not(:has(~ .message.person))"
        return self.page.locator(latest)

    def read_so_far(self, pattern):
        texts = self.page.locator(".message.bot .text").all_inner_texts()
        return any(re.search(pattern, text) for text in texts)

    def answer(self):
        """Gives one answer to whatever stands there."""
        self.step_count += 1
        assert self.step_count < STEP_COUNT_MAX, f"no end after: {self.latest().all_inner_texts()}"
        self.act(self.choose_answer())
        self.wait_for_answer()

    def choose_answer(self):
        """The button to press, or the text to type when there is none."""
        question = " ".join(self.latest().locator(".text").all_inner_texts())
        self.asked[question] += 1
        round_number = self.asked[question]
        buttons = self.latest().locator(".choice:enabled").all()
        by_title = [(button.inner_text(), button) for button in buttons]
        if not by_title:
            return "Sara" if round_number == 1 else "/menu" if round_number > 3 else "1"
        sensible = [each for each in by_title if not SIDEWAYS.search(each[0])] or by_title
        for title, button in sensible:
            if title.strip() == self.language:
                return button
        if round_number > 1:
            wanted = SKIP if round_number > 3 else ONWARD
            for title, button in sensible:
                if wanted.search(title):
                    return button
        return sensible[(round_number - 1) % len(sensible)][1]

    def act(self, answer):
        if isinstance(answer, str):
            self.page.locator("#text").fill(answer)
            self.page.locator("#text").press("Enter")
        else:
            answer.click()

    def go_on_until(self, pattern):
        while not self.read_so_far(pattern):
            self.answer()

    def start_lesson(self):
        learn = self.latest().locator(".choice:enabled", has_text="Learn")
        if learn.count() == 0:
            self.act("/menu")
            self.wait_for_answer()
        learn.first.click()
        self.wait_for_answer()

    def transcript(self):
        return self.page.locator(".message").evaluate_all(
            "all => all.map(each => [each.dataset.id, each.querySelector('.bubble').innerText])"
        )

    def reload(self):
        """Comes back and finds everything where it was."""
        before = self.transcript()
        self.page.reload()
        expect(self.page.locator(".message")).to_have_count(len(before))
        assert self.transcript() == before

    def answer_offline(self):
        """Answers while the line is down; the answer arrives once, when it is back."""
        answer = self.choose_answer()
        count = self.page.locator(".message.person").count()
        self.page.context.set_offline(True)
        expect(self.page.locator("#presence")).to_have_attribute("data-state", "offline")
        self.act(answer)
        expect(self.page.locator(".message.person")).to_have_count(count + 1)
        expect(self.page.locator(".mark-sending")).to_have_count(1)
        self.page.context.set_offline(False)
        self.wait_for_answer()
        expect(self.page.locator(".message.person")).to_have_count(count + 1)


def assert_ids_grow(visitor):
    ids = [int(message_id) for message_id, _ in visitor.transcript()]
    assert ids == sorted(set(ids))


def test_a_newcomer_is_onboarded_and_finishes_a_lesson(open_page):
    visitor = Visitor(open_page(URL))
    visitor.say_hello()
    visitor.go_on_until(PROFILE)
    visitor.start_lesson()
    visitor.go_on_until(COMPLETE)
    assert_ids_grow(visitor)
    visitor.reload()


def test_reloading_in_the_middle_changes_nothing(open_page):
    visitor = Visitor(open_page(URL))
    visitor.say_hello()
    for _ in range(2):
        visitor.answer()
        visitor.reload()
    visitor.go_on_until(PROFILE)
    visitor.start_lesson()
    visitor.answer()
    visitor.reload()
    visitor.go_on_until(COMPLETE)
    assert_ids_grow(visitor)


def test_losing_the_line_in_the_middle_loses_and_doubles_nothing(open_page):
    visitor = Visitor(open_page(URL))
    visitor.say_hello()
    visitor.answer_offline()
    visitor.answer_offline()
    visitor.go_on_until(PROFILE)
    visitor.start_lesson()
    visitor.answer_offline()
    visitor.go_on_until(COMPLETE)
    assert_ids_grow(visitor)
    visitor.reload()


def test_a_persian_newcomer_gets_a_page_from_right_to_left(open_page):
    page = open_page(URL, viewport={"width": 320, "height": 640}, locale="fa-IR")
    visitor = Visitor(page, language="فارسی")
    visitor.say_hello()
    visitor.answer()
    visitor.answer()
    root = page.locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "fa")
    latest = " ".join(visitor.latest().locator(".text").all_inner_texts())
    assert re.search(r"[\u0600-\u06ff]{2}", latest), latest
    visitor.reload()
    expect(root).to_have_attribute("dir", "rtl")
    assert page.locator("#scroller").evaluate("each => each.scrollWidth <= each.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_real_conversation_is_accessible(open_page, scheme):
    page = open_page(URL, color_scheme=scheme, reduced_motion="reduce")
    visitor = Visitor(page)
    visitor.say_hello()
    visitor.answer()
    assert_accessible(page)


def test_two_windows_show_the_same_conversation(open_page):
    page = open_page(URL)
    visitor = Visitor(page)
    visitor.say_hello()
    other = Visitor(open_page(URL, context=page.context))
    other.wait_for_answer()
    visitor.answer()
    expect(other.page.locator(".message")).to_have_count(page.locator(".message").count())
    assert other.transcript() == visitor.transcript()


def test_the_page_runs_under_a_policy_that_forbids_inline_code(open_page):
    page = open_page("about:blank")
    response = page.goto(URL)
    policy = response.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy
    assert "script-src 'self'" in policy
    visitor = Visitor(page)
    visitor.say_hello()
