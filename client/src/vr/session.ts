import { Group } from "three";
import type { Page } from "../page";
export function open(_page: Page): void {new Group()}
