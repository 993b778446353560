// Run Basis Universal's transcoder without the script that Emscripten wrote for it, which makes
// functions of text: the pages' Content-Security-Policy admits none.
//
// Its classes are bound by embind: when it starts it tells its host where its methods are,
// and asks for JavaScript's values by number. Here is as much of such a host as numbers,
// buffers of bytes and plain methods need.

import names from "three/examples/jsm/libs/basis/basis_transcoder.js?names";

type WasmFunction = (...values: number[]) => number;

/** What it transcodes to: its own number, with and without alpha. */
export interface TargetFormat {
  readonly opaque: number;
  readonly clear: number;
}

/** What a phone's graphics take, for each of the two codecs. */
export interface TargetFormats {
  readonly etc1s: TargetFormat;
  readonly uastc: TargetFormat;
}

export interface Level {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface Transcoded {
  readonly levels: Level[];
  readonly isUastc: boolean;
  readonly hasAlpha: boolean;
}

const FILE = "KTX2File";
const WORD_BYTES = 4;
const SLOT_BYTES = 8;
const PAGE_BYTES = 65_536;
/** The kind of caller that constructs, of embind's three. */
const CONSTRUCTS = 1;
/** Emscripten's ENOSYS. */
const NOT_THERE = 52;
const UNUSED = -1;
/** Numbers of JavaScript's own constants, each a slot apart. */
const CONSTANTS: readonly unknown[] = [0, 0, undefined, 0, null, 0, true, 0, false, 0];

export class Transcoder {
  #memory!: WebAssembly.Memory;
  #table!: WebAssembly.Table;
  readonly #classes = new Map<number, string>();
  readonly #methods = new Map<string, WasmFunction>();
  readonly #callers: { kind: number; types: number[] }[] = [];
  /** JavaScript's values that the module was given, by number; those of one call. */
  #values = [...CONSTANTS];
  #valueType = 0;

