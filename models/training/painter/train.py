"""One command trains the painter; resumes from runs/painter/last.pt.

    python -m models.training.painter.train --minutes 20

The bank of pictures (every name as drawn; in each colour; in skin tones; a share of what can be worn) is made once, in two minutes.
"""
from __future__ import annotations

import argparse
import random
import time

import torch
from torch import Tensor

from ..paths import RUNS
from ..world.sprites import CLOTH, COLOURED, can_wear, texture
from ..world.vocab import COLOURS, SUBJECTS, share
from .model import Painter, index_of

FOLDER = RUNS / "painter"
SHARES = {"drawn": 0.4, "coloured": 0.25, "worn": 0.25, "toned": 0.1}


def bank(seed: int = 1) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
    """By kind: who i64[N,5], pictures uint8 [N,4,48,48], weights f32[N]."""
    file = FOLDER / "bank.pt"
    if file.exists():
        return torch.load(file)
    pick = random.Random(seed)
    cases: dict[str, list[tuple]] = {kind: [] for kind in SHARES}
    for subject in SUBJECTS:
        cases["drawn"].append((subject.name, "", "", 0))
        cases["coloured"] += [(subject.name, colour, "", 0) for colour in COLOURS]
        cases["toned"] += [(subject.name, "", "", tone) for tone in range(1, subject.tones + 1)]
        for garment in can_wear(subject):
            colours = pick.sample(list(CLOTH), 5) if garment in COLOURED else [""]
            cases["worn"] += [(subject.name, "", f"{colour} {garment}".strip(), pick.randrange(6) if subject.tones and pick.random() < 0.5 else 0) for colour in colours]
    weight = {subject.name: share(subject) for subject in SUBJECTS}
    made = {}
    for kind, entries in cases.items():
        made[kind] = (torch.tensor([index_of(*entry) for entry in entries]), torch.stack([texture(*entry) for entry in entries]),
                      torch.tensor([weight[entry[0]] for entry in entries]))
        print(kind, len(entries), flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.save(made, file)
    return made


def difference(made: Tensor, true: Tensor) -> Tensor:
    """Colour on and off the figure, and edges, which a plain square error blurs."""
    value = (made - true).abs().mean() + 2 * (made - true).square().mean()
    for axis in (2, 3):
        value = value + 0.7 * (made.diff(dim=axis) - true.diff(dim=axis)).abs().mean()
    return value


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    data = {kind: tuple(part.to(options.device) for part in entry) for kind, entry in bank().items()}
    torch.manual_seed(0)
    model = Painter().to(options.device, memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=1e-4, betas=(0.9, 0.98))
    last = FOLDER / "last.pt"
    if last.exists():
        state = torch.load(last, map_location=options.device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
    budget, began, step, seen, saved = options.minutes * 60, time.monotonic(), 0, [], time.monotonic()
    while (spent := time.monotonic() - began) < budget:
        factor = min(1, (step + 1) / 100) * min(1, (1 - spent / budget) / 0.5 + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * factor
        who, pictures = [], []
        for kind, part in SHARES.items():
            rows = torch.multinomial(data[kind][2], max(1, round(part * options.batch)), replacement=True)
            who.append(data[kind][0][rows])
            pictures.append(data[kind][1][rows])
        with torch.autocast(options.device, dtype=torch.bfloat16):
            made = model(torch.cat(who))
        loss = difference(made, torch.cat(pictures).float() / 255)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        seen.append(loss.item())
        if step % 200 == 0:
            print(f"step {step} {spent:.0f} s loss {sum(seen) / len(seen):.4f}", flush=True)
            seen.clear()
        if time.monotonic() - saved > 60:
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict()}, last)
            saved = time.monotonic()
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict()}, last)
    with torch.no_grad():
        who, pictures, _ = data["drawn"]
        print("PSNR of the names as drawn:", float(-10 * torch.log10((model.eval()(who) - pictures.float() / 255).square().mean())))


if __name__ == "__main__":
    main()
