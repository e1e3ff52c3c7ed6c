"""What stands where in an archive."""

from typing import Final

FORMAT: Final = 1
SUMMARY = "data/archive.json"
README = "README.txt"
INDEX = "index.html"
MAX_SUMMARY = 64 * 1024 * 1024
SIGNATURE_HEX = 128
LONGEST_LINE = SIGNATURE_HEX + 2 + 1024 * 1024

_KINDS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"%PDF-", ".pdf"),
    (b"GIF8", ".gif"),
)


def changes_path(log: str) -> str:
    """The bodies of a log's changes: a line each, parents first."""
    return f"data/{log}/changes.txt"


def ids_path(log: str) -> str:
    """The ids of the same changes: a line each, in the same order."""
    return f"data/{log}/ids.txt"


def file_path(log: str, digest: str, start: bytes, *, form: bool) -> str:
    """Where a picture, agreement, roster or form lies; its name is its SHA-256."""
    return f"data/{log}/files/{digest}{'.toml' if form else _suffix(start)}"


def _suffix(start: bytes) -> str:
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return ".heic"
    return next((suffix for magic, suffix in _KINDS if start.startswith(magic)), ".bin")


README_TEXT = """This folder is an archive of inspections of agencies under 287(g) agreements.
It can be read without the program that wrote it. Nothing in it is encrypted but the names
of people, which stay sealed: keep the folder where only those may read who may read the case.

TO READ IT
Open index.html in any browser. It needs no network and runs nothing.

WHAT LIES WHERE
  index.html                 everything the inspections say, with their pictures
  data/archive.json          the logs, their digests, their newest changes, their files
  data/LOG/changes.txt       every change that a person made, one line each
  data/LOG/ids.txt           the SHA-256 of each change, in the same order
  data/LOG/files/            pictures, agreements, rosters and the checklist (.toml) by SHA-256
  bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
                             a BagIt bag, version 1.0 (RFC 8493)

TO CHECK IT
1. That no file was altered or lost:
     sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
2. That no change was altered, lost or moved. A line of changes.txt is a signature (128 hex
   digits), a space and the body, which is JSON. The SHA-256 of the body is the change's id and
   the same line of ids.txt. "log" is the id of the log (null in its first change), "previous"
   the same author's change before it, "replaces" the changes whose values were taken back:
   all of them stand above.
3. Who wrote it. "author" is an Ed25519 public key in hex. The signature covers the text
     inspector-app change 1
   then a line feed and the id in hex.
4. What holds now. A value is current while no change that names the same record and field
   lists its change in "replaces". The digest of a log is the SHA-256 of: its id as JSON, then
   for each record and field, sorted, ["record","field",[distinct current values]] as JSON with
   sorted keys and without spaces, joined by line feeds; fields that are only null are left out.
   It is "digest" in archive.json, and what the program shows for the same inspection.

Whoever alters a file can write the manifests anew. Compare the digest or the newest changes
("heads") with a printed report or with a colleague's to be sure of the end of the history.

With the program: inspector-app verify THIS-FOLDER
"""