  static async start(code: ArrayBuffer): Promise<Transcoder> {
    const made = new Transcoder();
    const host = Object.entries(names.imports).map(([short, name]) => [short, made.#host(name)]);
    const imports = { a: Object.fromEntries(host) as Record<string, WasmFunction> };
    const { exports } = (await WebAssembly.instantiate(code, imports)).instance;
    made.#memory = exports[names.exports.memory] as WebAssembly.Memory;
    made.#table = exports[names.exports.table] as WebAssembly.Table;
    (exports[names.exports.start] as () => void)();
    made.#call("initializeBasis");
    return made;
  }

  /** All levels of a file, as a phone's graphics take them. */
  transcoded(content: ArrayBuffer, targets: TargetFormats): Transcoded {
    const file = this.#call(FILE, new Uint8Array(content));
    const ask = (name: string, ...given: (number | Uint8Array)[]): number =>
      this.#call(`${FILE}.${name}`, file, ...given);
    try {
      if (!ask("isValid") || !ask("startTranscoding")) throw new Error("no KTX2");
      const isUastc = ask("isUASTC") !== 0;
      const hasAlpha = ask("getHasAlpha") !== 0;
      const target = (isUastc ? targets.uastc : targets.etc1s)[hasAlpha ? "clear" : "opaque"];
      const levels = Array.from({ length: ask("getLevels") }, (_, level) => {
        const data = new Uint8Array(ask("getImageTranscodedSizeInBytes", level, 0, 0, target));
        if (!ask("transcodeImage", data, level, 0, 0, target, 0, UNUSED, UNUSED)) {
          throw new Error("damaged KTX2");
        }
        const edge = (px: number): number => Math.max(1, px >> level);
        return { data, width: edge(ask("getWidth")), height: edge(ask("getHeight")) };
      });
      return { levels, isUastc, hasAlpha };
    } finally {
      ask("close");
    }
  }

  #call(name: string, ...given: (number | Uint8Array)[]): number {
    const method = this.#methods.get(name);
    if (!method) throw new Error(name);
    this.#values = [...CONSTANTS];
    return method(...given.map((value) => (typeof value === "number" ? value : this.#keep(value))));
  }

  #host(name: string): WasmFunction {
    return this.#answers[name] ?? (() => NOT_THERE);
  }

  readonly #answers: Readonly<Record<string, WasmFunction>> = {
    // What the module tells when it starts.
    embind_register_class: (type = 0, ...told) => {
      this.#classes.set(type, this.#text(told[9]));
      return 0;
    },
    embind_register_class_constructor: (type = 0, _count, _types, _signature, invoker, context) =>
      this.#bind(this.#classes.get(type) ?? "", invoker, context),
    embind_register_class_function: (type = 0, name, _count, _types, _sign, invoker, context) =>
      this.#bind(`${this.#classes.get(type)}.${this.#text(name)}`, invoker, context),
    embind_register_function: (name, _count, _types, _signature, invoker, context) =>
      this.#bind(this.#text(name), invoker, context),
    embind_register_emval: (type = 0) => (this.#valueType = type),
    // What it asks of JavaScript's values.
    emval_new_cstring: (at) => this.#keep(this.#text(at)),
    emval_get_module_property: () => this.#keep(new Uint8Array(this.#memory.buffer)),
    emval_get_global: () => this.#keep(Uint8Array),
    emval_get_property: (value = 0, key = 0) => {
      const held = this.#values[value] as Record<string, unknown>;
      return this.#keep(held[this.#values[key] as string]);
    },
    emval_as: (value = 0) => this.#values[value] as number,
    emval_get_method_caller: (count = 0, at = 0, kind = 0) => {
      const types = Array.from({ length: count }, (_, i) => this.#word(at + i * WORD_BYTES));
      return this.#callers.push({ kind, types }) - 1;
    },
    emval_call: (caller = 0, value = 0, _destructors, at = 0) => this.#apply(caller, value, "", at),
    emval_call_method: (caller = 0, value = 0, name = 0, _destructors, at = 0) =>
      this.#apply(caller, value, this.#text(name), at),
    emval_incref: () => 0,
    emval_decref: () => 0,
    emval_run_destructors: () => 0,
    // What it asks of a system.
    emscripten_memcpy_js: (to = 0, from = 0, size = 0) => {
      new Uint8Array(this.#memory.buffer).copyWithin(to, from, from + size);
      return 0;
    },
    emscripten_resize_heap: (size = 0) => {
      const more = Math.ceil(((size >>> 0) - this.#memory.buffer.byteLength) / PAGE_BYTES);
      try {
        this.#memory.grow(more);
        return 1;
      } catch {
        return 0;
      }
    },
    fd_write: (_file, at = 0, parts = 0, written = 0) => {
      let size = 0;
      for (let i = 0; i < parts; i++) size += this.#word(at + i * SLOT_BYTES + WORD_BYTES);
      new DataView(this.#memory.buffer).setUint32(written, size, true);
      return 0;
    },
    cxa_throw: throwBasisError,
    abort_js: throwBasisError,
  };

  #bind(name: string, invoker = 0, context = 0): number {
    const wired = this.#table.get(invoker) as WasmFunction;
    this.#methods.set(name, (...given) => wired(context, ...given));
    return 0;
  }

  /** Construct, or call a method, with arguments of eight bytes each. */
  #apply(caller: number, value: number, name: string, at: number): number {
    const { kind, types } = this.#callers[caller] ?? { kind: 0, types: [] };
    const [result, ...wanted] = types;
    const given = wanted.map((type, i) => {
      const word = this.#word(at + i * SLOT_BYTES);
      return type === this.#valueType ? this.#values[word] : word;
    });
    const held = this.#values[value];
    const made: unknown =
      kind === CONSTRUCTS
        ? Reflect.construct(held as typeof Uint8Array, given)
        : (held as Record<string, (...given: unknown[]) => unknown>)[name]?.(...given);
    return result === this.#valueType ? this.#keep(made) : Number(made ?? 0);
  }

  #keep(value: unknown): number {
    return this.#values.push(value) - 1;
  }

  #word(at: number): number {
    return new DataView(this.#memory.buffer).getUint32(at, true);
  }

  #text(at = 0): string {
    const bytes = new Uint8Array(this.#memory.buffer, at >>> 0);
    return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0))).replace(/\(.*/, "");
  }
}

function throwBasisError(): never {
  throw new Error("Basis");
}
