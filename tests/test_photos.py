"""Pictures from outside: what is read, what is left out, what is refused, what survives."""

import base64
import io
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from inspector_app.child.process import environment
from inspector_app.errors import BadInput
from inspector_app.photos import PictureFacts, PictureReader
from inspector_app.photos.reader import MAX_PICTURE

# Four colors, so that every way of turning a picture shows.
GREEN, RED, BLUE, YELLOW = (20, 200, 20), (200, 20, 20), (20, 20, 200), (220, 220, 20)
UPRIGHT = {
    ("top", "left"): GREEN,
    ("top", "right"): RED,
    ("bottom", "left"): BLUE,
    ("bottom", "right"): YELLOW,
}
OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}

# EXIF 2.32, tag 0x0112: which visual side the stored row 0 and the stored column 0 are.
SIDES = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}

# 64 x 48 pixels drawn once as the tests below draw theirs (top left green, top right red, bottom
# blue), turned by orientation 6, taken 2026-03-10T09:42:07-04:00, with a GPS entry.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAADgAAgAAAAACJAABAAAAAAAAAIgAAAA4aWluZgAAAAAA"
    "AgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADm"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAq"
    "QgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQAN"
    "AAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEA"
    "AQAAAMhtZGF0AAAANCgBrxOA5TH2vtP+4Tj+5yZk6gxC/+RKPu3Py0KixBuOnv/SvfEiPvx96IKNGOeyIUDaemAAAAAG"
    "RXhpZgAATU0AKgAAAAgAAwESAAMAAAABAAYAAIdpAAQAAAABAAAAMoglAAQAAAABAAAAbAAAAAAAApADAAIAAAAUAAAA"
    "UJARAAIAAAAHAAAAZAAAAAAyMDI2OjAzOjEwIDA5OjQyOjA3AC0wNDowMAAAAAEAAQACAAAAAk4AAAAAAAAA"
)


@pytest.fixture(scope="module")
def pictures() -> Iterator[PictureReader]:
    with PictureReader() as opened:
        yield opened


def drawn(width: int = 60, height: int = 40, orientation: int = 1) -> Image.Image:
    """A picture whose upright form is `width` x `height`, stored in that orientation."""
    row, column = SIDES[orientation]
    size = (width, height) if orientation < 5 else (height, width)
    image = Image.new("RGB", size)
    for down, first in ((0, row), (1, OPPOSITE[row])):
        for along, second in ((0, column), (1, OPPOSITE[column])):
            corner = next(color for at, color in UPRIGHT.items() if {first, second} == set(at))
            image.paste(corner, _quarter(size, along, down))
    return image


def _quarter(size: tuple[int, int], along: int, down: int) -> tuple[int, int, int, int]:
    half_width, half_height = size[0] // 2, size[1] // 2
    left, top = along * half_width, down * half_height
    return left, top, left + half_width, top + half_height


def saved(image: Image.Image, format: str = "JPEG", orientation: int = 1, **extra: object) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0x9003: "2026:03:10 09:42:07", 0x9011: "-04:00"})
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, format, exif=exif, **extra)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    assert image.format == "JPEG"
    return image


def near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


