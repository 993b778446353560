import type { Page } from "./page";
export function offerBrowser(_page: Page): void {}
