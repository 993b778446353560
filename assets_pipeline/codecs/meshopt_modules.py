"""meshoptimizer's WebAssembly modules as they run: memory, calls, one a thread.

The three modules import nothing and allocate from their own memory. Each thread keeps
one instance of each, whose memory is given back after every call, as the library's own
JavaScript does: threads may call at once, and a module that fails is dropped with all
that it held.
"""

from __future__ import annotations

import math
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import wasmtime

from assets_pipeline.errors import LimitExceededError, MissingToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.gltf.accessors import AnyArray, FloatArray

_FOLDER: Final = Path(__file__).parents[1] / "wasm"
_MEMORY_LIMIT_BYTES: Final = 3 << 30
_KEPT_BYTES: Final = 64 << 20
"""A larger memory is given back to the system."""
_MEMORY_STEP: Final = 1 << 20
_ALIGNMENT: Final = 16
_GREATEST_U32: Final = (1 << 32) - 1
_GREATEST_I32: Final = (1 << 31) - 1


class Instance:
    """One running module with its memory."""

    def __init__(self, name: str) -> None:
        self._store = wasmtime.Store(_engine())
        self._store.set_limits(memory_size=_MEMORY_LIMIT_BYTES)
        exports = wasmtime.Instance(self._store, _module(name), []).exports(self._store)
        self._exports = exports
        self._functions: dict[str, object] = {}
        self._memory = exports["memory"]
        self.call("__wasm_call_ctors")
        start = self.call("sbrk", 0) & _GREATEST_U32
        self._free = self._start = _aligned(start)
        self._end = start

    def call(self, name: str, *arguments: float) -> int:
        """Return what an exported function returns, 0 for nothing."""
        if name not in self._functions:  # a look-up costs as much as a call
            self._functions[name] = self._exports[name]
        function = self._functions[name]
        try:
            result = function(self._store, *map(_signed, arguments))  # type: ignore[operator]  # a Func
        except (wasmtime.Trap, wasmtime.WasmtimeError) as error:
            reason = "the mesh needs more memory than the encoder has"
            remedy = "Split the model, or reduce it before it is given to the museum"
            raise LimitExceededError(reason, name, remedy) from error
        return int(result or 0)

    @property
    def memory_bytes(self) -> int:
        """What it holds, free or not."""
        return int(self._memory.data_len(self._store))  # type: ignore[union-attr, call-arg]  # a Memory

    def room(self, size_bytes: int) -> int:
        """Return the address of fresh memory.

        It is taken in large steps: asking the module for it costs as much as many of
        its functions take. What the module itself needs meanwhile lies behind.
        """
        address = self._free
        self._free = _aligned(address + max(size_bytes, 1))
        if self._free > self._end:
            more = max(self._free - self._end, _MEMORY_STEP)
            self.call("sbrk", more)
            self._end += more
        return address

    def forget(self) -> None:
        """Take all rooms back."""
        self._free = self._start

    def put(self, array: AnyArray | bytes) -> int:
        """Return the address of a copy of an array."""
        content = array if isinstance(array, bytes) else array.tobytes()
        address = self.room(len(content))
        self._memory.write(self._store, content, address)  # type: ignore[union-attr]  # a Memory
        return address

    def take(self, address: int, size_bytes: int) -> bytes:
        """Return a copy of memory."""
        end = address + size_bytes
        return bytes(self._memory.read(self._store, address, end))  # type: ignore[union-attr]  # a Memory

    def floats(self, address: int, shape: tuple[int, ...]) -> FloatArray:
        """Return a copy of memory as float32 numbers."""
        content = self.take(address, math.prod(shape) * 4)
        return np.frombuffer(content, np.float32).reshape(shape)


_idle = threading.local()
"""Modules that ran in this thread, by name: a start takes ten times as long as a call."""


@contextmanager
def running(name: str) -> Iterator[Instance]:
    """Give a module with all its memory free again; one that failed is dropped."""
    idle: dict[str, Instance] = _idle.__dict__
    run = idle.pop(name, None) or Instance(name)
    yield run
    if run.memory_bytes <= _KEPT_BYTES:
        run.forget()
        idle[name] = run


def _aligned(address: int) -> int:
    return -(-address // _ALIGNMENT) * _ALIGNMENT


def _signed(argument: float) -> float:
    """Return an address above 2 GiB as WebAssembly's i32 has it."""
    is_high = isinstance(argument, int) and argument > _GREATEST_I32
    return argument - (1 << 32) if is_high else argument


@cache
def _engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@cache
def _module(name: str) -> wasmtime.Module:
    path = _FOLDER / f"meshopt_{name}.wasm"
    if not path.is_file():
        reason = "meshoptimizer is not unpacked"
        remedy = "Run scripts/build-client, or install the wheel, which holds it"
        raise MissingToolError(reason, path.name, remedy, file=path.name)
    return wasmtime.Module.from_file(_engine(), str(path))
