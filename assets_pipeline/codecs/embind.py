"""Call C++ classes that Emscripten bound for JavaScript (embind) from Python.

Such a module, when it starts, registers with its host the names of its classes and methods, and
asks it for buffers of bytes by handle. Here the host is wasmtime and a few functions of
Python: as much of embind as numbers, buffers of bytes and plain methods need. The module
sees no file, no clock and no environment, so the same input gives the same bytes; each
`EmbindModule` has its own memory, which ends with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

import wasmtime

from assets_pipeline.errors.exceptions import MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MEMORY_LIMIT_BYTES: Final = 2 << 30
_PAGE_BYTES: Final = 1 << 16
_FIRST_HANDLE: Final = 16
"""Smaller ones stand for JavaScript's own constants."""
_ENOSYS: Final = 52
"""Emscripten's ENOSYS: what every call to a system that is not there answers."""
_METHOD, _CAST = 1, 3
_WORD_BYTES = 4
_SLOT_BYTES = 8
"""Of one argument that the module passes to its host."""
_SIGN: Final = 1 << 31
_BUFFER, _VIEW, _NUMBER = "buffer", "view", "number"


class EmbindError(Exception):
    """The module failed, or called a host function that is not provided."""


class _Callable(Protocol):
    """A function of the module."""

    def __call__(self, store: wasmtime.Store, *arguments: float) -> float | None: ...


@dataclass(frozen=True, slots=True)
class _View:
    """A stretch of the module's own memory."""

    address: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Method:
    """What is called, and with which first argument."""

    invoker: int
    context: int


