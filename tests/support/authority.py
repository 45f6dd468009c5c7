"""An authority of time for tests: certificates, and answers to requests, by RFC 3161 and RFC 5652."""

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LONG_AGO, FAR = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_SHA256, _ECDSA = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
_SIGNED_DATA, _TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE, _DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def sequence(*parts):
    return der(0x30, *parts)


def set_of(*parts):
    return der(0x31, *sorted(parts))


def number(value):
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([first * 40 + second])
    for arc in rest:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        content += bytes(reversed(groups))
    return der(0x06, content)


def octets(content):
    return der(0x04, content)


class Authority:
    """Has a root and a certificate for time stamps, valid between two moments, named `name`."""

    def __init__(self, name="Test time authority", since=LONG_AGO, until=FAR, *, purpose=True):
        self.root_key, self.key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}, root")])
        own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.root = self._certify(root, root, self.root_key, LONG_AGO, FAR, authority=True)
        self.certificate = self._certify(own, root, self.key, since, until, purpose=purpose)

    def _certify(self, subject, issuer, key, since, until, *, authority=False, purpose=False):
        builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(since).not_valid_after(until)
        builder = builder.add_extension(x509.BasicConstraints(authority, None), True)
        if purpose:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
        return builder.sign(self.root_key, hashes.SHA256())

    def root_pem(self):
        return self.root.public_bytes(Encoding.PEM)

    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self):
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def answer(self, request, at, *, imprint=None, accuracy=1, with_root=True, status=0, reverse=False):
        """The answer to a request, given at the moment `at`."""
        info = self._make_info(imprint or read_imprint(request), at, accuracy)
        if status:
            return sequence(sequence(number(status)))
        algorithm = sequence(oid(_SHA256), der(0x05))
        certificate = self.certificate.public_bytes(Encoding.DER)
        inside = sorted([certificate, *([self.root.public_bytes(Encoding.DER)] if with_root else [])])
        if reverse:
            inside.reverse()
        issuer = sequence(self.certificate.issuer.public_bytes(), number(self.certificate.serial_number))
        known = sequence(sequence(sequence(octets(hashlib.sha256(certificate).digest()))))
        attributes = sorted(
            [
                sequence(oid(_CONTENT_TYPE), set_of(oid(_TST_INFO))),
                sequence(oid(_DIGEST), set_of(octets(hashlib.sha256(info).digest()))),
                sequence(oid(_SIGNING_CERTIFICATE), set_of(known)),
            ]
        )
        signature = self.key.sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA256()))
        signer = sequence(
            number(1),
            issuer,
            algorithm,
            der(0xA0, *attributes),
            sequence(oid(_ECDSA)),
            octets(signature),
        )
        content = sequence(oid(_TST_INFO), der(0xA0, octets(info)))
        signed = sequence(number(3), set_of(algorithm), content, der(0xA0, *inside), set_of(signer))
        token = sequence(oid(_SIGNED_DATA), der(0xA0, signed))
        return sequence(sequence(number(0)), token)

    def _make_info(self, imprint, at, accuracy):
        return sequence(
            number(1),
            oid("1.2.3.4"),
            sequence(sequence(oid(_SHA256), der(0x05)), octets(imprint)),
            number(7),
            der(0x18, f"{at:%Y%m%d%H%M%S}Z".encode()),
            *([sequence(number(accuracy))] if accuracy else []),
        )


def read_imprint(request):
    """The hash in a request: the octets behind its name."""
    begin = request.index(oid(_SHA256)) + len(oid(_SHA256))
    begin = request.index(b"\x04\x20", begin) + 2
    return request[begin : begin + 32]


def soon(seconds=60):
    """A moment of whole seconds after the present one."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0)
