import { withoutSpans } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** What is often written, and what is meant. Each is no word of English and no name. */
const misspellings: Readonly<Record<string, string>> = {
  accidently: "accidentally",
  accomodate: "accommodate",
  accross: "across",
  acheive: "achieve",
  adress: "address",
  agressive: "aggressive",
  ammount: "amount",
  apparant: "apparent",
  appearence: "appearance",
  asigned: "assigned",
  assignement: "assignment",
  asynchronus: "asynchronous",
  atachment: "attachment",
  attatch: "attach",
  authentification: "authentication",
  automaticaly: "automatically",
  availible: "available",
  avaliable: "available",
  becuase: "because",
  begining: "beginning",
  beleive: "believe",
  catagory: "category",
  cancelation: "cancellation",
  charachter: "character",
  comand: "command",
  comit: "commit",
  commited: "committed",
  comparision: "comparison",
  completly: "completely",
  configration: "configuration",
  configuraton: "configuration",
  containg: "containing",
  contoller: "controller",
  correctely: "correctly",
  craeted: "created",
  currenty: "currently",
  deafult: "default",
  definately: "definitely",
  definitly: "definitely",
  dependancy: "dependency",
  deployement: "deployment",
  descripton: "description",
  desciption: "description",
  diffrent: "different",
  disapear: "disappear",
  dissapear: "disappear",
  documention: "documentation",
  enviroment: "environment",
  environement: "environment",
  eveything: "everything",
  exapmle: "example",
  excecute: "execute",
  existance: "existence",
  experiance: "experience",
  explicitely: "explicitly",
  fomat: "format",
  foward: "forward",
  funciton: "function",
  futher: "further",
  guarentee: "guarantee",
  happend: "happened",
  hieght: "height",
  identifer: "identifier",
  immediatly: "immediately",
  implemention: "implementation",
  incomming: "incoming",
  independant: "independent",
  infomation: "information",
  informations: "information",
  integartion: "integration",
  intergration: "integration",
  integraton: "integration",
  intented: "intended",
  interupt: "interrupt",
  lenght: "length",
  libary: "library",
  maintainance: "maintenance",
  maintenence: "maintenance",
  manully: "manually",
  mesage: "message",
  messsage: "message",
  milisecond: "millisecond",
  miliseconds: "milliseconds",
  missmatch: "mismatch",
  neccessary: "necessary",
  necesary: "necessary",
  notifcation: "notification",
  notificaton: "notification",
  notifiation: "notification",
  occured: "occurred",
  occurence: "occurrence",
  occuring: "occurring",
  ommit: "omit",
  ommited: "omitted",
  oppurtunity: "opportunity",
  optionaly: "optionally",
  organisaton: "organization",
  orignal: "original",
  overriden: "overridden",
  paramater: "parameter",
  paramter: "parameter",
  paramters: "parameters",
  parmeter: "parameter",
  peform: "perform",
  permision: "permission",
  persistant: "persistent",
  posible: "possible",
  preceeding: "preceding",
  prefered: "preferred",
  presense: "presence",
  previosly: "previously",
  privelege: "privilege",
  priviledge: "privilege",
  procces: "process",
  proccess: "process",
  properities: "properties",
  propery: "property",
  recieve: "receive",
  recieved: "received",
  recieves: "receives",
  recieving: "receiving",
  recomend: "recommend",
  recommed: "recommend",
  refered: "referred",
  relase: "release",
  relevent: "relevant",
  reponse: "response",
  repositry: "repository",
  repositoy: "repository",
  requred: "required",
  responce: "response",
  reveiw: "review",
  seperate: "separate",
  seperated: "separated",
  seperately: "separately",
  seperator: "separator",
  servce: "service",
  shoud: "should",
  similiar: "similar",
  sould: "should",
  specifed: "specified",
  specifiy: "specify",
  succesful: "successful",
  succesfull: "successful",
  succesfully: "successfully",
  successfull: "successful",
  successfuly: "successfully",
  suport: "support",
  suported: "supported",
  supress: "suppress",
  teh: "the",
  temporay: "temporary",
  thier: "their",
  threshhold: "threshold",
  tiket: "ticket",
  tranfer: "transfer",
  transfered: "transferred",
  triger: "trigger",
  trigerred: "triggered",
  triggerd: "triggered",
  truely: "truly",
  typicaly: "typically",
  udpate: "update",
  udpated: "updated",
  unavailible: "unavailable",
  unkown: "unknown",
  untill: "until",
  updatd: "updated",
  usefull: "useful",
  usualy: "usually",
  vaild: "valid",
  verison: "version",
  visable: "visible",
  webhok: "webhook",
  wether: "whether",
  wich: "which",
  wihtout: "without",
  writting: "writing",
  yeild: "yield",
};

/** Words that never follow themselves. */
const DOUBLED =
  /(?<![\w-])(the|a|an|you|your|to|of|in|is|it|its|are|be|and|or|for|with|from|by|on|this|will|can|was) +\1(?![\w-])/i;

const MOST_FINDINGS = 10;

export const spelling: Rule = {
  id: "spelling",
  part: "documentation",
  severity: "warning",
  summary:
    "The page, the view and the tests have none of the most common misspellings and no word twice.",
  why: "The tree's own checks look for misspellings, too, and messages with them are read by everybody.",
  howToFix: "Correct the word; in a message also in what the tests expect.",
  needsEntry: false,
  check(target) {
    const { viewFiles, testsFile } = target.files;
    return [
      ...inPage(target),
      ...viewFiles.flatMap((path) => inLines(path, target.text(path) ?? "")),
      // What tests expect repeats what strangers wrote in the fixtures.
      ...(testsFile === undefined ? [] : inLines(testsFile, namesOf(target.text(testsFile) ?? ""))),
    ].slice(0, MOST_FINDINGS);
  },
};

function inPage(target: LintTarget): Finding[] {
  const page = target.doc();
  if (!page) return [];
  const marks = [["](", ")"] as const, ["<", ">"] as const];
  const prose = page.prose.map((line) =>
    withoutSpans(line.replace(/^\s*\[[^\]]+\]:.*/, ""), marks),
  );
  return inLines(target.integration.docFile, prose.join("\n"));
}

/** The names of methods and variables of a module, and its comments, line by line. */
function namesOf(text: string): string {
  return text
    .split("\n")
    .map((line) => /^\s*(?:(?:async )?def \w+|class \w+|\w+ =(?=[^=])|#.*)/.exec(line)?.[0] ?? "")
    .join("\n");
}

function inLines(path: string, text: string): Finding[] {
  return text.split("\n").flatMap((line, index): Finding[] => {
    const [, twice] = DOUBLED.exec(line) ?? [];
    const words = line.match(/[a-z]{3,}|[A-Z][a-z]{2,}/g) ?? [];
    const wrong = words.find((word) => Object.hasOwn(misspellings, word.toLowerCase()));
    const place = { path, line: index + 1 };
    return [
      ...(twice === undefined
        ? []
        : [
            {
              ...place,
              message: `The word "${twice}" stands there twice.`,
              fix: "Remove one of the two.",
            },
          ]),
      ...(wrong === undefined
        ? []
        : [
            {
              ...place,
              message: `"${wrong}" is misspelt.`,
              fix: `Write "${misspellings[wrong.toLowerCase()]}".`,
            },
          ]),
    ];
  });
}
