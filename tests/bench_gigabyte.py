"""A bundle of a gigabyte of photos, made and merged, beside the rows copied by plain SQL (P6)."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from inspector_app import agencies, forms
from inspector_app.store import Store
from inspector_app.workspace import Plan, Workspace
from inspector_app.workspace.desk import STORE_FILE
from tests.bench_clock import milliseconds, most_memory

SECRET = "for the bench only"
PHOTOS, BYTES = 400, 2_500_000
MEMORY_MB = 200
COPY = "INSERT INTO other.blob (log, sha256, bytes) SELECT log, sha256, bytes FROM main.blob"


def made(folder: Path) -> tuple[float, float]:
    """Milliseconds to make the bundle, and to copy its rows and hash the file."""
    place = _written(folder)
    ana = Workspace.open(place / "ana", passphrase=SECRET)
    id, key = ana.inspection_ids()[0], ana.desk.keys.database
    took = milliseconds(lambda: ana.bundle([id], place / "all.inspection", passphrase=SECRET))
    ana.close()
    return took, milliseconds(lambda: _copied(place / "ana" / STORE_FILE, key, place / "floor.db"))


def merged(folder: Path) -> tuple[float, float]:
    """Milliseconds to merge it into a workspace that has none of it, and the same floor."""
    place = _written(folder)
    if not (place / "all.inspection").exists():
        made(folder)
    again = place / "again"
    shutil.rmtree(again, ignore_errors=True)
    shutil.copytree(place / "ben", again)
    ben = Workspace.open(again, passphrase=SECRET)
    took = milliseconds(lambda: ben.merge(place / "all.inspection", SECRET))
    key = ben.desk.keys.database
    ben.close()
    floor = milliseconds(lambda: _copied(again / STORE_FILE, key, place / "floor.db"))
    shutil.rmtree(again)
    return took, floor


def memory(folder: Path) -> tuple[float, float]:
    """Megabytes that a process holds at most which makes the bundle and merges it, and the most."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench_gigabyte", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ran.stdout), MEMORY_MB


def _written(folder: Path) -> Path:
    """Ana's workspace with a gigabyte of photos, and Ben's with her card."""
    place = folder / "gigabyte"
    if place.exists():
        return place
    place.mkdir()
    ana, _ = Workspace.create(place / "ana", "Ana Sample", "opr-inspector", "Unit", SECRET)
    ben, _ = Workspace.create(place / "ben", "T. Mock", "opr-inspector", "Unit", SECRET)
    ben.accept(ana.card())
    row = agencies.find(ana.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    days = date(2026, 3, 10), date(2026, 3, 12)
    id = ana.start(Plan(row, agencies.resolve(row, forms.shipped()), "inspection", *days))
    log = ana.inspection(id).id
    fields: dict[str, dict[str, object]] = {}
    for number in range(PHOTOS):
        data = number.to_bytes(4, "big") + os.urandom(BYTES)
        digest = hashlib.sha256(data).hexdigest()
        ana.desk.store.put_blob(log, data)
        fields[f"photo:{digest}"] = {"sha256": digest, "media_type": "image/jpeg"}
    ana.put_many(id, fields, "took in photos")  # type: ignore[arg-type]
    ana.close()
    ben.close()
    return place


def _copied(source: Path, key: bytes, target: Path) -> None:
    target.unlink(missing_ok=True)
    Store.create(target, bytes(32)).close()
    store = Store.open(source, key)
    database = store._db.conn
    database.execute(f"ATTACH DATABASE ? AS other KEY \"x'{bytes(32).hex()}'\"", (str(target),))
    with database:
        database.execute(COPY)
    store.close()
    with target.open("rb") as file:
        hashlib.file_digest(file, "sha256")


if __name__ == "__main__":
    made(Path(sys.argv[1]))
    merged(Path(sys.argv[1]))
    print(most_memory())
