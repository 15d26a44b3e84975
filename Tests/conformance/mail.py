"""Judges mail both ways. Letters our client sends over TLS and a login to a stock server (aiosmtpd), and the notices of
Letters, are read by Python's email package. And Python's smtplib talks to our stand-in. Usage: mail.py (with STANDIN and
POSTBOX in the environment)"""

import base64
import email
import email.header
import email.policy
import email.utils
import html.parser
import imaplib
import json
import logging
import os
import re
import smtplib
import ssl
import subprocess
import tempfile

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from judging import Services, check, judge

logging.disable(logging.CRITICAL)
HOST, USER, PASSWORD = "127.0.0.1", "robin@example.org", "hush, a password"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
NAMES = [
    "Ann", "Lee, Ann", 'Ann "Bee" Lee', "back\\slash", "Ærøskøbing", "山田太郎", "Ann 🎬", "=?UTF-8?B?QW5u?=", "<b>bold</b>",
    "a@b.example", "Long Name " * 30, "ü" * 300, "👩‍👩‍👧‍👦" * 20, ""]


def letters():
    """Every odd name as sender, reader and title, with text that mail servers trip over."""
    odd = "\n".join([
        ".", "..", "From me", "trailing ", "tab\t", "=3D", "", "long " * 400, "x" * 3000, "Grüße €", "line\u2028sep", "--", ""])
    for number, name in enumerate(NAMES):
        pictures = [
            {"id": f"chart{n}@autoplex", "type": "image/png", "filename": f"chart{n}.png",
             "base64": base64.b64encode(PNG + os.urandom(n * 70_000)).decode()} for n in range(number % 4)]
        html = f"<!doctype html><h1>{name}</h1>\n<p>{odd}</p>" + "".join(
            f'<img src="cid:{picture["id"]}" alt="a">' for picture in pictures)
        yield {
            "from": {"name": name, "address": "plex@example.org"},
            "to": {"name": name, "address": f"p{number}@bücher.example"}, "subject": name, "seconds": 1795254367 + number,
            "id": f"issue-1.person-{number}@example.org", "text": odd, "html": html, "pictures": pictures,
            "listName": name if number % 2 else None}


class Inbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope, session.ssl is not None, session.authenticated))
        return "250 2.0.0 kept"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 ok"


class Server:
    """aiosmtpd on a free port, with a certificate the openssl command makes."""

    def __init__(self, folder, implicit=False, **options):
        self.authority = os.path.join(folder, "server.pem")
        key = os.path.join(folder, "server.key")
        if not os.path.exists(key):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                 "-subj", "/CN=judge", "-addext", f"subjectAltName=IP:{HOST}", "-keyout", key, "-out", self.authority],
                check=True, capture_output=True)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.authority, key)
        self.inbox = Inbox()
        if implicit:
            options |= {"ssl_context": context, "auth_require_tls": False}
        else:
            options |= {"tls_context": context, "require_starttls": True}
        self.controller = FreePort(
            self.inbox, hostname=HOST, port=0, auth_required=True, authenticator=self.authenticate, **options)
        self.controller.start()
        self.port = self.controller.port

    @staticmethod
    def authenticate(server, session, envelope, mechanism, data):
        good = data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=good)

    def url(self, password=PASSWORD):
        quoted = password.replace(" ", "%20").replace(",", "%2C")
        scheme = "smtps" if self.controller.ssl_context else "smtp"
        return f"{scheme}://{USER.replace('@', '%40')}:{quoted}@{HOST}:{self.port}"


