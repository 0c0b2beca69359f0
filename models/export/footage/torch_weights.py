"""Reads the tensors of a file that torch.save wrote, without torch. Every global that it does not know is refused."""
from __future__ import annotations

import collections
import io
import pickle
import zipfile

import numpy as np

STORAGES = {"FloatStorage": np.float32, "HalfStorage": np.float16, "LongStorage": np.int64, "IntStorage": np.int32}


def _rebuild(storage: np.ndarray, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_rest: object) -> np.ndarray:
    if not size:
        return storage[offset].copy()
    steps = [step * storage.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(storage[offset:], size, steps).copy()


class _Unpickler(pickle.Unpickler):
    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(archive.read(f"{root}/data.pkl")))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuild
        if module == "torch" and name in STORAGES:
            return STORAGES[name]
        raise pickle.UnpicklingError(f"refused: {module}.{name}")

    def persistent_load(self, pid: tuple) -> np.ndarray:
        _kind, dtype, key, _place, _count = pid
        return np.frombuffer(self._archive.read(f"{self._root}/data/{key}"), dtype=dtype)


def read_torch(data: bytes) -> dict[str, np.ndarray]:
    """State dict -> arrays by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = next(name for name in archive.namelist() if name.endswith("/data.pkl")).removesuffix("/data.pkl")
        return dict(_Unpickler(archive, root).load())
