// Load the message catalogue of one part of the client, when that part is loaded.

import { toSceneError } from "./errors";
import { type Values, type Words, interpolate } from "./i18n";

export type Say<K extends string> = (key: K, values?: Values) => string;

type Catalogues<K extends string> = Readonly<
  Record<string, () => Promise<{ default: Readonly<Record<K, string>> }>>
>;

/** Load a part's messages, in the language that the client speaks on this page; a `SceneError` where they don't come. */
export async function loadCatalogue<K extends string>(
  { language }: Words,
  catalogues: Catalogues<K>,
): Promise<Say<K>> {
  const load = catalogues[language];
  if (!load) throw new RangeError(language);
  const { default: catalogue } = await load().catch((error: unknown) => {
    throw toSceneError(error, "network");
  });
  return (key, values = {}) => interpolate(catalogue[key], values);
}
