"""The addresses of the page, and who is turned away."""

import socket

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bot.sandbox.page.front import initials

PATHS = [
    "/",
    "/page/messages",
    "/page/thread",
    "/page/file/F0/x",
    "/page/static/main.js",
    "/archives/C0/p1",
    "/files/U/F/x",
]
POSTS = ["/page/do", "/page/upload", "/page/control"]
SOCKETS = ["/page/live", "/page/traffic"]


def test_the_door_lists_everybody_one_can_be(sandbox, amina, ben):
    sandbox.person("Zoë <b>Young</b>", title="Leads a practice & more")
    page = httpx.get(sandbox.page_url)
    assert page.status_code == 200
    assert page.text.index("Amina Okafor") < page.text.index("Ben Achterberg")
    assert f"as={amina.id}" in page.text
    assert "Leads a practice &amp; more" in page.text and "<b>Young" not in page.text
    assert f"as={sandbox.bot_user_id}" not in page.text


def test_the_door_keeps_where_one_was_going(sandbox, amina):
    page = httpx.get(sandbox.page_url, params={"as": "U0NOBODY", "at": "C1", "message": "1.2"}).text
    assert f"as={amina.id}&amp;at=C1&amp;message=1.2" in page


def test_as_somebody_the_workspace_opens_without_the_door(sandbox, amina, ben):
    page = httpx.get(sandbox.page_url, params={"as": amina.id})
    assert "Ben Achterberg" not in page.text
    assert 'type="module"' in page.text


@pytest.mark.parametrize(
    ("name", "letters"), [("Amina Okafor", "AO"), ("Cher", "C"), ("Jan van der Berg", "JB"), ("", "?")]
)
def test_initials_are_those_of_the_first_and_last_name(name, letters):
    assert initials(name) == letters


def test_a_permalink_leads_to_the_message(sandbox):
    answer = httpx.get(
        f"{sandbox.host_url}/archives/C0ABC/p1772442000000001", params={"thread_ts": "1772441000.000002"}
    )
    assert answer.status_code == 302
    assert answer.headers["location"] == "/?at=C0ABC&message=1772442000.000001&thread=1772441000.000002"


def test_the_link_of_a_file_leads_to_the_message_that_holds_it(sandbox, amina, ben):
    seen = amina.sends_file(b"figures", name="notes.txt")
    link = f"/files/{amina.id}/{seen.files[0].id}/notes.txt"
    mine = httpx.get(sandbox.host_url + link, params={"as": amina.id}).headers["location"]
    assert mine == f"/?as={amina.id}&at={seen.channel}&message={seen.ts}"
    elsewhere = httpx.get(sandbox.host_url + link, params={"as": ben.id}).headers["location"]
    assert elsewhere == f"/?as={ben.id}", "Ben isn't in that conversation"


def test_the_link_of_a_file_tells_nobody_where_it_is_before_they_say_who_they_are(sandbox, amina, ben):
    file = amina.sends_file(b"figures", name="notes.txt").files[0]
    for who in ({}, {"as": "U0NOBODY"}):
        at_the_door = httpx.get(f"{sandbox.host_url}/files/{amina.id}/{file.id}/notes.txt", params=who)
        assert at_the_door.headers["location"] == f"/?file={file.id}"
    door = httpx.get(f"{sandbox.host_url}/?file={file.id}")
    assert f"as={amina.id}&amp;file={file.id}" in door.text and amina.direct.id not in door.text
    chosen = httpx.get(sandbox.host_url, params={"as": amina.id, "file": file.id}).headers["location"]
    assert chosen.startswith(f"/?as={amina.id}&at={amina.direct.id}&message=")
    assert httpx.get(sandbox.host_url, params={"as": ben.id, "file": file.id}).headers["location"] == f"/?as={ben.id}"


