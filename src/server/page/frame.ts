/** Frames: pages of the server's making inside of the page, in which no script runs. */
import { isDark, onColours } from "./colours.ts";
import { fill, h } from "./dom.ts";
import { createLatest } from "./latest.ts";

type Words = (Node | string | undefined | false)[];

/** What a look states of itself, as `liveHead` writes it. */
interface Picture {
  clip: string;
  offset?: { x: number; y: number; width: number; height: number };
  /** The class of the root that makes it dark. */
  dark?: string;
}

export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly stage: HTMLElement;
  /** @returns Whether it is shown: something newer may be in its place. */
  show(html: string): Promise<boolean>;
  /** Changes the page as it is, once it is there; and as `show`. */
  update(change: (page: Document) => void): Promise<boolean>;
  /** Takes away what is said in its place. */
  uncover(): void;
  /** Says something in the place of the page. */
  say(...words: Words): void;
}

/** So often a look is laid out anew until its messages are as wide as the panel. */
const MAX_ROUNDS = 5;

/** A frame that fills its panel, and a cover that says something in its place. */
export function createFrame(panel: HTMLElement, path: string, title: string): Frame {
  const frame = h("iframe", { title, src: path });
  // Set before the frame loads: as an attribute, since it is a list of tokens.
  frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  const stage = h("div.stage", {}, frame);
  const cover = h("div.cover");
  panel.append(stage, cover);
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  /** What is said while a page waits for its frame takes its place. */
  const latest = createLatest();
  const colour = (): void => {
    const root = frame.contentDocument?.documentElement;
    const { dark } = statedIn(frame) ?? {};
    root?.classList.toggle(dark ?? "dark", isDark());
  };
  onColours(colour);
  const uncover = (): void => {
    cover.hidden = true;
    stage.classList.remove("covered");
  };
  async function update(change: (page: Document) => void): Promise<boolean> {
    const signal = latest.next();
    await loaded;
    const page = frame.contentDocument;
    if (signal.aborted || !page) return false;
    const top = page.documentElement.scrollTop;
    colour();
    change(page);
    uncover();
    page.documentElement.scrollTop = top;
    return true;
  }
  return {
    element: frame,
    stage,
    update,
    uncover,
    show: (html) =>
      update((page) => {
        // Made by the server by escaping; and no script could run here.
        page.body.innerHTML = html;
      }),
    say(...words) {
      latest.drop();
      fill(cover, ...words);
      cover.hidden = false;
      stage.classList.add("covered");
    },
  };
}

/** What a frame's look states of itself. */
export function statedIn(frame: HTMLIFrameElement): Picture | undefined {
  const meta = frame.contentDocument?.querySelector<HTMLMetaElement>('meta[name="picture"]');
  return meta ? JSON.parse(meta.content) : undefined;
}

/**
 * The frame of messages. A look is laid out as wide as the panel is, so that its lines wrap there and nothing is made
 * smaller, and the panel shows the part of it with the messages. What cannot be as narrow is scrolled to.
 */
export function createMessageFrame(panel: HTMLElement): Frame {
  const plain = createFrame(panel, "/frame/message", "The message as Connect draws it");
  const { element, stage } = plain;
  const view = h("div.view");
  element.replaceWith(view);
  view.append(element);

  /** What a look has around its messages: the page is so much wider than the panel. It may grow with the page. */
  let around = 0;
  const layOut = (page: Document, picture: Picture, room: number): Area | undefined => {
    let area: Area | undefined;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      element.style.width = `${room + around}px`;
      const next = areaOf(page.querySelectorAll(picture.clip), picture.offset);
      const missing = room - (next?.width ?? room);
      // Messages that do not grow with the page are as wide as they get.
      const isDone = Math.abs(missing) < 2 || next?.width === area?.width;
      area = next;
      if (isDone || around + missing < 0) return area;
      around += Math.round(missing);
    }
    return area;
  };
  const cutOut = (): void => {
    const page = element.contentDocument;
    const picture = statedIn(element);
    const room = stage.clientWidth;
    if (!page || !picture || room === 0) return;
    const area = layOut(page, picture, room);
    if (!area) return;
    element.style.height = `${area.top + area.height}px`;
    element.style.transform = `translate(${-area.left}px, ${-area.top}px)`;
    view.style.width = `${area.width}px`;
    view.style.height = `${area.height}px`;
  };
  new ResizeObserver(cutOut).observe(panel);
  return {
    ...plain,
    async show(html) {
      if (!(await plain.show(html))) return false;
      cutOut();
      // A font that comes later may make a line wrap.
      await element.contentDocument?.fonts.ready;
      cutOut();
      return true;
    },
  };
}

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The part of the page that these elements take, with what the look wants around them. */
function areaOf(elements: Iterable<Element>, around: Picture["offset"]): Area | undefined {
  const boxes = [...elements].map((element) => element.getBoundingClientRect());
  if (boxes.length === 0) return undefined;
  const { x, y, width, height } = around ?? { x: 0, y: 0, width: 0, height: 0 };
  const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) + x);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) + y);
  const right = Math.max(...boxes.map((box) => box.right)) + x + width;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) + y + height;
  return { left, top, width: right - left, height: bottom - top };
}
