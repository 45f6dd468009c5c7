"""The folder of a pack while it is written: every file is hashed on its way, synchronised, never replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from reviewer.domain.evidence import pack_format
from reviewer.domain.names import TakenPaths
from reviewer.services.export.folder import ExportFolder
from reviewer.system.files import flush_to_drive, make_private_folder, sync_folder


class Bag:
    """`hashes` holds every file below data/ by its path in the bag, `size` their bytes. ValueError for a path
    that not every system could keep beside those before it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hashes: dict[str, str] = {}
        self.size = 0
        self._taken = TakenPaths()
        make_private_folder(folder)

    def add(self, path: str, pieces: Iterable[bytes]) -> str:
        """Write a file below data/ from its pieces; its SHA-256."""
        digest = hashlib.sha256()
        with self._open_new_file(path).open("xb") as file:
            self._taken.add(path)
            for piece in pieces:
                digest.update(piece)
                self.size += len(piece)
                file.write(piece)
            file.flush()
            flush_to_drive(file.fileno())
        self.hashes[path] = digest.hexdigest()
        return self.hashes[path]

    def adopt(self, below: str, folder: ExportFolder) -> None:
        """Take in the files that an export wrote into a folder of the bag."""
        folder.synchronise()
        for name, sha256 in folder.hashes.items():
            self._taken.add(below + name)
            self.hashes[below + name] = sha256
            self.size += (folder.place / name).stat().st_size

    def close(self, facts: Iterable[str], sign: Callable[[str], bytes]) -> str:
        """Write the tag files; `sign` makes the signature file from what it is given. Return the SHA-256 of
        the tag manifest, which stands for the whole pack."""
        info = pack_format.format_bag_info(
            [*facts, pack_format.format_payload_oxum(self.size, len(self.hashes))]
        )
        tags = {
            pack_format.BAGIT_DECLARATION: pack_format.BAGIT_DECLARATION_CONTENT,
            pack_format.BAG_INFO: info,
            pack_format.MANIFEST: pack_format.format_pack_manifest(self.hashes),
        }
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in tags.items()}
        tags[pack_format.TAG_MANIFEST] = pack_format.format_pack_manifest(hashes)
        tags[pack_format.SIGNATURE] = sign(pack_format.compute_pack_hash(tags[pack_format.TAG_MANIFEST]))
        for name, content in tags.items():
            with self._open_new_file(name).open("xb") as file:
                self._taken.add(name)
                file.write(content)
                file.flush()
                flush_to_drive(file.fileno())
        for folder in {self.folder, *((self.folder / path).parent for path in self.hashes)}:
            sync_folder(folder)
        return hashlib.sha256(tags[pack_format.TAG_MANIFEST]).hexdigest()

    def _open_new_file(self, path: str) -> Path:
        self._taken.check(path)
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        return file
