// Draws frames as one SVG: a strip of screens that is moved by CSS, so that it plays wherever an image can be shown.

const CELL = { width: 8.4, height: 19 };
const MARGIN = 16;
const BAR = 30;
const HOLD_LAST_MS = 4000;
/** The sixteen colours of a terminal on a dark ground. */
const PALETTE = [
  "#3b4252",
  "#ef7a85",
  "#8fd18a",
  "#e8c46b",
  "#7fb2f0",
  "#c79bf0",
  "#6fd0d0",
  "#d8dee9",
  "#7b88a1",
  "#ff9aa4",
  "#a9e6a4",
  "#f7dc94",
  "#a5cbff",
  "#dcbcff",
  "#94e8e8",
  "#ffffff",
];

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * @param {import("./frames.mjs").Frame[]} frames
 * @param {{columns: number, rows: number, title: string}} look
 * @returns {string}
 */
export function drawSvg(frames, { columns, rows, title }) {
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = rows * CELL.height + MARGIN + BAR;
  const rowIds = new Map();
  const strips = frames.map((frame, index) => drawScreen(frame, index * width, rowIds));
  const definitions = [...rowIds].map(([content, id]) => `<g id="${id}">${content}</g>`);
  const total = (frames.at(-1)?.atMs ?? 0) + HOLD_LAST_MS;
  const stops = frames.map(
    ({ atMs }, index) =>
      `${((100 * atMs) / total).toFixed(2)}%{transform:translateX(${-index * width}px)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dee9;white-space:pre}
.b{font-weight:700}.d{opacity:.65}.i{font-style:italic}.u{text-decoration:underline}
${PALETTE.map((colour, index) => `.c${index}{fill:${colour}}`).join("")}
#strip{animation:play ${(total / 1000).toFixed(2)}s steps(1,end) infinite}
@keyframes play{${stops.join("")}100%{transform:translateX(${-(frames.length - 1) * width}px)}}
@media (prefers-reduced-motion:reduce){#strip{animation:none;transform:translateX(${-(frames.length - 1) * width}px)}}
</style>
<defs>${definitions.join("")}<clipPath id="screen"><rect width="${width}" height="${height}"/></clipPath></defs>
<rect width="${width}" height="${height}" rx="8" fill="#242933"/>
<circle cx="20" cy="16" r="5" fill="#ef7a85"/><circle cx="38" cy="16" r="5" fill="#e8c46b"/><circle cx="56" cy="16" r="5" fill="#8fd18a"/>
<g clip-path="url(#screen)"><g id="strip">${strips.join("")}</g></g>
</svg>
`;
}

/** Most rows are the same in many frames, so each is defined once. */
function drawScreen({ rows }, left, rowIds) {
  const uses = rows.map((runs, row) => {
    if (runs.length === 0) return "";
    const content = drawRow(runs);
    if (!rowIds.has(content)) rowIds.set(content, `r${rowIds.size}`);
    const y = BAR + (row + 0.75) * CELL.height;
    return `<use href="#${rowIds.get(content)}" x="${left + MARGIN}" y="${y.toFixed(1)}"/>`;
  });
  return uses.join("");
}

function drawRow(runs) {
  return runs
    .map(({ column, text, colour, bold, dim, italic, underline }) => {
      const classes = [
        colour !== undefined && colour < PALETTE.length && `c${colour}`,
        bold && "b",
        dim && "d",
        italic && "i",
        underline && "u",
      ].filter(Boolean);
      const look = classes.length > 0 ? ` class="${classes.join(" ")}"` : "";
      const length = [...text].length * CELL.width;
      return `<text x="${(column * CELL.width).toFixed(1)}" textLength="${length.toFixed(1)}" xml:space="preserve"${look}>${escaped(text)}</text>`;
    })
    .join("");
}
