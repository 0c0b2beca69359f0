/** Draws icon.png from icon.svg: `node assets/icons/draw.mjs`. electron-builder makes .ico and .icns from it. */
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
await sharp(here('icon.svg'), { density: 72 }).resize(1024, 1024).png({ compressionLevel: 9 }).toFile(here('icon.png'));
