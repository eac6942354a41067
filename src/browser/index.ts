export { type Browser, type DrawOptions, openBrowser, type PageSource } from "./browser.ts";
export { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
