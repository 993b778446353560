// The messages of the camera view, which WebXR AR shares.

import { type Say, loadCatalogue } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type fr from "../i18n/camera_fr.json";

export type CameraSay = Say<keyof typeof fr>;

export function loadCameraWords(words: Words): Promise<CameraSay> {
  return loadCatalogue<keyof typeof fr>(words, {
    fr: () => import("../i18n/camera_fr.json"),
    en: () => import("../i18n/camera_en.json"),
    it: () => import("../i18n/camera_it.json"),
  });
}
