// The messages of the camera view, which WebXR AR shares.

import { type Say, loadCatalogue } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type messages from "../i18n/camera.json";

export type CameraSay = Say<keyof typeof messages>;

export function loadCameraWords(words: Words): Promise<CameraSay> {
  return loadCatalogue<keyof typeof messages>(words, {
    fr: () => import("../i18n/camera.json?fr"),
    en: () => import("../i18n/camera.json?en"),
    it: () => import("../i18n/camera.json?it"),
  });
}