def corners_are_upright(image: Image.Image) -> bool:
    width, height = image.size
    across = {"left": width // 8, "right": width - 1 - width // 8}
    downward = {"top": height // 8, "bottom": height - 1 - height // 8}
    return all(
        near(image.getpixel((across[side], downward[end])), color)
        for (end, side), color in UPRIGHT.items()
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_upright(
    pictures: PictureReader, format: str, orientation: int
) -> None:
    data = saved(drawn(120, 80, orientation), format, orientation)

    facts, copy = pictures.facts(data), pictures.report_copy(data)

    assert (facts.media_type, facts.width, facts.height) == (f"image/{format.lower()}", 120, 80)
    assert (copy.width, copy.height) == opened(copy.jpeg).size == (120, 80)
    assert corners_are_upright(opened(copy.jpeg))
    assert corners_are_upright(opened(pictures.thumbnail(data, 40)))


def test_a_phone_s_heic(pictures: PictureReader) -> None:
    copy = pictures.report_copy(HEIC)

    assert pictures.facts(HEIC) == PictureFacts("image/heic", 48, 64, "2026-03-10T09:42:07-04:00")
    assert (copy.width, copy.height) == (48, 64)
    assert near(opened(copy.jpeg).getpixel((2, 2)), (30, 30, 200))
    assert near(opened(copy.jpeg).getpixel((45, 2)), (30, 200, 30))


def test_when_it_was_taken(pictures: PictureReader) -> None:
    def taken(stamp: str, offset: str | None) -> str | None:
        exif = Image.Exif()
        exif.get_ifd(0x8769).update({0x9003: stamp} | ({0x9011: offset} if offset else {}))
        out = io.BytesIO()
        drawn().save(out, "JPEG", exif=exif)
        return pictures.facts(out.getvalue()).taken

    assert taken("2026:03:10 09:42:07", "-04:00") == "2026-03-10T09:42:07-04:00"
    assert taken("2026:03:10 09:42:07", None) == "2026-03-10T09:42:07"
    assert taken("2026:03:10 09:42:07", "east") == "2026-03-10T09:42:07"
    assert taken("0000:00:00 00:00:00", None) is None
    assert taken("yesterday", "-04:00") is None


@pytest.mark.parametrize(
    "size, longest, expected",
    [
        ((3000, 2000), 1600, (1600, 1067)),
        ((2000, 3000), 1600, (1067, 1600)),
        ((300, 200), 1600, (300, 200)),
        ((4000, 2), 320, (320, 1)),
    ],
)
def test_copies_are_no_larger_than_asked(
    pictures: PictureReader,
    size: tuple[int, int],
    longest: int,
    expected: tuple[int, int],
) -> None:
    copy = pictures.report_copy(saved(drawn(*size)), longest)
    assert (copy.width, copy.height) == opened(copy.jpeg).size == expected


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (1, 2000)])
def test_the_smallest_pictures(pictures: PictureReader, size: tuple[int, int]) -> None:
    data = saved(Image.new("RGB", size))
    facts = pictures.facts(data)
    assert (facts.width, facts.height) == size
    assert pictures.report_copy(data).width == opened(pictures.thumbnail(data)).width == size[0]


def test_nothing_of_the_camera_or_the_place_is_in_a_copy(pictures: PictureReader) -> None:
    """A report must not say where somebody lives (reliability.md, S8)."""
    canary = b"SPECIMEN-PLACE"
    exif = Image.Exif()
    exif[0x010F] = canary.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 58.0, 1.0)})
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", canary.decode())
    pictures_with_canary = []
    for format, extra in (
        ("JPEG", {"comment": canary, "xmp": b"<x>" + canary + b"</x>"}),
        ("PNG", {"pnginfo": text}),
        ("WEBP", {"xmp": canary}),
        ("TIFF", {"description": canary.decode()}),
    ):
        out = io.BytesIO()
        drawn().save(out, format, exif=exif, **extra)
        pictures_with_canary.append(out.getvalue())

    for data in pictures_with_canary:
        assert canary in data
        for jpeg in (pictures.report_copy(data).jpeg, pictures.thumbnail(data)):
            assert canary not in jpeg and b"Exif" not in jpeg and b"ICC_PROFILE" not in jpeg
            assert not dict(opened(jpeg).getexif())
            assert set(opened(jpeg).info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
            }


def test_a_small_plain_jpeg_is_written_anew_too(pictures: PictureReader) -> None:
    """What follows the picture in the file (a script, an archive) must not reach a report."""
    out = io.BytesIO()
    drawn().save(out, "JPEG")
    assert b"PK\x03\x04" not in pictures.report_copy(out.getvalue() + b"PK\x03\x04").jpeg


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel(pictures: PictureReader, mode: str) -> None:
    image = Image.new("RGB", (64, 64), (128, 128, 128)).convert("L")
    if mode == "I;16":
        image = Image.new("I;16", (64, 64), 128 * 257)
    elif mode != "L":
        image = image.convert("RGB").convert(mode, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "TIFF" if mode == "CMYK" else "PNG")

    pixel = opened(pictures.report_copy(out.getvalue()).jpeg).getpixel((32, 32))

    assert near(pixel, (255, 255, 255) if mode == "1" else (128, 128, 128))


def test_what_is_transparent_is_white_paper(pictures: PictureReader) -> None:
    for image in (Image.new("RGBA", (8, 8), (0, 0, 0, 0)), Image.new("P", (8, 8), 0)):
        out = io.BytesIO()
        image.save(out, "PNG", **({"transparency": 0} if image.mode == "P" else {}))
        copy = opened(pictures.report_copy(out.getvalue()).jpeg)
        assert near(copy.getpixel((4, 4)), (255, 255, 255))


