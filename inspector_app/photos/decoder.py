"""The child's side: Pillow and libheif, within limits, with no key, no files and no network.

The process that has the key never imports Pillow. This runs in the one that `reader` starts.
"""

import io
import json
import re
import warnings
from datetime import datetime
from typing import Any

import pi_heif
from PIL import Image, ImageCms, UnidentifiedImageError

from inspector_app.child import serve
from inspector_app.photos.drawing import draw_marks
from inspector_app.photos.marks import Mark

MAX_PIXELS = 120_000_000
MAX_MEMORY = 380 * 1024**2
"""Address space in bytes: enough for a JPEG of 120 megapixels and a HEIC or PNG of 48."""

_MEDIA_TYPES = {
    "HEIF": "image/heic",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
_DRAFTED = ("JPEG", "MPO")  # can be decoded small, at once
_FORMATS = ("JPEG", "PNG", "HEIF", "WEBP", "TIFF")

# EXIF tags (CIPA DC-008) and what turns a picture of each orientation upright.
_ORIENTATION, _EXIF, _TAKEN, _TAKEN_OFFSET, _GPS = 0x0112, 0x8769, 0x9003, 0x9011, 0x8825
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)
_QUALITY = 85


def loop() -> None:
    """Answer requests until the parent goes away."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    pi_heif.register_heif_opener(thumbnails=False)
    serve(_answer, MAX_MEMORY)


def _answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """What a picture says of itself, or copies of it: `longest` lists how long their sides are."""
    try:
        marks = [Mark(*row) for row in json.loads(data[: request["marks"]] or b"[]")]
        with Image.open(io.BytesIO(data[request["marks"] :]), formats=_FORMATS) as image:
            if not request["longest"]:
                return _facts(image)
            return _copies(image, request["longest"], marks, request["place"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"fault": "too-large"}, b""
    except UnidentifiedImageError:
        return {"fault": "unknown"}, b""
    except Exception:  # a hostile picture can make a decoder raise anything at all
        return {"fault": "damaged"}, b""


def _facts(image: Image.Image) -> tuple[dict[str, Any], bytes]:
    width, height = image.size
    if image.format in _DRAFTED:
        image.draft(None, _fitted(image.size, max(8, *image.size) // 8))
        image.load()
    else:
        _upright(image, 1600)  # what has facts has a copy too, within the same memory
    return _head(image, width, height, []), b""


def _copies(
    image: Image.Image, longest: list[int], marks: list[Mark], place: bool
) -> tuple[dict[str, Any], bytes]:
    """Upright copies, the longest first, decoded once: each smaller one is made of the last."""
    width, height = image.size
    plain = _upright(image, max(longest))
    exif = _place(image) if place else None
    made: list[tuple[int, int, bytes]] = []
    for most in sorted(longest, reverse=True):
        plain = _shrunk(plain, most)
        drawn = plain.copy() if marks else plain
        draw_marks(drawn, marks)
        made.append((*drawn.size, _jpeg(drawn, exif)))
    sizes = [[wide, high, len(jpeg)] for wide, high, jpeg in made]
    return _head(image, width, height, sizes), b"".join(jpeg for *_, jpeg in made)


def _upright(image: Image.Image, longest: int) -> Image.Image:
    """The picture in sRGB on white, upright, at most so long; nothing else of the file."""
    image.draft(None, _fitted(image.size, longest))
    decoded = _heic_in_bands(image, longest) if image.format == "HEIF" else image
    decoded.load()
    orientation = _orientation(image)  # after loading, in which Pillow turns a TIFF
    small = _shrunk(_continuous(decoded), longest)
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    plain = _in_srgb(_on_white(small))
    plain.info.clear()  # a comment would go along
    return plain


def _heic_in_bands(image: Image.Image, longest: int) -> Image.Image:
    """A large HEIC made smaller a band at a time: Pillow would have a second copy of all of it."""
    step = max(image.size) // (2 * longest)  # as coarse as `_shrunk` begins
    if step < 2 or image.mode not in ("L", "RGB", "RGBA"):
        return image
    file = pi_heif.open_heif(image.fp, remove_stride=False)  # type: ignore[attr-defined]
    frame = file[file.primary_index]
    data, stride, (width, height) = memoryview(frame.data), frame.stride, frame.size
    small = Image.new(frame.mode, (-(-width // step), -(-height // step)))
    for top in range(0, height, 64 * step):
        rows = min(64 * step, height - top)
        part = data[top * stride : (top + rows) * stride]
        band = Image.frombytes(frame.mode, (width, rows), part, "raw", frame.mode, stride)
        small.paste(band.reduce(step), (0, top // step))
    small.info = {**image.info}
    return small


def _jpeg(image: Image.Image, exif: Image.Exif | None) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, **({"exif": exif} if exif is not None else {}))
    return out.getvalue()


def _place(image: Image.Image) -> Image.Exif | None:
    """Where the picture was taken, and nothing else, for whoever may show it."""
    try:
        found = image.getexif().get_ifd(_GPS)
        kept = Image.Exif()
        kept.get_ifd(_GPS).update(found)
        kept.tobytes()
    except Exception:  # broken EXIF must not cost the picture
        return None
    return kept if found else None


def _head(image: Image.Image, width: int, height: int, copies: list[list[int]]) -> dict[str, Any]:
    if _orientation(image) in _LYING:
        width, height = height, width
    return {
        "copies": copies,
        "fault": None,
        "height": height,
        "media-type": _MEDIA_TYPES[str(image.format)],
        "taken": _taken(image),
        "width": width,
    }


def _continuous(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller smoothly."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "La", "PA", "RGBa"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` made smaller, never larger, until its longer side is at most `longest`."""
    share = min(1.0, longest / max(size))
    width, height = (max(1, round(side * share)) for side in size)
    return width, height


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    size = _fitted(image.size, longest)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    plain = paper.convert("RGB")
    plain.info["icc_profile"] = image.info.get("icc_profile")
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    """Phones write Display P3; a report says sRGB."""
    profile = image.info.get("icc_profile")
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            return turned or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is no reason to lose the picture
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    """1 to 8; 1 where nothing is said. Pillow turns TIFF itself, libheif HEIC."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken EXIF must not cost the picture
        return 1


def _taken(image: Image.Image) -> str | None:
    try:
        exif = image.getexif().get_ifd(_EXIF)
        stamp, offset = (str(exif.get(tag, "")).strip("\0 ") for tag in (_TAKEN, _TAKEN_OFFSET))
        local = datetime.strptime(stamp, "%Y:%m:%d %H:%M:%S").isoformat()
    except Exception:  # broken EXIF must not cost the picture
        return None
    known = re.fullmatch(r"[+-](0\d|1[0-4]):[0-5]\d", offset)
    return local + offset if known else local
