// QR codes of addresses: ISO/IEC 18004, model 2, byte mode, level M, versions 1 to 6.

/** Of each version: codewords of data in a block, blocks, codewords of correction in a block. */
const VERSIONS = [
  [16, 1, 10],
  [28, 1, 16],
  [44, 1, 26],
  [32, 2, 18],
  [43, 2, 24],
  [27, 4, 16],
] as const;
/** Level M (00) with each mask, protected and masked (annex C). */
const FORMATS = [0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0];
const QUIET = 4;

type Grid = boolean[][];

/** The modules of a text's QR code, row by row; true is dark. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text);
  const index = VERSIONS.findIndex(([data, blocks]) => bytes.length + 2 <= data * blocks);
  const version = VERSIONS[index];
  if (!version) throw new RangeError("the text is too long");
  const bits = bitsOf(interleave(dataCodewords(bytes, version[0] * version[1]), version));
  const masked = FORMATS.map((_, mask) => drawn(index + 1, bits, mask));
  const penalties = masked.map(penalty);
  return masked[penalties.indexOf(Math.min(...penalties))] as Grid;
}

/** The same as a picture, dark on light whatever the page's colours. */
export function qrPicture(text: string, title: string): SVGSVGElement {
  const rows = qrModules(text);
  const edge = rows.length + 2 * QUIET;
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  const make = <K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string>): SVGElementTagNameMap[K] => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const svg = make("svg", { viewBox: `0 0 ${edge} ${edge}`, class: "ec-qr", role: "img", "aria-label": title, "shape-rendering": "crispEdges" });
  svg.append(make("path", { d: `M0 0h${edge}v${edge}H0z`, fill: "#fff" }), make("path", { d: path.join(""), fill: "#000" }));
  return svg;
}

function dataCodewords(bytes: Uint8Array, capacity: number): number[] {
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const words: number[] = [];
  for (let i = 0; i < nibbles.length && words.length < capacity; i += 2) words.push(((nibbles[i] ?? 0) << 4) | (nibbles[i + 1] ?? 0));
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

function interleave(words: readonly number[], [size, count, corrections]: (typeof VERSIONS)[number]): number[] {
  const blocks = Array.from({ length: count }, (_, i) => words.slice(i * size, (i + 1) * size));
  const checks = blocks.map((block) => remainder(block, corrections));
  const across = (rows: readonly number[][], length: number): number[] =>
    Array.from({ length }, (_, i) => rows.map((row) => row[i] ?? 0)).flat();
  return [...across(blocks, size), ...across(checks, corrections)];
}

/** Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1. */
function remainder(data: readonly number[], degree: number): number[] {
  let divisor = [1];
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    const next = [...divisor, 0];
    divisor.forEach((factor, j) => (next[j + 1] = (next[j + 1] ?? 0) ^ times(factor, root)));
    divisor = next;
    root = times(root, 2);
  }
  const rest = [...data, ...new Array<number>(degree).fill(0)];
  for (let i = 0; i < data.length; i += 1) {
    const lead = rest[i] ?? 0;
    divisor.forEach((factor, j) => (rest[i + j] = (rest[i + j] ?? 0) ^ times(factor, lead)));
  }
  return rest.slice(data.length);
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function bitsOf(words: readonly number[]): boolean[] {
  return words.flatMap((word) => Array.from({ length: 8 }, (_, i) => ((word >> (7 - i)) & 1) === 1));
}

function drawn(version: number, bits: readonly boolean[], mask: number): Grid {
  const edge = 17 + 4 * version;
  const grid: Grid = Array.from({ length: edge }, () => new Array<boolean>(edge).fill(false));
  const fixed: Grid = grid.map((row) => [...row]);
  const set = (x: number, y: number, isDark: boolean): void => {
    const [row, held] = [grid[y], fixed[y]];
    if (!row || !held || x < 0 || x >= edge) return;
    row[x] = isDark;
    held[x] = true;
  };
  drawPatterns(set, edge, version);
  drawFormat(set, edge, FORMATS[mask] ?? 0);
  fill(grid, fixed, bits, mask);
  return grid;
}

type Setter = (x: number, y: number, isDark: boolean) => void;

function drawPatterns(set: Setter, edge: number, version: number): void {
  for (let i = 8; i < edge - 8; i += 1) {
    set(i, 6, i % 2 === 0);
    set(6, i, i % 2 === 0);
  }
  const square = (x: number, y: number, reach: number, isDark: (ring: number) => boolean): void => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  const finder = (ring: number): boolean => ring !== 2 && ring !== 4;
  square(3, 3, 4, finder);
  square(edge - 4, 3, 4, finder);
  square(3, edge - 4, 4, finder);
  if (version > 1) square(edge - 7, edge - 7, 2, (ring) => ring !== 1);
}

function drawFormat(set: Setter, edge: number, format: number): void {
  for (let i = 0; i < 15; i += 1) {
    const isDark = ((format >> i) & 1) === 1;
    // Along the first finder, past the lines that time the rows and columns.
    if (i < 6) set(8, i, isDark);
    else if (i < 8) set(8, i + 1, isDark);
    else if (i === 8) set(7, 8, isDark);
    else set(14 - i, 8, isDark);
    if (i < 8) set(edge - 1 - i, 8, isDark);
    else set(8, edge - 15 + i, isDark);
  }
  set(8, edge - 8, true);
}

const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** Two columns at a time from the right, upwards and downwards in turn. */
function fill(grid: Grid, fixed: Grid, bits: readonly boolean[], mask: number): void {
  const edge = grid.length;
  let next = 0;
  for (let right = edge - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < edge; step += 1) {
      const y = ((right + 1) & 2) === 0 ? edge - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = grid[y];
        if (!row || fixed[y]?.[x]) continue;
        row[x] = (bits[next] ?? false) !== (MASKS[mask]?.(x, y) === 0);
        next += 1;
      }
    }
  }
}

/** How hard a grid is to read (section 7.8.3): runs, squares, false finders, imbalance. */
function penalty(grid: Grid): number {
  const turned = grid.map((_, x) => grid.map((row) => row[x] ?? false));
  const lines = [...grid, ...turned].map((row) => row.map(Number).join(""));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, { length }) => sum + length - 2, 0);
  const finders = lines.reduce((sum, line) => sum + (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0) * 40, 0);
  let squares = 0;
  for (let y = 1; y < grid.length; y += 1) {
    for (let x = 1; x < grid.length; x += 1) {
      const corner = grid[y]?.[x];
      if (corner === grid[y - 1]?.[x] && corner === grid[y]?.[x - 1] && corner === grid[y - 1]?.[x - 1]) squares += 3;
    }
  }
  const dark = grid.flat().filter(Boolean).length / grid.length ** 2;
  return runs + finders + squares + Math.floor(Math.abs(dark * 20 - 10)) * 10;
}
