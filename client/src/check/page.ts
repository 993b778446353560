// The page that tests what this phone can show, for staff to hear on the telephone.

import { savesData, supportsSession } from "../core/capabilities";
import { type Say, loadCatalogue } from "../core/catalogue";
import clientStyle from "../core/client.css";
import { button, element, loadStylesheet } from "../core/dom";
import { type Words, loadWords } from "../core/i18n";
import type messages from "../i18n/check.json";
import { followOrientation, hasOrientationSensor } from "../panorama/device_orientation";
import {
  type CapabilityReport,
  type Graphics,
  type Verdict,
  memory_gb,
  readGraphics,
  reportCodes,
  reportLine,
  storageQuota_gb,
  testDecoders,
  wasmLevel,
} from "./capability_report";
import style from "./check.css";
import { canRecord, closeCamera, openCamera, recordVideo } from "./video_recorder";

export async function enhance(list: HTMLElement): Promise<void> {
  const words = await loadWords(document.documentElement.lang);
  const [say] = await Promise.all([loadCheckWords(words), loadStylesheet(clientStyle), loadStylesheet(style)]);
  const actions = document.getElementById("check-actions") ?? list;
  const picture = readGraphics();
  await new CheckPage(list, actions, say, words.language, picture, await runTests(picture)).show();
}

/** All that can be tried without asking the visitor. */
async function runTests(picture: Graphics | undefined): Promise<CapabilityReport> {
  const [augmented, virtual, formats, room] = await Promise.all([
    supportsSession("immersive-ar"),
    supportsSession("immersive-vr"),
    testDecoders(),
    storageQuota_gb(),
  ]);
  return {
    secure: window.isSecureContext,
    camera: "mediaDevices" in navigator ? "untried" : "no",
    motion: hasOrientationSensor() ? "untried" : "no",
    augmented,
    virtual,
    texture_px: picture?.edge_px ?? 0,
    wasm: wasmLevel(),
    decoders: formats,
    memory_gb: memory_gb(),
    room_gb: room,
    savesData: savesData(),
  };
}

class CheckPage {
  readonly #list: HTMLElement;
  readonly #say: CheckSay;
  readonly #language: string;
  readonly #picture: Graphics | undefined;
  readonly #line = element("code", "ec-summary", { attributes: { dir: "ltr", id: "ec-summary" } });
  readonly #status = element("p", "ec-status", { attributes: { role: "status" } });
  readonly #tape = element("div", "ec-tape");
  #found: CapabilityReport;
  #sequence: string | undefined;

