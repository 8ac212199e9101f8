"""Pictures as small PNG files: with a palette of as many colours as the limit of bytes allows."""

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QImageWriter

LIMIT = 60_000  # bytes
COLOURS = (256, 192, 128, 96, 64)  # tried in turn
FULL_COMPRESSION = 100


def save(picture: QImage, path: Path) -> int:
    """Write the picture and return the bytes it takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for colours in COLOURS:
        size = _write(with_palette(picture, colours), path)
        if size < LIMIT:
            return size
    raise ValueError(f"{path.name} cannot be made smaller than {size:,} bytes")


def _write(small: QImage, path: Path) -> int:
    small.setDotsPerMeterX(0)
    small.setDotsPerMeterY(0)
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(FULL_COMPRESSION)
    if not writer.write(small):
        raise OSError(writer.errorString())
    return path.stat().st_size


def with_palette(picture: QImage, size: int) -> QImage:
    """Return the picture in so many colours: half the frequent ones, half averages of the rest."""
    pixels = _pixels(picture)
    colours, index, count = np.unique(pixels, return_inverse=True, return_counts=True)
    palette, of_colour = _palette(colours, count, size)
    result = QImage(picture.width(), picture.height(), QImage.Format.Format_Indexed8)
    result.setColorTable([0xFF000000 | int(value) for value in palette])
    rows = of_colour[index].astype(np.uint8).reshape(picture.height(), picture.width())
    memory = np.frombuffer(result.bits(), np.uint8).reshape(rows.shape[0], -1)
    memory[:, : rows.shape[1]] = rows
    return result


def _pixels(picture: QImage) -> np.ndarray:
    """Return 0xRRGGBB of every pixel."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    return (pixels[:, : plain.width()] & 0xFFFFFF).ravel()


def _palette(colours: np.ndarray, count: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the palette, and which of its entries each colour becomes."""
    if len(colours) <= size:
        return colours, np.arange(len(colours))
    order = np.argsort(-count, kind="stable")
    largest, others = order[: size // 2], order[size // 2 :]
    channels = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1)
    averages = _averages(channels[others].astype(float), count[others], size - len(largest))
    entries = np.concatenate([channels[largest].astype(float), averages])
    distance = ((channels[:, None, :] - entries[None, :, :]) ** 2).sum(axis=2)
    rounded = np.rint(entries).astype(np.int64)
    palette = (rounded[:, 0] << 16) | (rounded[:, 1] << 8) | rounded[:, 2]
    return palette, distance.argmin(axis=1)


def _averages(channels: np.ndarray, count: np.ndarray, size: int) -> np.ndarray:
    """Cut the box of rare colours in two, the widest first, and return the boxes' averages."""
    boxes = [np.arange(len(channels))]
    while len(boxes) < size:
        spans = [np.ptp(channels[box], axis=0).max() * np.sqrt(count[box].sum()) for box in boxes]
        widest = int(np.argmax(spans))
        if spans[widest] == 0:
            break
        box = boxes.pop(widest)
        axis = int(np.argmax(np.ptp(channels[box], axis=0)))
        middle = np.median(channels[box, axis])
        low = channels[box, axis] <= middle
        if low.all():
            low = channels[box, axis] < middle
        boxes += [box[low], box[~low]]
    return np.stack([np.average(channels[box], axis=0, weights=count[box]) for box in boxes])