class EmbindModule:
    """One running WebAssembly module with its memory; classes by name.

    Parameters
    ----------
    path
        The module; beside it a JSON file of the same stem holds its names (`imports`
        and `exports`), which Emscripten writes into its JavaScript alone.

    Raises
    ------
    MissingToolError
        If the module is not there.
    """

    def __init__(self, path: Path) -> None:
        module, names = _load_module(path)
        self._store = wasmtime.Store(_engine())
        self._store.set_limits(memory_size=_MEMORY_LIMIT_BYTES)
        self._names: dict[int, str] = {}
        self._kinds: dict[int, str] = {}
        self._methods: dict[tuple[str, str], _Method] = {}
        self._handles: dict[int, object] = {}
        self._next_handle = _FIRST_HANDLE
        self._invokers: list[tuple[int, str]] = []
        given = [self._host(names["imports"], part) for part in module.imports]
        exports = wasmtime.Instance(self._store, module, given).exports(self._store)
        self._memory: wasmtime.Memory = exports[names["exports"]["memory"]]  # type: ignore[assignment]  # wasmtime's union of exports
        self._table: wasmtime.Table = exports[names["exports"]["table"]]  # type: ignore[assignment]  # as above
        start: _Callable = exports[names["exports"]["start"]]  # type: ignore[assignment]  # as above
        start(self._store)

    def call_function(self, name: str, *arguments: float | bytearray) -> float:
        """Return the result of a free function, 0 if it has none."""
        return self._call(self._methods["", name], *arguments)

    def construct(self, class_name: str, *arguments: float | bytearray) -> int:
        """Return the address of a new object."""
        return int(self._call(self._methods[class_name, ""], *arguments))

    def call_method(
        self, class_name: str, name: str, instance: int, *arguments: float | bytearray
    ) -> float:
        """Return the result of a method, 0 if it has none.

        Buffers may be read and written by the module, and keep their size.

        Raises
        ------
        BoundError
            If the module fails: for want of memory, or by what it was given.
        """
        return self._call(self._methods[class_name, name], instance, *arguments)

    def _call(self, method: _Method, *arguments: float | bytearray) -> float:
        function: _Callable = self._table.get(self._store, method.invoker)  # type: ignore[assignment]  # a Func
        wired = [
            self._handle(a) if isinstance(a, bytearray) else _to_wasm_number(a)
            for a in arguments
        ]
        try:
            return function(self._store, method.context, *wired) or 0
        except (wasmtime.Trap, wasmtime.WasmtimeError) as error:
            raise EmbindError(str(error)) from error

    def _host(self, names: dict[str, str], part: wasmtime.ImportType) -> wasmtime.Func:
        """Return what answers one of the module's imports."""
        name, kind = names[str(part.name)], part.type
        if not isinstance(kind, wasmtime.FuncType):
            raise EmbindError(name)
        otherwise: Callable[..., float | None]
        otherwise = _answer_enosys if kind.results else _do_nothing
        if name.startswith("invoke_"):
            otherwise = self._on_invoke
        answer = getattr(self, f"_on_{name}", otherwise)
        return wasmtime.Func(self._store, kind, answer)

    # What the module registers when it starts.

    def _on_embind_register_class(self, raw: int, *arguments: int) -> None:
        name_at = 9  # of thirteen arguments, the raw type apart
        self._names[raw] = self._text(arguments[name_at])

    def _on_embind_register_class_constructor(self, raw: int, *arguments: int) -> None:
        _, _, _, invoker, context = arguments
        self._methods[self._names[raw], ""] = _Method(invoker, context)

    def _on_embind_register_class_function(
        self, raw: int, name_at: int, *arguments: int
    ) -> None:
        _, _, _, invoker, context = arguments[:5]
        name = self._text(name_at).partition("(")[0]
        self._methods[self._names[raw], name] = _Method(invoker, context)

    def _on_embind_register_function(self, name_at: int, *arguments: int) -> None:
        _, _, _, invoker, context = arguments[:5]
        name = self._text(name_at).partition("(")[0]
        self._methods["", name] = _Method(invoker, context)

    def _on_embind_register_emval(self, raw: int) -> None:
        self._kinds[raw] = _BUFFER

    def _on_embind_register_memory_view(self, raw: int, *_: int) -> None:
        self._kinds[raw] = _VIEW

    # What it asks of buffers.

    def _on_emval_new_cstring(self, at: int) -> int:
        return self._handle(self._text(at))

    def _on_emval_get_property(self, handle: int, key: int) -> int:
        held = self._handles[handle]
        if not isinstance(held, bytearray):
            raise EmbindError(str(self._handles[key]))
        return self._handle(len(held))  # `length` and `byteLength` are all it asks

    def _on_emval_decref(self, handle: int) -> None:
        self._handles.pop(handle, None)

    def _on_emval_create_invoker(self, _: int, types_at: int, kind: int) -> int:
        raw = self._word(types_at + _WORD_BYTES)
        self._invokers.append((kind, self._kinds.get(raw, _NUMBER)))
        return len(self._invokers) - 1

    def _on_emval_invoke(
        self, invoker: int, handle: int, _name: int, _destructors: int, at: int
    ) -> float:
        kind, argument = self._invokers[invoker]
        if kind == _CAST and argument == _VIEW:
            size_bytes, address = self._word(at), self._word(at + _WORD_BYTES)
            return float(self._handle(_View(address, size_bytes)))
        given = self._handles[self._word(at)]
        if kind == _CAST and isinstance(given, int):
            return float(given)
        if kind == _METHOD:
            self._set(self._handles[handle], given)
            return 0.0
        raise EmbindError(str(kind))

    def _set(self, target: object, source: object) -> None:
        """Do what `target.set(source)` does to typed arrays."""
        if isinstance(target, _View) and isinstance(source, bytearray):
            self._memory.write(self._store, source, target.address)
        elif isinstance(target, bytearray) and isinstance(source, _View):
            end = source.address + source.size_bytes
            content = self._memory.read(self._store, source.address, end)
            target[: source.size_bytes] = content
        else:
            raise EmbindError(str(target))

    # What it asks of a system.

    def _on_emscripten_resize_heap(self, size_bytes: int) -> int:
        more = (size_bytes & 0xFFFFFFFF) - self._memory.data_len(self._store)
        try:
            self._memory.grow(self._store, -(-more // _PAGE_BYTES))
        except wasmtime.WasmtimeError:
            return 0
        return 1

    def _on_emscripten_get_heap_max(self) -> int:
        return _MEMORY_LIMIT_BYTES - 2 * _SIGN

    def _on_environ_sizes_get(self, count_at: int, size_at: int) -> int:
        for at in (count_at, size_at):
            self._memory.write(self._store, bytes(_WORD_BYTES), at)
        return 0

    def _on_environ_get(self, *_: int) -> int:
        return 0

    def _on_clock_time_get(self, _clock: int, _precision: int, at: int) -> int:
        self._memory.write(self._store, bytes(_SLOT_BYTES), at)
        return 0

    def _on_emscripten_get_now(self) -> float:
        return 0.0

    def _on_emscripten_date_now(self) -> float:
        return 0.0

    def _on_fd_write(self, _file: int, parts_at: int, parts: int, count_at: int) -> int:
        """Take what the module prints, and forget it."""
        sizes = (
            self._word(parts_at + i * _SLOT_BYTES + _WORD_BYTES) for i in range(parts)
        )
        written = sum(sizes).to_bytes(_WORD_BYTES, "little")
        self._memory.write(self._store, written, count_at)
        return 0

    def _on_cxa_throw(self, *_: int) -> None:
        raise EmbindError

    def _on_abort_js(self) -> None:
        raise EmbindError

    def _on_emscripten_throw_longjmp(self) -> None:
        raise EmbindError

    def _on_invoke(self, index: int, *arguments: float) -> float | None:
        function: _Callable = self._table.get(self._store, index)  # type: ignore[assignment]  # a Func
        return function(self._store, *arguments)

    # Its memory.

    def _word(self, at: int) -> int:
        at &= 0xFFFFFFFF
        content = self._memory.read(self._store, at, at + _WORD_BYTES)
        return int.from_bytes(content, "little")

    def _text(self, at: int) -> str:
        at &= 0xFFFFFFFF
        end = at
        while self._memory.read(self._store, end, end + 1) != b"\0":
            end += 1
        return self._memory.read(self._store, at, end).decode("ascii")

    def _handle(self, value: object) -> int:
        self._next_handle += 1
        self._handles[self._next_handle] = value
        return self._next_handle


def _do_nothing(*_: float) -> None:
    return None


def _answer_enosys(*_: float) -> int:
    return _ENOSYS


def _to_wasm_number(number: float) -> float:
    """Return a number as WebAssembly's i32 and f32 have it."""
    is_high = isinstance(number, int) and number >= _SIGN
    return number - 2 * _SIGN if is_high else number


@cache
def _engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@cache
def _load_module(path: Path) -> tuple[wasmtime.Module, dict[str, dict[str, str]]]:
    if not path.is_file():
        reason = "the encoder of KTX2 is not unpacked"
        remedy = "Run scripts/build-client, or install the wheel, which holds it"
        raise MissingToolError(reason, path.name, remedy, file=path.name)
    names = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return wasmtime.Module.from_file(_engine(), str(path)), names