  constructor(
    list: HTMLElement,
    actions: HTMLElement,
    say: CheckSay,
    language: string,
    picture: Graphics | undefined,
    found: CapabilityReport,
  ) {
    this.#list = list;
    this.#say = say;
    this.#language = language;
    this.#picture = picture;
    this.#found = found;
    const buttons = [
      button(say("try_camera"), "ec-try-camera", () => void this.#tryCamera()),
      button(say("try_motion"), "ec-try-motion", () => void this.#tryMotion()),
      ...(canRecord() ? [button(say("record"), "ec-record", () => void this.#record())] : []),
    ];
    const read = element("p", "", { text: say("read_out") });
    const copy = button(say("copy"), "strong ec-copy", () => void this.#copy());
    const result = element("div", "safety ec-result-line", {}, read, this.#line, copy);
    actions.lang = language;
    actions.append(result, ...buttons, this.#status, this.#tape);
  }

  async show(): Promise<void> {
    this.#line.textContent = reportLine(this.#found);
    const code = reportCodes(this.#found);
    for (const [name, text] of Object.entries(this.#told())) {
      const item = this.#list.querySelector(`[data-check="${name}"]`);
      if (!item) continue;
      const shown = item.querySelector(".ec-verdict") ?? element("p", "ec-verdict");
      shown.setAttribute("lang", this.#language);
      shown.textContent = `${text} (${code[name] ?? ""})`;
      item.append(shown);
    }
    this.#tellStaff();
    this.#list.dataset["state"] = "tried";
  }

  /** What draws, by the name that only staff can make use of. */
  #tellStaff(): void {
    const item = this.#list.querySelector(`[data-check="webgl"]`);
    if (!item || !this.#picture || item.querySelector("details")) return;
    const heading = element("summary", "", { text: this.#say("for_staff") });
    const name = element("code", "", { text: this.#picture.renderer, attributes: { dir: "ltr" } });
    item.append(element("details", "ec-for-staff", { attributes: { lang: this.#language } }, heading, name));
  }

  /** What is said of each thing tried, under its own heading. */
  #told(): Readonly<Record<string, string>> {
    const say = this.#say;
    const found = this.#found;
    const yesOrNo = (is: boolean): string => say(is ? "yes" : "no");
    const read = found.decoders.filter(({ reads }) => reads).map(({ name }) => name);
    const unread = found.decoders.filter(({ reads }) => !reads).map(({ name }) => name);
    const formats = [
      read.length > 0 && say("reads", { formats: read.join(", ") }),
      unread.length > 0 && say("reads_not", { formats: unread.join(", ") }),
    ];
    const picture = this.#picture;
    return {
      camera: found.secure ? this.#verdict(found.camera) : say("insecure"),
      motion: this.#verdict(found.motion),
      ar: yesOrNo(found.augmented),
      vr: yesOrNo(found.virtual),
      webgl: picture
        ? say("draws", { edge: picture.edge_px })
        : say("no"),
      simd: say(found.wasm === 2 ? "yes" : found.wasm === 1 ? "slow" : "no"),
      decoders: formats.filter(Boolean).join(" "),
      memory: this.#gigabytes(found.memory_gb),
      storage: this.#gigabytes(found.room_gb),
    };
  }

  #verdict(verdict: Verdict): string {
    return this.#say(verdict);
  }

  #gigabytes(count: number | undefined): string {
    if (count === undefined) return this.#say("unknown");
    return this.#say("gigabytes", { count: count < 1 ? count.toFixed(1) : Math.round(count) });
  }

  #learn(learnt: Partial<CapabilityReport>, said: string): void {
    this.#found = { ...this.#found, ...learnt };
    void this.show();
    this.#status.textContent = said;
  }

  async #tryCamera(): Promise<void> {
    const camera = await this.#camera();
    if (!camera) return;
    const { width = 0, height = 0 } = camera.getVideoTracks()[0]?.getSettings() ?? {};
    closeCamera(camera);
    this.#learn({ camera: "yes" }, this.#say("camera_works", { width, height }));
  }

  /** The open camera; where it does not open, that is said and undefined is given. */
  async #camera(): Promise<MediaStream | undefined> {
    this.#status.textContent = this.#say("camera_asking");
    try {
      return await openCamera();
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === "NotAllowedError";
      const verdict = isRefused ? "refused" : "no";
      this.#learn({ camera: verdict }, this.#say(isRefused ? "camera_refused" : "camera_fails"));
      return undefined;
    }
  }

  async #tryMotion(): Promise<void> {
    const stop = hasOrientationSensor() ? await followOrientation(() => undefined) : undefined;
    stop?.();
    const said = this.#say(stop ? "motion_works" : "motion_fails");
    this.#learn({ motion: stop ? "yes" : "no" }, said);
  }

  async #record(): Promise<void> {
    const camera = await this.#camera();
    if (!camera) return;
    const preview = element("video", "", {
      attributes: { playsinline: "", "aria-label": this.#say("preview") },
    });
    preview.muted = true;
    preview.srcObject = camera;
    this.#tape.replaceChildren(preview);
    void preview.play().catch(() => undefined);
    try {
      const { file, name } = await recordVideo(camera, (left) => {
        this.#status.textContent = this.#say("recording", { left });
      });
      this.#offer(file, name);
    } catch {
      this.#tape.replaceChildren();
      this.#status.textContent = this.#say("record_fails");
    } finally {
      closeCamera(camera);
    }
  }

  #offer(file: Blob, name: string): void {
    if (this.#sequence) URL.revokeObjectURL(this.#sequence);
    this.#sequence = URL.createObjectURL(file);
    const size = (file.size / 1e6).toFixed(1);
    const link = element("a", "button strong ec-keep", {
      attributes: { href: this.#sequence, download: name },
      text: this.#say("keep", { size }),
    });
    this.#tape.replaceChildren(link);
    this.#learn({ camera: "yes" }, this.#say("recorded"));
    link.focus();
  }

  async #copy(): Promise<void> {
    const { renderer = "" } = this.#picture ?? {};
    const text = [reportLine(this.#found), renderer].filter(Boolean).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      this.#status.textContent = this.#say("copied");
    } catch {
      getSelection()?.selectAllChildren(this.#line);
      this.#status.textContent = this.#say("selected");
    }
  }
}

export type CheckSay = Say<keyof typeof messages>;

export function loadCheckWords(words: Words): Promise<CheckSay> {
  return loadCatalogue<keyof typeof messages>(words, {
    fr: () => import("../i18n/check.json?fr"),
    en: () => import("../i18n/check.json?en"),
    it: () => import("../i18n/check.json?it"),
  });
}
