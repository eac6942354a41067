/** Texts that mean harm to whoever prints them, and what is looked for in what was printed. */

/** Each would steer a terminal or a CI, were it printed as it is. */
export const HOSTILE: Readonly<Record<string, string>> = {
  "a cursor that moves": "a\u001b[2J\u001b[1;1Hb",
  "a colour": "a\u001b[32m✓ forged\u001b[0m",
  "hidden text": "a\u001b[8mhidden\u001b[28m",
  "a link (OSC 8)": "a\u001b]8;;https://evil.example.com\u001b\\click\u001b]8;;\u0007",
  "the clipboard (OSC 52)": "a\u001b]52;c;ZXZpbA==\u0007",
  "a title (OSC 0)": "\u001b]0;evil\u0007",
  "C1 codes": "a\u009b2J\u009d52;c;ZXZpbA==\u009c\u0085b",
  "device control": "\u001bP+q544e\u001b\\ \u0090x",
  backspaces: "safe\b\b\b\bevil\u007f",
  "a carriage return": "✗ failed\r✓ passed",
  "a reading direction": "a\u202eforged\u202c \u2066x\u2069 \u061c\u200e\u200f",
  "other ends of lines": "a\u2028::error::b\u2029::error::c\u000b::error::d\u000c::error::e",
  "a workflow command": "::error::forged",
  "one after an end of line": "a\n::add-mask::e\n  ::stop-commands::x\n\t::set-output name=a::b",
  "one after other blanks": "a\n\u00a0\u3000::error::b\n\ufeff::error::c\n\u200b\u2060::error::d",
  "one with characters that are passed over": "a\n:\u200d:error::b\n\u00ad:\u00ad:error::c",
  "one after a carriage return": "a\r::error::b\r\n::error::c",
  "older commands":
    "x ##[error]a ##vso[task.setvariable variable=a]b ##teamcity[testFailed] #\u200d#[b]",
  "a forged line": "a\n✓ forged\n✗ forged",
  "what looks like a mark of ours": "\ue000+red\ue001\ue000::\ue001error::x",
};

/** All of them in one. */
export const ALL_HOSTILE = Object.values(HOSTILE).join(" ");

/** The codes of our own colours. */
const OURS = new Set([1, 2, 3, 4, 7, 9, 22, 23, 24, 27, 29, 31, 32, 33, 34, 35, 36, 39]);

/** What in a printed text steers a terminal; empty where nothing does. */
export function steering(printed: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
  const left = printed.replace(/\u001b\[(\d+)m/g, (code, number) =>
    OURS.has(Number(number)) ? "" : code,
  );
  const found = left.match(/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu) ?? [];
  return found.map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The lines that a CI takes for commands. */
export function commands(printed: string): string[] {
  const ignored = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
  const plain = printed.replace(/\u001b\[\d+m/g, "").replace(ignored, "");
  return plain
    .split(/[^\P{Cc}\t]|[\u2028\u2029]/u)
    .filter((line) => /^\s*::/.test(line) || /##(vso|teamcity)?\[/i.test(line));
}