class FreePort(Controller):
    def _trigger_server(self):
        # The original calls the port it was given, which was none.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def post(folder, written, *where):
    path = os.path.join(folder, "letters.json")
    with open(path, "w") as file:
        json.dump(written, file)
    done = subprocess.run([os.environ["POSTBOX"], path, *where], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, (done.returncode, done.stdout[:500], done.stderr[:500])
    return done.stdout.splitlines()


def compare(written, bytes_):
    lines = bytes_.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines), "bare line ends"
    assert max(map(len, lines)) <= 998 and bytes_.isascii()
    message = email.message_from_bytes(bytes_, policy=email.policy.SMTP)
    parts = list(message.walk())
    for part in parts:
        assert not part.defects, (part.get_content_type(), part.defects)
        for name, value in part.items():
            assert not value.defects, (name, value, value.defects)
    name = written["to"]["name"]
    plain = email.message_from_bytes(bytes_)
    for header in ("From", "To"):
        assert len(message[header].addresses) == 1
        # The new policy keeps the space between two encoded words of a name, against RFC 2047 §6.2; this one does not.
        shown, _ = email.utils.parseaddr(re.sub(r"\r\n ", " ", plain[header]))
        shown = str(email.header.make_header(email.header.decode_header(shown)))
        assert shown.strip() == name.strip(), (header, shown, name)
    assert message["To"].addresses[0].addr_spec == written["to"]["address"].replace("bücher", "xn--bcher-kva")
    assert message["Subject"].strip() == written["subject"].strip(), message["Subject"]
    assert message["Date"].datetime.timestamp() == written["seconds"]
    assert message["Message-ID"] == f"<{written['id']}>" and message["MIME-Version"] == "1.0"
    assert message["Auto-Submitted"] == "auto-generated"
    if written["listName"] is not None:
        assert message["List-ID"].endswith("<newsletter.example.org>")
        assert message["List-Unsubscribe"] == "<https://plex.example.org/u?k=1>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    pictures = written["pictures"]
    kinds = ["multipart/alternative", "text/plain"]
    kinds += ["multipart/related", "text/html"] + ["image/png"] * len(pictures) if pictures else ["text/html"]
    assert [part.get_content_type() for part in parts] == kinds
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    for part, wanted in ((text, written["text"]), (html, written["html"])):
        assert part["Content-Transfer-Encoding"] == "quoted-printable" and part.get_content_charset() == "utf-8"
        assert part.get_payload(decode=True).decode() == wanted.replace("\n", "\r\n")
    images = {part["Content-ID"][1:-1]: part for part in parts if part.get_content_maintype() == "image"}
    assert set(re.findall(r'src="cid:([^"]+)"', written["html"])) == set(images), "a picture is missing"
    for picture in pictures:
        part = images[picture["id"]]
        assert part.get_content_disposition() == "inline" and part.get_filename() == picture["filename"]
        assert part.get_payload(decode=True) == base64.b64decode(picture["base64"])


@check
def client(folder):
    """reads every letter of ours as it was meant, after STARTTLS and a login"""
    server = Server(folder)
    written = list(letters())
    try:
        said = post(folder, written, server.url(), server.authority)
    finally:
        server.controller.stop()
    assert all(json.loads(line)["sent"] for line in said), said
    assert len(server.inbox.mails) == len(written)
    for wanted, (envelope, was_encrypted, was_known) in zip(written, server.inbox.mails):
        assert was_encrypted and was_known and envelope.mail_from == "plex@example.org"
        assert envelope.rcpt_tos == [wanted["to"]["address"].replace("bücher", "xn--bcher-kva")]
        compare(wanted, envelope.original_content)


@check
def implicit(folder):
    """is reached with TLS from the start, and its refusals are told"""
    server = Server(folder, implicit=True, data_size_limit=50_000)
    written = list(letters())[:4]
    written[1]["to"]["address"] = "nobody@example.org"
    written[2]["text"] = "x" * 100_000
    try:
        said = [json.loads(line) for line in post(folder, written, server.url(), server.authority)]
    finally:
        server.controller.stop()
    courses = [line.get("course", "sent") for line in said]
    assert courses == ["sent", "giveUpOnPerson", "giveUpOnLetter", "giveUpOnLetter"], said
    assert "5.1.1 no such user" in said[1]["why"] and "552" in said[2]["why"]


@check
def guarded(folder):
    """hears no wrong password twice, and none at all without its certificate being trusted"""
    server = Server(folder)
    try:
        (said,) = post(folder, list(letters())[:1], server.url("wrong"), server.authority)
        assert json.loads(said)["course"] == "stop" and "535" in said and "wrong" not in said, said
        (said,) = post(folder, list(letters())[:1], server.url())
        assert json.loads(said)["course"] == "stop" and "certificate" in said and "hush" not in said, said
    finally:
        server.controller.stop()
    assert not server.inbox.mails


@check
def printed(folder):
    """reads the same letters from files"""
    written = list(letters())
    for wanted, line in zip(written, post(folder, written, "-"), strict=True):
        compare(wanted, base64.b64decode(line))