def test_colors_are_turned_into_srgb(pictures: PictureReader) -> None:
    """A profile that swaps red and blue: the copy shows what the camera saw."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (250, 0, 0)).save(out, "JPEG", icc_profile=swapped)
    copy = opened(pictures.report_copy(out.getvalue()).jpeg)
    assert near(copy.getpixel((4, 4)), (0, 0, 250))


def test_a_broken_profile_or_exif_costs_nothing(pictures: PictureReader) -> None:
    out = io.BytesIO()
    drawn().save(out, "JPEG", icc_profile=b"no profile", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert pictures.facts(out.getvalue()).taken is None
    assert corners_are_upright(opened(pictures.report_copy(out.getvalue()).jpeg))


def huge_jpeg(width: int) -> bytes:
    """A small JPEG whose header claims `width` x 8,000 pixels."""
    data = bytearray(saved(drawn()))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (8000).to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def huge_png() -> bytes:
    """A small PNG whose header claims 50,000 x 10,000 pixels, with a right checksum."""
    data = bytearray(saved(drawn(), "PNG"))
    data[16:24] = (50_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


NOISE = Image.effect_noise((300, 200), 60)


@pytest.mark.parametrize(
    "data, says",
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<html><body>Sign in to the network</body></html>", "JPEG", id="html"),
        pytest.param(b"\xff\xd8\xff<html></html>", "", id="html-with-a-jpeg-s-first-bytes"),
        pytest.param(saved(drawn(), "GIF"), "JPEG", id="gif"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "JPEG", id="pdf"),
        pytest.param(saved(NOISE)[:5000], "cut short", id="half-a-jpeg"),
        pytest.param(saved(NOISE, "PNG")[:5000], "cut short", id="half-a-png"),
        pytest.param(saved(NOISE, "WEBP")[:5000], "", id="half-a-webp"),
        pytest.param(saved(NOISE, "TIFF")[:5000], "", id="half-a-tiff"),
        pytest.param(HEIC[:600], "", id="half-a-heic"),
        pytest.param(huge_jpeg(62_500), "megapixels", id="500-megapixel-jpeg"),
        pytest.param(huge_jpeg(15_001), "megapixels", id="121-megapixel-jpeg"),
        pytest.param(huge_png(), "megapixels", id="500-megapixel-png"),
    ],
)
def test_what_is_no_picture_is_refused_with_one_sentence(
    pictures: PictureReader, data: bytes, says: str
) -> None:
    for read in (pictures.facts, pictures.report_copy, pictures.thumbnail):
        with pytest.raises(BadInput) as refused:
            read(data)
        assert says in refused.value.message and refused.value.message.endswith(".")
    assert pictures.facts(saved(drawn())).width == 60


def test_a_file_that_is_too_large_is_refused(pictures: PictureReader) -> None:
    with pytest.raises(BadInput, match="larger"):
        pictures.facts(bytes(MAX_PICTURE + 1))


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited on Linux alone")
def test_a_picture_that_would_fill_the_memory_is_refused(pictures: PictureReader) -> None:
    """60 KB that unpack to 116 megapixels, and to four times as many bytes."""
    out = io.BytesIO()
    Image.new("P", (11_600, 10_000), 3).save(out, "PNG", transparency=3)
    with pytest.raises(BadInput, match="memory"):
        pictures.facts(out.getvalue())
    assert pictures.facts(saved(drawn())).width == 60


def test_a_child_that_died_is_replaced() -> None:
    with PictureReader() as pictures:
        pictures.facts(saved(drawn()))
        os.kill(child_of(pictures), signal.SIGTERM)
        refusals = 0
        for _ in range(3):
            try:
                assert pictures.facts(saved(drawn())).width == 60
            except BadInput:
                refusals += 1
        assert refusals <= 1


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no signal stops a process here")
def test_a_child_that_hangs_is_killed_and_replaced() -> None:
    with PictureReader(patience=1.5) as pictures:
        pictures.facts(saved(drawn()))
        stuck = child_of(pictures)
        os.kill(stuck, signal.SIGSTOP)
        with pytest.raises(BadInput, match="too long"):
            pictures.facts(saved(drawn()))
        assert pictures.facts(saved(drawn())).width == 60
        assert child_of(pictures) != stuck


@pytest.mark.parametrize(
    "program",
    [
        "",
        "import os; os.write(1, b'<html>' * 100)",
        "import os; os.write(1, b'\\xff' * 100)",
        "import os; os.write(1, b'\\0\\0\\0\\x0e{\"fault\":null}\\0\\0\\0\\0')",
        'import os; os.write(1, b\'\\0\\0\\0\\x10{"fault":"odder"}\\0\\0\\0\\0\')',
    ],
)
def test_a_child_that_a_picture_took_over_is_not_believed(program: str) -> None:
    liar = (sys.executable, "-c", f"import sys; sys.stdin.buffer.read(4)\n{program}")
    with PictureReader(liar) as pictures, pytest.raises(BadInput, match="do harm"):
        pictures.facts(saved(drawn()))


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "correct horse battery")
    monkeypatch.setenv("HOME", "/home/specimen")
    tell = (sys.executable, "-c", "import os, sys; sys.stdin.read(); print(sorted(os.environ))")
    with PictureReader(tell) as pictures:
        pictures._child.start()
        child = pictures._child.process
        assert child is not None
        said = child.communicate(timeout=60)[0].decode()
    assert "INSPECTOR" not in said and "HOME" not in said and "PATH" in said


def test_the_child_ends_with_its_reader() -> None:
    with PictureReader() as pictures:
        pictures._child.start()
        child = pictures._child.process
    assert child is not None and child.returncode is not None


def test_no_picture_library_in_the_process_that_has_the_key() -> None:
    script = "import sys, inspector_app.photos; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", script], cwd=root(), text=True).split()
    assert "inspector_app.photos" in modules
    assert not {"PIL", "pi_heif"} & set(modules)


def child_of(pictures: PictureReader) -> int:
    assert pictures._child.process is not None
    return pictures._child.process.pid


def root() -> str:
    return environment()["PYTHONPATH"]
