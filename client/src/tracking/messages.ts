// What the camera's view says, in each language that the client speaks.

import { type Say, wordbook } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type fr from "../i18n/camera_fr.json";

export type CameraSay = Say<keyof typeof fr>;

export function cameraWords(words: Words): Promise<CameraSay> {
  return wordbook<keyof typeof fr>(words, {
    fr: () => import("../i18n/camera_fr.json"),
    en: () => import("../i18n/camera_en.json"),
    it: () => import("../i18n/camera_it.json"),
  });
}