class StandIn(Services):
    def __init__(self):
        super().__init__("--services", "mail")
        self.start, self.implicit = self.told["mail"], self.told["mails"]

    def context(self, mail):
        return ssl.create_default_context(cadata=mail["certificate"])

    def port(self, mail):
        return int(mail["url"].rsplit(":", 1)[1])


def refused(code, action, *arguments, **options):
    try:
        action(*arguments, **options)
    except smtplib.SMTPRecipientsRefused as error:
        ((got, words),) = error.recipients.values()
    except smtplib.SMTPResponseException as error:
        got, words = error.smtp_code, error.smtp_error
    else:
        raise AssertionError("not refused")
    assert got == code, (got, words)


class Words(html.parser.HTMLParser):
    """What a reader sees of a page, and where its links lead."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.links, self.tags = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_data(self, text):
        if self.tags[-1:] != ["style"]:
            self.seen.append(text)


@check
def notices(folder):
    """reads every notice of ours: no list, both parts with the same facts, nobody's name a header or markup"""
    done = subprocess.run([os.environ["POSTBOX"], "notices"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, (done.returncode, done.stdout[:500], done.stderr[:500])
    written = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = {notice["name"].split("-")[0] for notice in written}
    assert kinds == {"welcome", "reminder", "warning", "removal", "invitation", "report"}, kinds
    ids = set()
    for notice in written:
        bytes_ = base64.b64decode(notice["mail"])
        lines = bytes_.split(b"\r\n")
        assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines), "bare line ends"
        assert max(map(len, lines)) <= 998 and bytes_.isascii()
        message = email.message_from_bytes(bytes_, policy=email.policy.SMTP)
        for part in message.walk():
            assert not part.defects, (notice["name"], part.defects)
            for name, value in part.items():
                assert not value.defects, (notice["name"], name, value, value.defects)
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative", "text/plain", "text/html"]
        assert set(message.keys()) <= {
            "Date", "From", "To", "Subject", "Message-ID", "Content-Language", "Auto-Submitted",
            "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"}, message.keys()
        assert message["Auto-Submitted"] == "auto-generated" and message["Content-Language"] == "en"
        assert message["Subject"] == notice["subject"], (message["Subject"], notice["subject"])
        assert message["To"].addresses[0].addr_spec == "ann@example.net" and len(message["To"].addresses) == 1
        assert message["Message-ID"].endswith("@plex.example.org>") and message["Message-ID"] not in ids
        ids.add(message["Message-ID"])
        for kind, wanted in (("plain", notice["text"]), ("html", notice["html"])):
            body = message.get_body((kind,)).get_payload(decode=True).decode()
            assert body == wanted.replace("\n", "\r\n"), (notice["name"], kind)
        words = Words(notice["html"])
        assert words.tags.count("h1") == 1 and not {"b", "i", "script", "img", "form"} & set(words.tags), notice["name"]
        for link in words.links:
            assert link.startswith(("https://", "mailto:")), link
            assert link.removeprefix("mailto:") in notice["text"], (notice["name"], link)
        seen, text = " ".join(words.seen), re.sub(r"https?://\S+", "", notice["text"])
        assert set(re.findall(r"\d+", seen)) == set(re.findall(r"\d+", text)), notice["name"]
        assert (notice["here"] in words.links) == (notice["name"].split("-")[0] in ("reminder", "warning"))


def denied(action, *arguments):
    try:
        action(*arguments)
    except imaplib.IMAP4.error:
        return
    raise AssertionError(f"not refused: {arguments}")


@check
def mailbox(folder):
    """finds a mailbox in the stand-in: logins, search, subjects, marks, and no way to delete"""
    with StandIn() as place:
        told = place.told["mailbox"]
        context = ssl.create_default_context(cadata=told["certificate"])
        with imaplib.IMAP4_SSL(HOST, told["port"], ssl_context=context, timeout=10) as line:
            assert "AUTH=PLAIN" in line.capabilities and "IMAP4REV1" in line.capabilities
            denied(line.login, told["user"], "wrong")
            login = f"\0{told['user']}\0{told['password']}".encode()
            assert line.authenticate("PLAIN", lambda _: login)[0] == "OK"
            assert line.select("Nowhere")[0] == "NO"
            assert line.select() == ("OK", [b"3"])
            assert line.response("UIDVALIDITY")[1] == [b"7"] and line.response("UIDNEXT")[1] == [b"4"]
            assert line.uid("SEARCH", "UNSEEN") == ("OK", [b"1 3"])
            assert line.uid("SEARCH", "UID", "2:*", "SUBJECT", '"unsubscribe"') == ("OK", [b"3"])
            assert line.uid("SEARCH", "UID", "9:*") == ("OK", [b"3"])
            (head, text), end = line.uid("FETCH", "3", "BODY.PEEK[HEADER.FIELDS (SUBJECT)]")[1]
            assert b"UID 3" in head and text == b"Subject: Re: Unsubscribe\r\n\r\n" and end == b")"
            assert line.uid("STORE", "1,3", "+FLAGS.SILENT", "(\\Seen)")[0] == "OK"
            assert line.uid("SEARCH", "UNSEEN") == ("OK", [b""])
            denied(line.uid, "STORE", "1", "+FLAGS.SILENT", "(\\Deleted)")
            denied(line.uid, "FETCH", "1", "BODY[]")
            denied(line.uid, "COPY", "1", "Elsewhere")
            denied(line.expunge)
        with imaplib.IMAP4_SSL(HOST, told["port"], ssl_context=context, timeout=10) as line:
            assert line.login(told["user"], told["password"])[0] == "OK"


@check
def standin(folder):
    """finds a server in the stand-in: STARTTLS, TLS from the start, both logins, letters, refusals"""
    with StandIn() as place:
        mail = place.start
        sender, reader = mail["user"], mail["mailbox"]
        note = f"From: {sender}\r\nTo: {reader}\r\nSubject: hello\r\n\r\n.dots\r\n..\r\nend\r\n"
        with smtplib.SMTP(HOST, place.port(mail), timeout=10) as line:
            line.ehlo()
            assert line.has_extn("starttls") and not line.has_extn("auth")
            refused(530, line.sendmail, sender, [reader], note)
            line.starttls(context=place.context(mail))
            line.ehlo()
            assert line.esmtp_features["auth"].split() == ["LOGIN", "PLAIN"] and not line.has_extn("starttls")
            assert line.esmtp_features["size"] == str(1 << 20) and line.has_extn("8bitmime") and line.has_extn("pipelining")
            refused(535, line.login, sender, "wrong")
            line.login(sender, mail["password"])
            assert line.sendmail(sender, [reader], note) == {}
            refused(550, line.sendmail, sender, ["stranger@mail.example"], note)
            refused(552, line.sendmail, sender, [reader], note + "x\r\n" * 500_000)
            refused(550, line.sendmail, sender, [reader], note + "x" * 999 + "\r\n")
            refused(550, line.sendmail, sender, [reader], note.encode() + "ü\r\n".encode())
            assert line.sendmail(sender, [reader], note.encode() + "ü\r\n".encode(), mail_options=["BODY=8BITMIME"]) == {}
            assert line.docmd("MAIL", "FROM: <a@b.example>")[0] == 501
            assert line.docmd("RCPT", f"TO:<{reader}>")[0] == 503
            assert line.docmd("DATA")[0] == 503
            assert line.docmd("WHAT")[0] == 500
            assert line.noop()[0] == 250 and line.rset()[0] == 250
        mail = place.implicit
        for mechanism in ("auth_plain", "auth_login"):
            with smtplib.SMTP_SSL(HOST, place.port(mail), timeout=10, context=place.context(mail)) as line:
                line.user, line.password = mail["user"], mail["password"]
                assert line.docmd("MAIL", "FROM:<a@b.example>")[0] == 503
                line.ehlo()
                line.auth(mechanism.removeprefix("auth_").upper(), getattr(line, mechanism))
                assert line.sendmail(sender, [reader], note) == {}
        with smtplib.SMTP(HOST, place.port(place.start), timeout=10) as line:
            line.ehlo()
            line.sock.sendall(b"MAIL FROM:<a@b.example>\n")
            assert line.getreply()[0] == 500, "a bare line feed was taken"


if __name__ == "__main__":
    judge(tempfile.TemporaryDirectory())
