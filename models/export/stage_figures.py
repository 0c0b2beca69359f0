"""The stage's figures: assets/stage/figures.zip and figures.json from the npm package fluentui-emoji.

    npm pack fluentui-emoji@1.3.0 && python3 -m models.export.stage_figures fluentui-emoji-1.3.0.tgz

The drawings are Microsoft's Fluent Emoji (MIT, assets/stage/LICENSE-fluent-emoji.txt). The package also carries drawings that
Microsoft does not license: paperclip, flags, technologist, video games. None of their names is in the table.
The same package gives the same bytes: entries are sorted and dated 1980.
"""
from __future__ import annotations

import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THINGS = ROOT / 'models/training/world/things.json'
OUT = ROOT / 'assets/stage'
FOLDER = 'package/icons/modern/'
TONES = ('light', 'medium-light', 'medium', 'medium-dark', 'dark')

#: Names whose drawing is called something else than what the word list of the package says.
DRAWN_AS = json.loads((Path(__file__).parent / 'stage_drawings.json').read_text(encoding='utf-8'))
#: Drawings that Microsoft does not license, or that show what belongs to somebody.
NOT_LICENSED = {'technologist', 'video-game', 'joystick', 'paperclip', 'linked-paperclips'}


def main(tarball: Path) -> None:
    with tarfile.open(tarball) as package:
        drawings = {
            Path(member.name).stem: package.extractfile(member).read()
            for member in package.getmembers()
            if member.name.startswith(FOLDER) and member.name.endswith('.svg')
        }
    figures, files = [], {}
    for thing in json.loads(THINGS.read_text(encoding='utf-8')):
        drawing = DRAWN_AS.get(thing['name'])
        if drawing is None or drawing.removesuffix('-default') in NOT_LICENSED:
            continue
        if drawing not in drawings:
            raise SystemExit(f"{thing['name']}: the package has no drawing '{drawing}'.")
        names = [drawing]
        if drawing.endswith('-default'):
            names += [drawing.removesuffix('default') + tone for tone in TONES if drawing.removesuffix('default') + tone in drawings]
        for name in names:
            files[name] = drawings[name]
        figure = {key: thing[key] for key in ('name', 'kind', 'height', 'looks', 'group')}
        figure |= {'drawing': drawing, 'tones': len(names) - 1}
        figure |= {key: thing[key] for key in ('shirt', 'anchors') if key in thing}
        figures.append(figure)
    OUT.mkdir(exist_ok=True)
    with zipfile.ZipFile(OUT / 'figures.zip', 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f'{name}.svg', date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, small(files[name].decode()), compresslevel=9)
    lines = ',\n'.join(json.dumps(figure, ensure_ascii=False, separators=(',', ':')) for figure in figures)
    (OUT / 'figures.json').write_text(f'[\n{lines}\n]\n', encoding='utf-8')
    left_out = sorted({thing['name'] for thing in json.loads(THINGS.read_text(encoding='utf-8'))} - {figure['name'] for figure in figures})
    print(f'{len(figures)} figures, {len(files)} drawings; left out: {", ".join(left_out)}')


def small(svg: str) -> str:
    """Short names for gradients and filters: the package's are 40 characters each, and they do not compress."""
    names: dict[str, str] = {}
    for name in re.findall(r'id="([^"]+)"', svg):
        names.setdefault(name, f'i{len(names)}')
    return re.sub(r'(id="|url\(#|href="#)([^")]+)', lambda found: found[1] + names.get(found[2], found[2]), svg)


if __name__ == '__main__':
    main(Path(sys.argv[1]))
