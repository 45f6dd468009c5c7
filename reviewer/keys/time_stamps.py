"""Requests to an authority of time and its answers (RFC 3161). The only module that knows rfc3161-client.

An answer comes from outside, on a stick: its size is bounded before it is parsed (in Rust), and OpenSSL
checks its signature and the chain of certificates as of the time that it tells. So a certificate that has run
out since does not matter; one that had run out then, or was not made for time stamps, does. Whether an
authority has withdrawn its certificate cannot be asked without a network.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from datetime import UTC, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    Accuracy,
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from reviewer.domain.ledger.time_stamp import (
    LARGEST_ROOTS,
    LARGEST_TOKEN,
    MOST_ROOTS,
    TimeStamp,
    TokenRefused,
)

_SHA256 = "2.16.840.1.101.3.4.2.1"
_CONTEXT_0, _SEQUENCE = 0xA0, 0x30
_LONG_FORM, _MOST_LENGTH_BYTES = 0x80, 4


def make_request(text: bytes) -> bytes:
    """A request for a time stamp over the SHA-256 of `text`, with a nonce, that asks for the certificates."""
    builder = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def read_certificates(content: bytes) -> tuple[bytes, ...]:
    """The certificates of a file, PEM (one or several) or DER, each as DER; TokenRefused if it has none."""
    if len(content) > LARGEST_ROOTS:
        raise TokenRefused("The file of the certificate is too large for one.")
    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise TokenRefused(
            "The file of the certificate holds none.", "It must be a certificate as PEM or DER."
        ) from None
    if len(found) > MOST_ROOTS:
        raise TokenRefused(f"The file of the certificate holds more than {MOST_ROOTS} of them.")
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in found)


def put_in_order(content: bytes) -> bytes:
    """The same answer with its certificates in the order that DER wants of a set (X.690, 11.6).

    Authorities send them as they like, and a strict reader refuses that; nothing that is signed is touched.
    Anything that has not the shape of an answer comes back as it is.
    """
    try:
        ((_tag, at, end),) = _split(content, 0, len(content))
        token = _split(content, at, end)[1]
        outer = _split(content, token[1], token[2])[1]
        signed = _split(content, outer[1], outer[2])[0]
        for tag, start, stop in _split(content, signed[1], signed[2]):
            if tag == _CONTEXT_0:
                parts, begin = [], start
                for _inner, _from, until in _split(content, start, stop):
                    parts.append(content[begin:until])
                    begin = until
                return content[:start] + b"".join(sorted(parts)) + content[stop:]
    except (ValueError, IndexError):
        return content
    return content


def _split(content: bytes, at: int, end: int) -> list[tuple[int, int, int]]:
    """The elements between two places: tag, and where the content of each begins and ends. ValueError."""
    found = []
    while at < end:
        tag, length, at = content[at], content[at + 1], at + 2
        if length & _LONG_FORM:
            many = length & ~_LONG_FORM
            if not 0 < many <= _MOST_LENGTH_BYTES:
                raise ValueError("no definite length")
            length, at = int.from_bytes(content[at : at + many]), at + many
        if at + length > end:
            raise ValueError("ends too early")
        found.append((tag, at, at + length))
        at += length
    return found


def read_token(content: bytes, roots: Sequence[bytes]) -> TimeStamp:
    """Read an answer and check its signature and chain; see `TokenReader`. Its certificates are in order."""
    if len(content) > LARGEST_TOKEN:
        raise TokenRefused("It is too large for a time stamp.")
    try:
        answer = decode_timestamp_response(content)
        if answer.status != PKIStatus.GRANTED:
            raise TokenRefused("The authority did not give the time stamp that it was asked for.")
        inside = [x509.load_der_x509_certificate(der) for der in answer.signed_data.certificates]
        chosen = [x509.load_der_x509_certificate(der) for der in roots]
        signer = _find_signer(answer, inside)
        root = _verify_chain(answer, chosen or inside)
        return _describe(answer, signer, root)
    except TokenRefused:
        raise
    except Exception as error:  # what the parsers raise for bytes somebody made up has no one kind
        raise TokenRefused("It is no time stamp, or a damaged one.") from error


def _find_signer(answer: TimeStampResponse, inside: Sequence[x509.Certificate]) -> x509.Certificate:
    signed_by = {(info.issuer, info.serial_number) for info in answer.signed_data.signer_infos}
    for certificate in inside:
        if (certificate.issuer, certificate.serial_number) in signed_by:
            return certificate
    raise TokenRefused("The certificate of the authority is not in it.", "Ask for it with the request.")


def _verify_chain(answer: TimeStampResponse, known: Sequence[x509.Certificate]) -> x509.Certificate:
    """The certificate, one of `known`, at which the chain of the signature ends; TokenRefused."""
    if answer.tst_info.message_imprint.hash_algorithm.dotted_string != _SHA256:
        raise TokenRefused("It is not over a SHA-256.")
    ends = [certificate for certificate in known if _is_self_signed(certificate)][:MOST_ROOTS]
    if not ends:
        raise TokenRefused(
            "The certificate at which its chain ends is not in it.",
            "Bring the certificate of the root of that authority as well.",
        )
    between = [certificate for certificate in known if certificate not in ends]
    for end in ends:
        verifier = VerifierBuilder(roots=[end], intermediates=between).build()
        with contextlib.suppress(VerificationError):
            verifier.verify(answer, answer.tst_info.message_imprint.message)
            return end
    raise TokenRefused("Its signature does not hold, or its certificates do not end at that root.")


def _is_self_signed(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _describe(answer: TimeStampResponse, signer: x509.Certificate, root: x509.Certificate) -> TimeStamp:
    info = answer.tst_info
    spread: Accuracy | None = info.accuracy
    accuracy = timedelta()
    if spread is not None:
        accuracy = timedelta(
            seconds=spread.seconds or 0, milliseconds=spread.millis or 0, microseconds=spread.micros or 0
        )
    return TimeStamp(
        info.message_imprint.message.hex(),
        info.gen_time.astimezone(UTC),
        accuracy,
        signer.subject.rfc4514_string(),
        hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest(),
    )
