// What the camera's view says, in each language that the client speaks.

import type fr from "../i18n/camera_fr.json";
import type { Words } from "../i18n";
import { type Say, wordbook } from "../wordbook";

export type CameraSay = Say<keyof typeof fr>;

export function cameraWords(words: Words): Promise<CameraSay> {
  return wordbook<keyof typeof fr>(words, {
    fr: () => import("../i18n/camera_fr.json"),
    en: () => import("../i18n/camera_en.json"),
    it: () => import("../i18n/camera_it.json"),
  });
}
