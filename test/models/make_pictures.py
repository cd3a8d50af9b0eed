"""Writes the pictures of test/pictures/ and, with Pillow and NumPy, what a model should get of them.

    python make_pictures.py <folder>

The numbers come from Pillow's own decoding and resizing and from NumPy, never from our code.
"""

import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from sklearn.datasets import load_sample_image

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
photo = Image.fromarray(load_sample_image("china.jpg")).crop((200, 150, 248, 187))
gray = photo.convert("L")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, samples, depth, colour):
    """Pillow cannot write colour of 16 bits."""
    height, width = samples.shape[:2]
    rows = samples.astype(">u2" if depth == 16 else "u1").reshape(height, -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    (folder / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    )


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def interlaced(name, samples, depth, colour):
    """Adam7, which Pillow reads and does not write. Fewer than eight bits are packed row by row."""
    raw = b""
    for x, y, right, down in ADAM7:
        part = samples[y::down, x::right]
        for row in part if part.size else []:
            values = row.reshape(-1)
            if depth < 8:
                bits = (values[:, None] >> np.arange(depth - 1, -1, -1)) & 1
                raw += b"\0" + np.packbits(bits.reshape(-1).astype(np.uint8)).tobytes()
            else:
                raw += b"\0" + values.astype(">u2" if depth == 16 else "u1").tobytes()
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 1)
    (folder / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    )


photo.save(folder / "colour.png")
interlaced("interlaced.png", np.asarray(photo), 8, 2)
interlaced("interlaced_gray.png", np.asarray(gray), 8, 0)
interlaced("interlaced_two_bit.png", np.asarray(gray) >> 6, 2, 0)
photo.save(folder / "default.jpg")
photo.save(folder / "progressive.jpg", quality=90, progressive=True)
photo.save(folder / "full_chroma.jpg", quality=90, subsampling=0)
gray.save(folder / "gray.png")
gray.save(folder / "gray.jpg")
photo.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(folder / "palette.png")
gray.point(lambda value: 255 * (value > 128)).convert("1").save(folder / "one_bit.png")
with_alpha = photo.copy()
with_alpha.putalpha(gray)
with_alpha.save(folder / "alpha.png")
Image.merge("LA", (gray, ImageOps.invert(gray))).save(folder / "gray_alpha.png")
wide = (np.asarray(photo).astype(np.uint16) << 8) + np.arange(37 * 48 * 3, dtype=np.uint16).reshape(37, 48, 3) % 251
png("sixteen_bit.png", wide, 16, 2)
tag = Image.Exif()
tag[0x0112] = 6
photo.save(folder / "turned.jpg", exif=tag)

whole = (folder / "default.jpg").read_bytes()
(folder / "truncated.jpg").write_bytes(whole[: len(whole) // 2])
(folder / "truncated.png").write_bytes((folder / "colour.png").read_bytes()[:1500])
photo.convert("CMYK").save(folder / "cmyk.jpg")
(folder / "huge.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")
)
at = whole.index(b"\xff\xc0")
(folder / "huge.jpg").write_bytes(whole[: at + 5] + struct.pack(">HH", 60000, 60000) + whole[at + 9 :])
(folder / "text.png").write_text("not a picture\n")

MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def decoded(name, turn=False):
    if name == "sixteen_bit.png":
        return Image.fromarray((wide >> 8).astype(np.uint8))
    image = Image.open(folder / name)
    return (ImageOps.exif_transpose(image) if turn else image).convert("RGB")


def shorter(image, size):
    """torchvision's Resize with one number."""
    width, height = image.size
    new = (size, int(size * height / width)) if width < height else (int(size * width / height), size)
    return image.resize(new, Image.Resampling.BILINEAR)


def crop(image, width, height):
    """torchvision's CenterCrop."""
    left, top = int(round((image.width - width) / 2.0)), int(round((image.height - height) / 2.0))
    return image.crop((left, top, left + width, top + height))


def linear(image, width, height):
    """Bilinear between the four nearest pixels, half-pixel centres, edges repeated."""
    values = np.asarray(image).astype(float)
    for axis, size in ((1, width), (0, height)):
        old = values.shape[axis]
        at = (np.arange(size) + 0.5) * old / size - 0.5
        low = np.floor(at).astype(int)
        part = (at - low).reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
        take = lambda index: np.take(values, np.clip(index, 0, old - 1), axis)
        values = np.floor(take(low) * (1 - part) + take(low + 1) * part + 0.5)
    return Image.fromarray(values.astype(np.uint8))


def tensor(image, scale=1.0, mean=0.0, deviation=1.0, layout="nchw", bgr=False):
    values = np.asarray(image).astype(np.float64)
    values = values[..., None] if values.ndim == 2 else values
    values = ((values[..., ::-1] if bgr else values) * scale - mean) / deviation
    values = values.transpose(2, 0, 1) if layout == "nchw" else values
    return {"shape": [1, *values.shape], "numbers": np.round(values, 5).reshape(-1).tolist()}


cases = {}
for name in ("colour.png", "default.jpg", "progressive.jpg", "full_chroma.jpg", "gray.png", "gray.jpg",
             "palette.png", "one_bit.png", "alpha.png", "gray_alpha.png", "sixteen_bit.png", "turned.jpg",
             "interlaced.png", "interlaced_gray.png"):
    cases[f"{name} raw"] = tensor(crop(decoded(name), 9, 7))
photo_file = decoded("colour.png")
cases |= {
    "torchvision": tensor(crop(shorter(photo_file, 20), 17, 14), 1 / 255, MEAN, DEVIATION),
    "keras": tensor(linear(photo_file, 11, 9), 1 / 127.5, 1.0, layout="nhwc"),
    "caffe": tensor(photo_file.resize((12, 10), Image.Resampling.BICUBIC), 1, np.array([103.939, 116.779, 123.68]),
                    layout="nhwc", bgr=True),
    "larger": tensor(photo_file.crop((10, 10, 20, 18)).resize((23, 19), Image.Resampling.BILINEAR)),
    "padded": tensor(crop(photo_file, 53, 41)),
    "gray": tensor(shorter(photo_file.convert("L"), 13), 1 / 255),
    "turned": tensor(shorter(decoded("turned.jpg", turn=True), 10)),
}
(folder / "expected.json").write_text(json.dumps(cases, separators=(",", ":")))
