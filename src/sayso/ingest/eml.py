"""Mail: the text of a message, its subject as headline, its attachments as items of their own."""

from __future__ import annotations

import email
import email.errors
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses

from sayso.errors import ReadError
from sayso.ingest import dates, draft, html, plain
from sayso.ingest.blocks import Block, Item, Raw
from sayso.ingest.draft import Facts
from sayso.records import Meta, PartKind, Problem, problem
from sayso.settings import Limits

# What the mail library raises on damaged messages; its own bugs included (IndexError, AttributeError ...).
_DAMAGED = (email.errors.MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError,
            RecursionError)  # fmt: skip
# A plain part shorter than this beside an HTML one only says "your program cannot show this".
_STUB = 200


def read(raw: Raw, limits: Limits) -> Iterator[Item | Problem]:
    """The message as a document, then the documents of its attachments. Raises ReadError where there is no text.

    A page saved as MHTML is such a message, too: it is read as the page.
    """
    try:
        message = email.message_from_bytes(raw.data, policy=email.policy.default)
        page = _saved_page(message)
        parts = [] if page else list(_attachments(message))
    except _DAMAGED as error:
        raise ReadError(f"a damaged message ({error or type(error).__name__}); save it again") from error
    if page:
        yield from html.read(replace(raw, data=page[0], url=raw.url or page[1]), limits)
        return
    try:
        yield _item(raw, message, limits)
    except ReadError as error:
        yield problem(raw.name, "read", str(error))
    for number, part in enumerate(parts, 1):
        yield from _attached(raw, part, number, limits)


def _item(raw: Raw, message: EmailMessage, limits: Limits) -> Item:
    try:
        facts, body = _facts(message), _body(message, limits)
    except _DAMAGED as error:
        raise ReadError(f"a damaged message ({error or type(error).__name__}); save it again") from error
    if not body:
        raise ReadError("a message without text; if its words are in a picture, run it through OCR")
    head = [Block(PartKind.HEADLINE, facts.title.value, "mail Subject")] if facts.title else []
    return draft.from_blocks(raw, "eml", facts, [*head, *body], limits)


def _body(message: EmailMessage, limits: Limits) -> list[Block]:
    marked, words = message.get_body(("html",)), message.get_body(("plain",))
    text = _text(words) if words else ""
    if marked and len(text.strip()) < _STUB:
        blocks = html.fragment(_text(marked), None, limits)
        if blocks:
            return blocks
    return draft.blocks_of_text(text)


def _text(part: EmailMessage | object) -> str:
    assert isinstance(part, EmailMessage)
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    try:
        return data.decode(charset) if charset else plain.decode(data)[0]
    except (LookupError, UnicodeDecodeError):
        return plain.decode(data)[0]


def _facts(message: EmailMessage) -> Facts:
    senders = getaddresses([str(value) for value in message.get_all("From", [])])
    day = dates.iso(str(message.get("Date", "")))
    return Facts(
        title=draft.meta(str(message.get("Subject", "")), "mail Subject"),
        authors=tuple(Meta(name or address, "mail From") for name, address in senders if name or address),
        published=Meta(day, "mail Date") if day else None,
        language=draft.meta(str(message.get("Content-Language", "")), "mail Content-Language"),
    )


def _saved_page(message: EmailMessage) -> tuple[bytes, str | None] | None:
    """The page and its address where the message is one saved as MHTML."""
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    url = str(message.get("Snapshot-Content-Location") or (page and page.get("Content-Location")) or "")
    if page is None or message.get("To") or not url.startswith(("http://", "https://", "file:")):
        return None
    data = page.get_payload(decode=True)
    return (data, url if url.startswith("http") else None) if isinstance(data, bytes) else None


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    """The attachments, without the pictures that stand in the text."""
    if not message.is_multipart():
        return
    for part in message.iter_attachments():
        if isinstance(part, EmailMessage) and not part.get("Content-ID"):
            yield part


def _attached(raw: Raw, part: EmailMessage, number: int, limits: Limits) -> Iterator[Item | Problem]:
    from sayso.ingest import archive, read

    try:
        name = archive.safe(part.get_filename() or f"attachment-{number}")
        data = _bytes(part)
    except _DAMAGED as error:
        yield problem(raw.name, "read", f"its attachment {number} is damaged ({error}); save the message again")
        return
    inner = f"{raw.name}!{name}"
    if inner.count("!") > limits.archive_depth:
        many = f"more than {limits.archive_depth} files in one another"
        yield problem(inner, "read", f"{many}; save it and give it by itself")
    elif data.strip():
        yield from read(Raw(inner, data, f"{raw.location}!{name}", given=raw.given), limits)


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_content()
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
