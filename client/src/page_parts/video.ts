// A video player that switches to the audio-described version or to sign language, at the same time
// in the film.

import { button, element, loadStylesheet } from "../core/dom";
import { loadWords } from "../core/i18n";
import { type PartWords, loadPartWords } from "./messages";
import style from "./video.css";

/** Two films side by side may drift apart by this much before one is set right. */
const DRIFT_S = 0.3;

export async function enhance(figure: HTMLElement): Promise<void> {
  const film = figure.querySelector("video");
  if (!film) return;
  showCaptionsWhenMuted(film);
  const [words] = await Promise.all([
    loadWords(document.documentElement.lang).then(loadPartWords),
    loadStylesheet(style),
  ]);
  const stage = element("div", "ec-films");
  film.before(stage);
  stage.append(film);
  if (film.paused) stage.append(createStartButton(film, words));
  const described = findVersion("described");
  const sign = findVersion("sign");
  if (described || sign) offer(figure, film, stage, { described, sign }, words);
}

/** A large button over the film's first picture; the film's own come once it plays. */
function createStartButton(film: HTMLVideoElement, { say, language }: PartWords): HTMLElement {
  film.controls = false;
  const leave = (): void => {
    film.controls = true;
    if (document.activeElement === made) film.focus();
    made.remove();
  };
  // Where the film can't be played, the browser's own controls say so.
  const start = (): void => void film.play().catch(leave);
  const made = element("button", "strong ec-start", {
    attributes: { type: "button", lang: language },
    on: { click: start },
    text: say("film_play"),
  });
  film.addEventListener("play", leave, { once: true });
  return made;
}

function offer(
  figure: HTMLElement,
  film: HTMLVideoElement,
  stage: HTMLElement,
  { described, sign }: Versions,
  { say, language }: PartWords,
): void {
  const group = element("div", "ec-versions", {
    attributes: { role: "group", "aria-label": say("film_versions"), lang: language },
  });
  const choices = new Map<Choice, HTMLButtonElement>();
  const show = chooser(film, stage, { described, sign }, choices);
  for (const [choice, text] of [
    ["plain", say("film_plain")],
    ...(described ? [["described", say("film_described")] as const] : []),
    ...(sign ? [["sign", say("film_sign")] as const] : []),
  ] as const) {
    const made = button(text, "", () => show(choice));
    choices.set(choice, made);
    group.append(made);
  }
  (figure.querySelector("#scene-actions") ?? figure).append(group);
  show("plain");
}

type Choice = "plain" | "described" | "sign";
type Versions = Readonly<Record<"described" | "sign", HTMLMediaElement | undefined>>;

/** A version that the page offers further down, for those without this script. */
function findVersion(name: string): HTMLMediaElement | undefined {
  const found = document.querySelector<HTMLMediaElement>(
    `details[data-version="${name}"] :is(video, audio)`,
  );
  return found ?? undefined;
}

function chooser(
  film: HTMLVideoElement,
  stage: HTMLElement,
  { described, sign }: Versions,
  choices: ReadonlyMap<Choice, HTMLButtonElement>,
): (choice: Choice) => void {
  const describedTwin = described && cloneMedia(described, "ec-told");
  const signTwin = sign && cloneMedia(sign, "ec-sign-film");
  let leave = (): void => undefined;
  return (choice) => {
    leave();
    leave = (): void => undefined;
    stage.classList.toggle("ec-signed", choice === "sign");
    if (choice === "sign" && signTwin) leave = playTogether(film, signTwin);
    if (choice === "described" && describedTwin) {
      const isFilm = describedTwin instanceof HTMLVideoElement;
      leave = isFilm ? replaceFilm(film, describedTwin) : playTogether(film, describedTwin);
    }
    for (const [name, item] of choices) item.setAttribute("aria-pressed", String(name === choice));
  };
}

/** The same recording again, to be played with the film or in its place. */
function cloneMedia<M extends HTMLMediaElement>(version: M, className: string): M {
  const made = version.cloneNode(true) as M;
  made.className = className;
  return made;
}

/** Put a version in the film's place, at the same moment. Gives what puts the film back. */
function replaceFilm(film: HTMLVideoElement, version: HTMLVideoElement): () => void {
  if (version.textTracks.length === 0) {
    version.append(...[...film.querySelectorAll("track")].map((track) => track.cloneNode()));
  }
  film.after(version);
  film.hidden = true;
  transferPlayback(film, version);
  return () => {
    transferPlayback(version, film);
    version.remove();
    film.hidden = false;
  };
}

function transferPlayback(from: HTMLVideoElement, to: HTMLVideoElement): void {
  const isPlaying = !from.paused;
  from.pause();
  // Before anything of it has come, a moment that is asked for is kept until it does.
  to.currentTime = from.currentTime;
  to.muted = from.muted;
  to.volume = from.volume;
  if (isPlaying) void to.play().catch(() => undefined);
}

/**
 * Let a recording follow the film, whose controls play, stop and seek both: sign language without
 * a sound of its own, or a described sound in place of the film's. Gives what parts them.
 */
function playTogether(film: HTMLVideoElement, follower: HTMLMediaElement): () => void {
  const parting = new AbortController();
  const { signal } = parting;
  const isSilent = follower instanceof HTMLVideoElement;
  const wasMuted = film.muted;
  follower.controls = false;
  follower.muted = isSilent;
  film.muted ||= !isSilent;
  film.after(follower);
  const follow = (): void => {
    if (Math.abs(follower.currentTime - film.currentTime) > DRIFT_S) {
      follower.currentTime = film.currentTime;
    }
    follower.playbackRate = film.playbackRate;
    if (film.paused) follower.pause();
    else if (follower.paused && !follower.ended) void follower.play().catch(() => undefined);
  };
  for (const name of ["play", "pause", "seeked", "timeupdate", "ratechange"] as const) {
    film.addEventListener(name, follow, { signal });
  }
  follow();
  return () => {
    parting.abort();
    follower.pause();
    follower.remove();
    film.muted = wasMuted;
  };
}

/** Captions come back as soon as the sound is off. */
function showCaptionsWhenMuted(film: HTMLVideoElement): void {
  film.addEventListener("volumechange", () => {
    const [track] = film.textTracks;
    const isShown = [...film.textTracks].some(({ mode }) => mode === "showing");
    if (track && !isShown && (film.muted || film.volume === 0)) track.mode = "showing";
  });
}
