"""The process that checks signatures. It is given what anybody may know: public keys, hashes and signatures.

    python -m reviewer.keys.signature_worker

Standard input is one record after another: the public key, the hash and the signature, 32, 32 and 64 bytes.
Once it ends, one line of JSON is answered: how many records there were, and the numbers, from 0, of those
whose signature does not hold.
"""

from __future__ import annotations

import json
import signal
import sys

from reviewer.keys.signing import is_raw_signature_valid

RECORD_BYTES = 32 + 32 + 64


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    asked, invalid = 0, []
    while len(record := sys.stdin.buffer.read(RECORD_BYTES)) == RECORD_BYTES:
        if not is_raw_signature_valid(record[:32], record[32:64], record[64:]):
            invalid.append(asked)
        asked += 1
    sys.stdout.write(json.dumps({"asked": asked, "invalid": invalid}))


if __name__ == "__main__":
    main()
