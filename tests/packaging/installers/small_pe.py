"""A small library of Windows, laid out by hand: two headers and one section."""

import struct

AUTHENTICODE = "6ae3f15d2713289cc7e2c370cba505b7e111ec91ffdc329ee45ce5f10b3bf202"
"""What osslsigncode 2.9 states for `make_small_library()` (sign -h sha256, then verify)."""
AUTHENTICODE_OF_ODD = "7b7e374e49ccadce65e766967498cebd5c744f83a3f4595df5163f647043ca5d"
"""The same for `make_small_library(b"odd")`, whose length is no multiple of 8."""
CHECKSUM_AT, ENTRY_AT = 64 + 24 + 64, 64 + 24 + 112 + 32


def make_small_library(behind=b""):
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 512, 0, 0, 0x1000, 0x1000)
    optional += struct.pack("<QIIHHHHHHI", 0x180000000, 0x1000, 512, 6, 0, 0, 0, 6, 0, 0)
    optional += struct.pack("<IIIHH", 0x2000, 512, 0xABCD, 2, 0x160)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16) + bytes(16 * 8)
    section = b".text\0\0\0" + struct.pack("<IIIIIIHHI", 512, 0x1000, 512, 512, 0, 0, 0, 0, 0x60000020)
    head = dos + coff + optional + section
    text = b"code of a small library"
    return head + bytes(512 - len(head)) + text + bytes(512 - len(text)) + behind


def sign_by_hand(library, digest):
    """The library with something where a signature is, that states a digest in hexadecimal digits."""
    whole = library + bytes(-len(library) % 8)
    signature = b"a signature that states " + bytes.fromhex(digest)
    signed = bytearray(whole + signature)
    struct.pack_into("<II", signed, ENTRY_AT, len(whole), len(signature))
    struct.pack_into("<I", signed, CHECKSUM_AT, 0x1234)
    return bytes(signed)
