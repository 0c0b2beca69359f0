"""python spectrogram.py OUT.png FILE.wav ...: a sheet of log spectrograms, 2 columns, 40 Hz to 20 kHz on a log axis."""
import sys

import numpy as np
import soundfile as sf
from PIL import Image, ImageDraw

W, H = 420, 130


def picture(path):
    x, sr = sf.read(path, always_2d=True)
    x = x.mean(1)
    n, hop = 2048, max(1, len(x) // W)
    x = np.pad(x, n // 2)
    frames = [np.abs(np.fft.rfft(x[i * hop : i * hop + n] * np.hanning(n))) for i in range(min(W, (len(x) - n) // hop))]
    s = 20 * np.log10(np.array(frames).T / 512 + 1e-6)
    rows = np.geomspace(20000, 40, H) / (sr / n)
    img = np.array([np.maximum(s[int(r)], s[min(int(r) + 1, len(s) - 1)]) if r > 1 else s[int(r)] for r in rows])
    v = np.clip((img + 95) / 80, 0, 1)
    rgb = np.stack([np.clip(1.6 * v - 0.3, 0, 1), np.clip(1.4 * v - 0.5 + 0.2 * v, 0, 1), np.clip(0.25 + 1.2 * v - 1.2 * v * v, 0, 1)], -1)
    full = np.zeros((H, W, 3))
    full[:, : rgb.shape[1]] = rgb
    return Image.fromarray((full * 255).astype(np.uint8))


if __name__ == '__main__':
    files = sys.argv[2:]
    rows = (len(files) + 1) // 2
    sheet = Image.new('RGB', (2 * W + 12, rows * (H + 18)), 'white')
    draw = ImageDraw.Draw(sheet)
    for i, f in enumerate(files):
        x, y = (i % 2) * (W + 12), (i // 2) * (H + 18)
        draw.text((x + 2, y + 2), f.split('/')[-1].rsplit('.', 1)[0].replace('_', ' '), fill='black')
        sheet.paste(picture(f), (x, y + 16))
    sheet.quantize(64).save(sys.argv[1], optimize=True)
