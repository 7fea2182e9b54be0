"""Calls a stand-in as the providers' own clients do, and prints what it was answered, as JSON.

judge.py twilio URL ACCOUNT TOKEN FROM TO | judge.py kavenegar URL KEY LINE TO |
judge.py whatsapp URL TOKEN NUMBER TO
"""

import json
import sys
from urllib.parse import urlsplit

import httpx
import requests
from kavenegar import APIException, KavenegarAPI
from pywa import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types import Button, Section, SectionList, SectionRow
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client


def redirected(url, target):
    """The address a client has built, at the stand-in."""
    parts = urlsplit(url)
    return target + parts.path + (f"?{parts.query}" if parts.query else "")


class Redirect(TwilioHttpClient):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def request(self, method, url, **rest):
        return super().request(method, redirected(url, self.target), **rest)


def twilio(target, account, token, sender, receptor):
    client = Client(account, token, http_client=Redirect(target))
    sent = client.messages.create(to=receptor, from_=sender, body="Hello")
    listed = client.messages.list(to=receptor, limit=5)
    try:
        client.messages.create(to="nobody", from_=sender, body="Hello")
        refused = None
    except TwilioRestException as fault:
        refused = fault.code
    return {
        "sid": sent.sid,
        "status": sent.status,
        "listed": [item.sid for item in listed],
        "created": listed[0].date_created.isoformat(),
        "refused": refused,
    }


def kavenegar(target, key, line, receptor):
    post = requests.post
    requests.post = lambda url, **rest: post(redirected(url, target), timeout=10, **rest)
    api = KavenegarAPI(key)
    sent = api.sms_send({"receptor": receptor, "message": "سلام", "localid": "77"})
    again = api.sms_send({"receptor": receptor, "message": "سلام", "localid": "77"})
    many = api.sms_sendarray(
        {
            "receptor": json.dumps([receptor]),
            "sender": json.dumps([line]),
            "message": json.dumps(["Hello"]),
            "localmessageids": json.dumps([78]),
        }
    )
    status = api.sms_status({"messageid": sent[0]["messageid"]})
    try:
        api.sms_send({"receptor": "nobody", "message": "x", "localid": "79"})
        refused = None
    except APIException as fault:
        refused = fault.args[0].decode()
    return {
        "sent": sent[0]["messageid"],
        "again": again[0]["messageid"],
        "many": len(many),
        "status": status[0]["status"],
        "credit": api.account_info()["remaincredit"],
        "refused": refused,
    }


class Loopback(httpx.HTTPTransport):
    """Takes what is meant for Meta to the stand-in."""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def handle_request(self, request):
        if request.url.host == "graph.facebook.com":
            request.url = httpx.URL(redirected(str(request.url), self.target))
        return super().handle_request(request)


def whatsapp(target, token, number, receptor):
    session = httpx.Client(transport=Loopback(target))
    client = WhatsApp(phone_id=number, token=token, api_version=23.0, session=session)
    buttons = [Button(title="Tea", callback_data="2:tea"), Button(title="Menu", callback_data="/m")]
    rows = [SectionRow(title=str(row), callback_data=f"3:{row}") for row in range(10)]
    choices = SectionList("Choose", sections=[Section(title="All", rows=rows)])
    sent = [
        client.send_message(to=receptor, text="*Hello*", preview_url=False),
        client.send_message(to=receptor, text="?", buttons=buttons),
        client.send_message(to=receptor, text="?", buttons=choices),
    ]
    media = client.upload_media(media=b"OggS", mime_type="audio/ogg", filename="a.ogg")
    sent.append(client.send_voice(to=receptor, voice=media.id))
    sent.append(client.request_location(to=receptor, text="Where are you?"))
    client.indicate_typing(message_id="wamid.1")
    described = client.get_media_url("77")
    fetched = client.get_media_bytes(url=described.url)
    try:
        client.send_message(to="989120000999", text="late")
        refused = None
    except WhatsAppError as fault:
        refused = fault.code
    return {
        "sent": [message.id for message in sent],
        "type": described.mime_type,
        "fetched": fetched.decode(),
        "refused": refused,
    }


if __name__ == "__main__":
    judges = {"twilio": twilio, "kavenegar": kavenegar, "whatsapp": whatsapp}
    print(json.dumps(judges[sys.argv[1]](*sys.argv[2:])))
