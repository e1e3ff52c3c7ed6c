#!/bin/sh
# Makes dist/: a folder that starts by itself, a wheelhouse for installation without a network,
# a list of everything in both (CycloneDX), and checksums.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
out=dist
say() { printf '%s\n' "$*" >&2; }

rm -rf "$out" build
mkdir -p "$out/wheelhouse"
$python -m pip install --quiet --disable-pip-version-check --editable '.[folder]'

say "The folder …"
# Every module of the program is named, since commands, pages and children are loaded by name.
QT_QPA_PLATFORM=offscreen .venv/bin/pyinstaller --noconfirm --clean --log-level ERROR \
    --onedir --name inspector-app --distpath "$out" --workpath build --specpath build \
    --add-data "$PWD/forms:inspector_app/data/forms" \
    --add-data "$PWD/resources:inspector_app/data/resources" \
    --collect-submodules inspector_app \
    --collect-all pypdfium2 --collect-all pypdfium2_raw --collect-data docx \
    --copy-metadata inspector-app \
    --exclude-module tkinter --exclude-module PyInstaller --exclude-module pytest \
    inspector_app/__main__.py

say "The wheelhouse …"
$python -m pip wheel --quiet --disable-pip-version-check --wheel-dir "$out/wheelhouse" .
cat > "$out/wheelhouse/INSTALL.txt" <<'TEXT'
Without a network, on Python of the version that these wheels name:

    python3 -m venv inspector
    inspector/bin/python -m pip install --no-index --find-links . inspector-app
    inspector/bin/inspector-app
TEXT

say "What is in it, and checksums …"
plain=build/plain
$python -m venv "$plain"
"$plain/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
    --find-links "$out/wheelhouse" inspector-app
.venv/bin/cyclonedx-py environment --output-reproducible --of JSON -o "$out/sbom.json" "$plain/bin/python"
(cd "$out" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z |
    xargs -0 sha256sum > SHA256SUMS)
say "Made $out/inspector-app, $out/wheelhouse, $out/sbom.json and $out/SHA256SUMS."