@pytest.mark.parametrize(
    "host",
    ["x@127.0.0.1", "127.0.0.1:80:80", "127.0.0.1/", "127.0.0.1?", "localhost#", "[127.0.0.1]", ""],
)
def test_a_host_is_this_machine_and_a_port_and_nothing_else(sandbox, host):
    assert httpx.get(sandbox.page_url, headers={"Host": host}).status_code in (400, 403)
    assert httpx.get(sandbox.page_url, headers={"Host": "LocalHost:8080"}).status_code == 200


def test_nothing_foreign_runs_in_the_page(sandbox, amina):
    headers = httpx.get(sandbox.page_url).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_scripts_are_served_as_scripts_and_nothing_else_is_served(sandbox):
    script = httpx.get(f"{sandbox.host_url}/page/static/base/ui.js")
    again = {"If-None-Match": script.headers["etag"]}
    assert script.headers["cache-control"] == "no-cache"
    assert httpx.get(f"{sandbox.host_url}/page/static/base/ui.js", headers=again).status_code == 304
    assert script.headers["content-type"].startswith("text/javascript")
    assert httpx.get(f"{sandbox.host_url}/page/static/..%2Ffront.py").status_code == 404
    assert httpx.get(f"{sandbox.host_url}/page/static/../front.py").status_code == 404


@pytest.mark.parametrize("foreign", [{"Origin": "https://example.com"}, {"Host": "example.com"}, {"Origin": "null"}])
@pytest.mark.parametrize("path", [*PATHS, *POSTS])
def test_a_page_of_another_origin_is_turned_away(sandbox, amina, path, foreign):
    url = f"{sandbox.host_url}{path}"
    ask = httpx.post if path in POSTS else httpx.get
    assert ask(url, params={"as": amina.id}, headers=foreign).status_code == 403


@pytest.mark.parametrize("foreign", [{"Origin": "https://example.com"}, {"Host": "example.com"}])
@pytest.mark.parametrize("path", SOCKETS)
def test_a_socket_of_another_origin_is_turned_away(sandbox, amina, path, foreign):
    address = f"{sandbox.host_url.replace('http:', 'ws:')}{path}?as={amina.id}"
    with pytest.raises(InvalidStatus) as refused:
        _connect_with(address, foreign)
    assert refused.value.response.status_code == 403


def _connect_with(address: str, foreign: dict[str, str]) -> None:
    if "Host" in foreign:  # the library writes the Host itself, so it is given the connection and another name for it
        port = int(address.split(":")[2].split("/")[0])
        other = address.replace("127.0.0.1", foreign["Host"])
        with socket.create_connection(("127.0.0.1", port)) as line, connect(other, sock=line):
            pass
    else:
        with connect(address, additional_headers=foreign):
            pass


def test_a_tab_of_nobody_is_closed_with_a_code_of_its_own(sandbox):
    with connect(f"{sandbox.host_url.replace('http:', 'ws:')}/page/live?as=U0NOBODY") as tab:
        with pytest.raises(ConnectionClosed) as closed:
            tab.recv(timeout=5)
        assert closed.value.rcvd.code == 4404


@pytest.mark.parametrize("path", ["/page/do", "/page/control"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"what": "say"}', "text/plain", 415),
        ("what=say", "application/x-www-form-urlencoded", 415),
        ("{", "application/json", 400),
        ("[1]", "application/json", 400),
        ('{"text": "' + "x" * 2_000_001 + '"}', "application/json", 413),
    ],
)
def test_only_small_json_objects_are_taken(sandbox, amina, path, body, kind, status):
    url = f"{sandbox.host_url}{path}"
    answer = httpx.post(url, params={"as": amina.id}, content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["ok"] is False


def test_nobody_does_nothing(sandbox, amina):
    for who in ({}, {"as": "U0NOBODY"}, {"as": sandbox.bot_user_id}):
        answer = httpx.post(f"{sandbox.host_url}/page/do", params=who, json={"what": "home"}).json()
        assert answer["error"] == "not_authed"
        assert httpx.get(f"{sandbox.host_url}/page/messages", params={**who, "channel": "C"}).status_code == 403
