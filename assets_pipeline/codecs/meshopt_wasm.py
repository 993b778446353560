"""Run meshoptimizer's WebAssembly modules: memory, calls, one instance a thread.

The three modules import nothing and allocate from their own memory. Each thread keeps
one instance of each, whose memory is given back after every call, as the library's own
JavaScript does: threads may call at once, and a module that fails is dropped with all
that it held.
"""

from __future__ import annotations

import ctypes
import math
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import wasmtime
from wasmtime import _bindings as c_api

from assets_pipeline.errors.exceptions import LimitExceededError, MissingToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import AnyArray, Float32Array

_FOLDER: Final = Path(__file__).parents[1] / "wasm"
_MEMORY_LIMIT_BYTES: Final = 3 << 30
_KEPT_BYTES: Final = 64 << 20
"""A larger memory is given back to the system."""
_MEMORY_STEP: Final = 1 << 20
_ALIGNMENT: Final = 16
_GREATEST_U32: Final = (1 << 32) - 1
_KINDS: Final = {"i32": 0, "i64": 1, "f32": 2, "f64": 3}
"""As wasmtime's C API numbers them."""


class _Function:
    """An exported function.

    wasmtime's own call asks for all its types each time, 40 to 100 µs; meshes that are
    many and small need dozens of calls, each of which takes a few µs.
    """

    def __init__(self, store: wasmtime.Store, function: wasmtime.Func) -> None:
        kind = function.type(store)
        self._store, self._function = store, function
        self._names = [str(part) for part in kind.params]
        self._result_name = next((str(part) for part in kind.results), None)
        self._arguments = (c_api.wasmtime_val_t * len(self._names))()
        for slot, name in zip(self._arguments, self._names, strict=True):
            slot.kind = _KINDS[name]
        self._results = (c_api.wasmtime_val_t * len(kind.results))()

    def __call__(self, *arguments: float) -> float:
        for slot, name, argument in zip(
            self._arguments, self._names, arguments, strict=True
        ):
            setattr(slot.of, name, argument)  # a number above 2 GiB wraps, as in C
        trap = ctypes.POINTER(c_api.wasm_trap_t)()
        error = c_api.wasmtime_func_call(
            self._store._context(),  # noqa: SLF001
            ctypes.byref(self._function._func),  # noqa: SLF001
            self._arguments,
            len(self._arguments),
            self._results,
            len(self._results),
            ctypes.byref(trap),
        )
        if bool(error):
            raise wasmtime.WasmtimeError._from_ptr(error)  # noqa: SLF001
        if bool(trap):
            raise wasmtime.Trap._from_ptr(trap)  # noqa: SLF001
        if self._result_name is None:
            return 0
        result: float = getattr(self._results[0].of, self._result_name)
        return result


class WasmInstance:
    """One running WebAssembly module with its memory."""

    def __init__(self, name: str) -> None:
        self._store = wasmtime.Store(_engine())
        self._store.set_limits(memory_size=_MEMORY_LIMIT_BYTES)
        exports = wasmtime.Instance(self._store, _load_module(name), []).exports(
            self._store
        )
        self._exports = exports
        self._functions: dict[str, _Function] = {}
        self._memory = exports["memory"]
        self.call("__wasm_call_ctors")
        start = self.call("sbrk", 0) & _GREATEST_U32
        self._free = self._start = _align(start)
        self._end = start

    def call(self, name: str, *arguments: float) -> int:
        """Return the result of an exported function, 0 if it has none."""
        if name not in self._functions:
            found = self._exports[name]
            self._functions[name] = _Function(self._store, found)  # type: ignore[arg-type]  # a Func
        try:
            result = self._functions[name](*arguments)
        except (wasmtime.Trap, wasmtime.WasmtimeError) as error:
            reason = "the mesh needs more memory than the encoder has"
            remedy = "Split the model, or reduce it before it is given to the museum"
            raise LimitExceededError(reason, name, remedy) from error
        return int(result)

    @property
    def memory_bytes(self) -> int:
        """Size of the instance's memory, free or not."""
        return int(self._memory.data_len(self._store))  # type: ignore[union-attr, call-arg]  # a Memory

    def allocate(self, size_bytes: int) -> int:
        """Return the address of newly allocated memory.

        It is taken in large steps: asking the module for it costs as much as many of
        its functions take. What the module itself needs meanwhile lies behind.
        """
        address = self._free
        self._free = _align(address + max(size_bytes, 1))
        if self._free > self._end:
            more = max(self._free - self._end, _MEMORY_STEP)
            self.call("sbrk", more)
            self._end += more
        return address

    def free_all(self) -> None:
        """Free everything that was allocated."""
        self._free = self._start

    def write(self, array: AnyArray | bytes) -> int:
        """Copy an array to new memory and return its address."""
        content = array if isinstance(array, bytes) else array.tobytes()
        address = self.allocate(len(content))
        self._memory.write(self._store, content, address)  # type: ignore[union-attr]  # a Memory
        return address

    def read(self, address: int, size_bytes: int) -> bytes:
        """Return a copy of memory as bytes."""
        end = address + size_bytes
        return bytes(self._memory.read(self._store, address, end))  # type: ignore[union-attr]  # a Memory

    def read_floats(self, address: int, shape: tuple[int, ...]) -> Float32Array:
        """Return a copy of memory as a float32 array."""
        content = self.read(address, math.prod(shape) * 4)
        return np.frombuffer(content, np.float32).reshape(shape)


_idle = threading.local()
"""Modules that ran in this thread, by name: a start takes ten times as long as a call."""


@contextmanager
def borrow_instance(name: str) -> Iterator[WasmInstance]:
    """Yield this thread's instance of a module; drop it if it fails."""
    idle: dict[str, WasmInstance] = _idle.__dict__
    run = idle.pop(name, None) or WasmInstance(name)
    yield run
    if run.memory_bytes <= _KEPT_BYTES:
        run.free_all()
        idle[name] = run


def _align(address: int) -> int:
    return -(-address // _ALIGNMENT) * _ALIGNMENT


@cache
def _engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@cache
def _load_module(name: str) -> wasmtime.Module:
    path = _FOLDER / f"meshopt_{name}.wasm"
    if not path.is_file():
        reason = "meshoptimizer is not unpacked"
        remedy = "Run scripts/build-client, or install the wheel, which holds it"
        raise MissingToolError(reason, path.name, remedy, file=path.name)
    return wasmtime.Module.from_file(_engine(), str(path))
