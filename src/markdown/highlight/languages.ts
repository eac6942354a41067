/** Programming languages: their names in a message, and the grammar that reads them. */

/** One language of a fence. */
export interface Language {
  /** The name that Connect records, which is pygments' name of the language. */
  name: string;
  /**
   * The name of highlight.js for its grammar, or `tex` for one of our own; without one the code stays plain, as pygments
   * leaves it or nearly so.
   */
  grammar?: string;
  /**
   * What the grammar leaves over is split into operators, punctuation and names. This is the class
   * of a name: pygments has one for languages that declare nothing, another for the rest.
   */
  names?: "n" | "nx";
  /** Classes of whole words, before anything else. */
  words?: ReadonlyMap<string, string>;
  /** Classes of the grammar's scopes, where pygments uses other ones for this language. */
  scopes?: Readonly<Record<string, string>>;
  /** The class of a name that starts with a capital, if it has one of its own. */
  capitalised?: "no";
  /** The class of a dot between names. */
  dot?: "o" | "p";
  /** Connect reads PHP as if its opening mark had been there already; a second one is code. */
  isInsideMark?: boolean;
}

/** Languages by every name that a fence may give them. */
const LANGUAGES = new Map<string, Language>();

function add(aliases: string, language: Language): void {
  for (const alias of aliases.split(" ")) LANGUAGES.set(alias, language);
}

/** Gives a class to each list of words. */
function words(lists: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(lists).flatMap(([className, list]) =>
      list.split(" ").map((word) => [word, className] as const),
    ),
  );
}

const PYTHON_WORDS = {
  bp: "self cls",
  kn: "import from",
  ow: "and in is not or",
  ne:
    "ArithmeticError AssertionError AttributeError BaseException ConnectionError EOFError Exception " +
    "FileNotFoundError ImportError IndexError KeyError KeyboardInterrupt LookupError MemoryError " +
    "ModuleNotFoundError NameError NotImplementedError OSError OverflowError PermissionError " +
    "RecursionError RuntimeError StopIteration SyntaxError SystemExit TimeoutError TypeError " +
    "UnicodeDecodeError UnicodeEncodeError ValueError Warning ZeroDivisionError",
  vm: "__name__ __file__ __doc__ __dict__ __class__ __module__",
};
const PYTHON = { grammar: "python", names: "n", dot: "o" } as const;

const SCRIPT_NAMES = { "title.function": "nx", "title.class": "nx", "variable.language": "nx" };
const SCRIPT_WORDS = words({
  kd: "const let var function",
  ow: "new in of instanceof typeof",
  k: "this",
});
const SCRIPT = { names: "nx", scopes: SCRIPT_NAMES, words: SCRIPT_WORDS } as const;

const PHP = { grammar: "php", names: "nx", isInsideMark: true } as const;
const MARKUP = { grammar: "xml", scopes: { string: "s" } } as const;

add("python py sage python3 py3 bazel starlark pyi", {
  name: "Python",
  ...PYTHON,
  words: words(PYTHON_WORDS),
});
add("python2 py2", {
  name: "Python 2.x",
  ...PYTHON,
  words: words({ ...PYTHON_WORDS, k: "print exec" }),
});
add("javascript js", { name: "JavaScript", grammar: "javascript", ...SCRIPT });
add("typescript ts", { name: "TypeScript", grammar: "typescript", ...SCRIPT });
add("ruby rb duby", {
  name: "Ruby",
  grammar: "ruby",
  names: "n",
  capitalised: "no",
  dot: "o",
  words: words({ nb: "puts print require raise", kp: "nil" }),
});
add("go golang", {
  name: "Go",
  grammar: "go",
  names: "nx",
  scopes: { string: "s", "title.function": "nx" },
  words: words({ kn: "package import", kd: "func var const type struct map" }),
});
add("java", {
  name: "Java",
  grammar: "java",
  names: "n",
  scopes: { string: "s", variable: "n" },
  words: words({
    kd: "class interface enum public private protected static final",
    n: "String",
  }),
});
add("c", { name: "C", grammar: "c", names: "n", scopes: { string: "s" } });
add("cpp c++", { name: "C++", grammar: "cpp", names: "n", scopes: { string: "s" } });
add("csharp c# cs", { name: "C#", grammar: "csharp", names: "n", scopes: { string: "s" } });
add("kotlin", { name: "Kotlin", grammar: "kotlin", names: "n" });
add("swift", { name: "Swift", grammar: "swift", names: "n" });
add("rust rs", { name: "Rust", grammar: "rust", names: "n", scopes: { string: "s" } });
add("php php3 php4 php5", { name: "PHP", ...PHP });
add("css+php", { name: "CSS+PHP", ...PHP });
add("html+php", { name: "HTML+PHP", ...PHP });
add("javascript+php js+php", { name: "JavaScript+PHP", ...PHP });
add("xml+php", { name: "XML+PHP", ...PHP });
add("sql", { name: "SQL", grammar: "sql", names: "n", scopes: { built_in: "k" } });
add("json json-object", {
  name: "JSON",
  grammar: "json",
  names: "n",
  scopes: { attr: "nt", keyword: "kc" },
});
add("bash sh ksh zsh shell openrc", { name: "Bash", grammar: "bash" });
add("html", { name: "HTML", ...MARKUP });
add("xml", { name: "XML", ...MARKUP });
add("css", { name: "CSS", grammar: "css" });
add("yaml", { name: "YAML", grammar: "yaml", scopes: { attr: "nt", string: "s" } });
add("ini cfg dosini", { name: "INI", grammar: "ini" });
add("toml", { name: "TOML", grammar: "ini" });
add("diff udiff", { name: "Diff", grammar: "diff", scopes: { comment: "gh", meta: "gu" } });
add("docker dockerfile", { name: "Docker", grammar: "dockerfile" });
add("tex latex", { name: "TeX", grammar: "tex" });
add("http", { name: "HTTP" });
add("text", { name: "Text only" });
add("console shell-session", { name: "Bash Session" });
add("markdown md", { name: "Markdown" });

/** The language that a name stands for, if it is known. */
export function findLanguage(alias: string): Language | undefined {
  return LANGUAGES.get(alias);
}
