"""Who may come in, through which door, with what in their hands."""

import pytest

from .conftest import new_chat, new_id, text_update

JSON = ("Content-Type", "application/json")
WEBHOOK = "/gateway/webhook/telegram"
LOG_PAGE_BYTES_MAX = 4 << 20


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", "X", "a" * 257, "a" * 5000, "пароль".encode().decode("latin-1")]
)
def test_a_forged_update_is_refused(server, nothing_stored, secret):
    given = [] if secret is None else [("X-Telegram-Bot-Api-Secret-Token", secret)]
    answer = server.telegram(text_update(new_id(), "forged"), [*given, JSON])
    assert answer.status in (401, 403)
    answer.error()


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + "x", lambda s: s.swapcase()])
def test_a_nearly_right_secret_is_refused(server, nothing_stored, change):
    headers = [("X-Telegram-Bot-Api-Secret-Token", change(server.secret)), JSON]
    assert server.telegram(text_update(new_id(), "forged"), headers).status in (401, 403)


def test_a_forged_update_is_refused_before_its_body_is_read(server, nothing_stored):
    headers = [("X-Telegram-Bot-Api-Secret-Token", "wrong"), JSON]
    assert server.telegram(b"[" * 100_000, headers).status in (401, 403)


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"]
)
def test_another_content_type_is_refused(server, nothing_stored, kind):
    headers = [server.secret_header] + ([("Content-Type", kind)] if kind else [])
    answer = server.telegram(text_update(new_id(), "typed"), headers)
    assert answer.status == 415
    answer.error()


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;q=1"]
)
def test_json_may_be_declared_in_any_spelling(server, kind):
    headers = [server.secret_header, ("Content-Type", kind)]
    assert server.telegram(text_update(new_id(), "typed"), headers).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/nowhere",
        "/gateway",
        "/gateway/webhook",
        "/gateway/webhook/nobody",
        "/.env",
        "/var/parlance.sqlite",
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/chat.js/../../Package.swift",
        "/....//....//etc/passwd",
        "/%00",
        "/%ff%fe",
        "/%zz",
        "/%",
        "/" + "a" * 5000,
    ],
)
def test_unknown_addresses_lead_nowhere(server, nothing_stored, target):
    answer = server.request("GET", target)
    assert answer.status == 404
    assert answer.error()["code"] == "not_found"


@pytest.mark.parametrize("target", ["/?" + "a=b&" * 2000, "//", "/#", "/?%00=%ff"])
def test_odd_spellings_of_the_page_harm_nobody(server, nothing_stored, target):
    assert server.request("GET", target).status in (200, 404)


@pytest.mark.parametrize(
    "method, target",
    [
        ("GET", WEBHOOK),
        ("PUT", WEBHOOK),
        ("DELETE", WEBHOOK),
        ("POST", "/health"),
        ("DELETE", "/gateway/webhook-logs"),
        ("GET", "/gateway/webchat/" + "a" * 20 + "/send"),
        ("POST", "/gateway/webchat/" + "a" * 20 + "/messages"),
    ],
)
def test_another_method_is_refused(server, nothing_stored, method, target):
    answer = server.request(method, target)
    assert answer.status == 405
    answer.error()


@pytest.mark.parametrize("key", [None, "", "wrong", "x" * 10_000])
def test_the_webhook_log_is_for_operators(server, key):
    headers = [] if key is None else [("X-Internal-Api-Key", key)]
    answer = server.request("GET", "/gateway/webhook-logs", headers)
    assert answer.status in (401, 403)
    answer.error()


@pytest.mark.parametrize(
    "query",
    ["limit=-1", "limit=99999999999999999999", "before=x", "search=%27%20OR%201=1", "search=%00"],
)
def test_odd_queries_of_the_webhook_log_do_no_harm(server, nothing_stored, query):
    headers = [("X-Internal-Api-Key", server.internal_key)]
    answer = server.request("GET", f"/gateway/webhook-logs?{query}", headers)
    assert answer.status in (200, 400, 422)


def test_a_page_of_the_webhook_log_is_bounded_whatever_was_posted(server):
    for _ in range(20):
        update = {**text_update(new_id(), "large"), "later": "x" * 1_000_000}
        assert server.telegram(update).status == 200
    headers = [("X-Internal-Api-Key", server.internal_key)]
    answer = server.request("GET", "/gateway/webhook-logs?limit=200", headers)
    assert answer.status == 200
    assert len(answer.body) < LOG_PAGE_BYTES_MAX


@pytest.mark.parametrize(
    "chat",
    [
        "short",
        "a" * 15,
        "a" * 129,
        "a" * 4000,
        "..%2f..%2f..%2f..%2fetc",
        "%2e%2e%2f" * 3,
        "a%00aaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaa%0d%0aSet-Cookie:x",
        "%D8%B3%D9%84%D8%A7%D9%85%D8%B3%D9%84%D8%A7%D9%85",
        "aaaaaaaa'%20OR%20'1'='1",
        "<script>aaaaaaaaaaaa",
    ],
)
def test_hostile_chat_ids_are_refused(server, nothing_stored, chat):
    for answer in (
        server.webchat(chat, {"id": "m-1", "text": "hello"}),
        server.request("GET", f"/gateway/webchat/{chat}/messages"),
        server.request("GET", f"/gateway/webchat/{chat}/stream"),
    ):
        assert answer.status in (400, 404, 422)
        assert "set-cookie" not in answer.headers


def test_a_stranger_sees_nothing_of_a_chat(server):
    chat = new_chat()
    assert server.webchat(chat, {"id": "m-1", "text": "mine"}).status == 200
    answer = server.request("GET", f"/gateway/webchat/{new_chat()}/messages")
    assert answer.status == 200
    assert answer.json()["messages"] == []


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=99999999999999999999999", "after=", "after=%00"]
)
def test_odd_places_in_a_history_do_no_harm(server, nothing_stored, query):
    answer = server.request("GET", f"/gateway/webchat/{new_chat()}/messages?{query}")
    assert answer.status in (200, 400, 422)
