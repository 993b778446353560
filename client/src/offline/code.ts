// Read a printed code as it was typed, exactly as tours/codes.py does.

const LOOK_ALIKES: Readonly<Record<string, string>> = { Z: "2", S: "5", G: "6", B: "8", U: "V", Y: "V" };
const MOST_TYPED = 32;

/** Return what was typed as a code would be: upper case, without spaces and hyphens. */
export function normaliseCode(typed: string): string {
  const folded = [...typed].slice(0, MOST_TYPED).join("").normalize("NFKC").toUpperCase();
  return folded.replace(/[^\p{L}\p{N}]/gu, "").replace(/[ZSGBUY]/g, (sign) => LOOK_ALIKES[sign] ?? sign);
}
