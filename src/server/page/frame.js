/** Frames: pages of the server's making inside of the page, in which no script runs. */
import { fill, h } from "./dom.js";
import { createLatest } from "./latest.js";

/** A frame that fills its panel, and a cover that says something in its place. */
export function createFrame(panel, path, title) {
  const frame = h("iframe", { title, src: path });
  // Set before the frame loads: as an attribute, since it is a list of tokens.
  frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  const stage = h("div.stage", {}, frame);
  const cover = h("div.cover");
  panel.append(stage, cover);
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  /** What is said while a page waits for its frame takes its place. */
  const latest = createLatest();
  return {
    frame,
    stage,
    /** @returns Whether it is shown: something newer may be in its place. */
    async show(html) {
      const signal = latest.next();
      await loaded;
      if (signal.aborted) return false;
      const { body, documentElement } = frame.contentDocument;
      const top = documentElement.scrollTop;
      // Made by the server by escaping; and no script could run here.
      body.innerHTML = html;
      cover.hidden = true;
      stage.hidden = false;
      documentElement.scrollTop = top;
      return true;
    },
    /** Says something in the place of the page. */
    say(...children) {
      latest.drop();
      fill(cover, ...children);
      cover.hidden = false;
      stage.hidden = true;
    },
  };
}

/**
 * The frame of messages. A look is laid out at a width of its own and shows the messages somewhere on it, so the panel
 * gets that part alone, no wider than it is: what is around it is the panel's, light or dark.
 */
export function createMessageFrame(panel) {
  const { frame, stage, ...rest } = createFrame(
    panel,
    "/frame/message",
    "The message as Connect draws it",
  );
  const view = h("div.view");
  frame.replaceWith(view);
  view.append(frame);
  const cutOut = () => {
    const page = frame.contentDocument;
    const stated = page?.querySelector('meta[name="picture"]')?.content;
    if (!stated || stage.hidden || stage.clientWidth === 0) return;
    const picture = JSON.parse(stated);
    frame.style.width = `${picture.width}px`;
    const area = areaOf(page.querySelectorAll(picture.clip), picture.offset);
    if (!area) return;
    const scale = Math.min(1, stage.clientWidth / area.width);
    frame.style.height = `${area.top + area.height}px`;
    frame.style.transform = `scale(${scale}) translate(${-area.left}px, ${-area.top}px)`;
    view.style.width = `${area.width * scale}px`;
    view.style.height = `${area.height * scale}px`;
  };
  new ResizeObserver(cutOut).observe(panel);
  return {
    ...rest,
    async show(html) {
      if (!(await rest.show(html))) return;
      cutOut();
      // A font that comes later may make a line wrap.
      await frame.contentDocument.fonts.ready;
      cutOut();
    },
  };
}

/** The part of the page that these elements take, with what the look wants around them. */
function areaOf(elements, { x = 0, y = 0, width = 0, height = 0 } = {}) {
  const boxes = [...elements].map((element) => element.getBoundingClientRect());
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box.left)) + x;
  const top = Math.min(...boxes.map((box) => box.top)) + y;
  const right = Math.max(...boxes.map((box) => box.right)) + x + width;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) + y + height;
  return { left, top, width: right - left, height: bottom - top };
}
