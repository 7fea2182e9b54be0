"""Calls a stand-in as the providers' own clients do, and prints what it was answered, as JSON.

judge.py twilio URL ACCOUNT TOKEN FROM TO | judge.py kavenegar URL KEY LINE TO
"""

import json
import sys
from urllib.parse import urlsplit

import requests
from kavenegar import APIException, KavenegarAPI
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


if __name__ == "__main__":
    judges = {"twilio": twilio, "kavenegar": kavenegar}
    print(json.dumps(judges[sys.argv[1]](*sys.argv[2:])))
