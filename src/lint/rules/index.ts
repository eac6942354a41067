/**
 * Every rule, made by `npm run docs` from the files in this folder. A new one comes last in its part; the order, in which
 * findings are shown, may be changed here, and stays.
 */
import type { Rule } from "../rule.ts";
import { avatarFile } from "./avatar-file.ts";
import { avatarFresh } from "./avatar-fresh.ts";
import { avatarSize } from "./avatar-size.ts";
import { conflictMarkers } from "./conflict-markers.ts";
import { consistentNames } from "./consistent-names.ts";
import { docCongrats } from "./doc-congrats.ts";
import { docEvents } from "./doc-events.ts";
import { docFile } from "./doc-file.ts";
import { docFormat } from "./doc-format.ts";
import { docHttps } from "./doc-https.ts";
import { docImages } from "./doc-images.ts";
import { docIncludes } from "./doc-includes.ts";
import { docLinks } from "./doc-links.ts";
import { docMarkdown } from "./doc-markdown.ts";
import { docOwn } from "./doc-own.ts";
import { docPicture } from "./doc-picture.ts";
import { docProduct } from "./doc-product.ts";
import { docSteps } from "./doc-steps.ts";
import { docStructure } from "./doc-structure.ts";
import { docStyle } from "./doc-style.ts";
import { docTodo } from "./doc-todo.ts";
import { docVendor } from "./doc-vendor.ts";
import { eventDeclared } from "./event-declared.ts";
import { eventKept } from "./event-kept.ts";
import { eventPassed } from "./event-passed.ts";
import { eventTested } from "./event-tested.ts";
import { eventUnknown } from "./event-unknown.ts";
import { eventUsed } from "./event-used.ts";
import { fixtureDuplicate } from "./fixture-duplicate.ts";
import { fixtureEncoding } from "./fixture-encoding.ts";
import { fixtureExists } from "./fixture-exists.ts";
import { fixtureFormat } from "./fixture-format.ts";
import { fixtureHeaders } from "./fixture-headers.ts";
import { fixtureLink } from "./fixture-link.ts";
import { fixtureName } from "./fixture-name.ts";
import { fixturePeople } from "./fixture-people.ts";
import { fixtureSecrets } from "./fixture-secrets.ts";
import { fixturesUsed } from "./fixtures-used.ts";
import { fixturesValid } from "./fixtures-valid.ts";
import { foreignImport } from "./foreign-import.ts";
import { imageSize } from "./image-size.ts";
import { leftovers } from "./leftovers.ts";
import { libraryCalls } from "./library-calls.ts";
import { libraryNames } from "./library-names.ts";
import { logoContent } from "./logo-content.ts";
import { logoFile } from "./logo-file.ts";
import { logoOwn } from "./logo-own.ts";
import { logoPlaceholder } from "./logo-placeholder.ts";
import { logoSafe } from "./logo-safe.ts";
import { logoSquare } from "./logo-square.ts";
import { messageCare } from "./message-care.ts";
import { messageMarkdown } from "./message-markdown.ts";
import { nameSpelling } from "./name-spelling.ts";
import { packageEmpty } from "./package-empty.ts";
import { packageFile } from "./package-file.ts";
import { packageTracked } from "./package-tracked.ts";
import { payloadValidated } from "./payload-validated.ts";
import { picturesUsed } from "./pictures-used.ts";
import { pythonSyntax } from "./python-syntax.ts";
import { registryArguments } from "./registry-arguments.ts";
import { registryCategory } from "./registry-category.ts";
import { registryDefaults } from "./registry-defaults.ts";
import { registryDirectory } from "./registry-directory.ts";
import { registryEntry } from "./registry-entry.ts";
import { registryOrder } from "./registry-order.ts";
import { registryUnique } from "./registry-unique.ts";
import { ruff } from "./ruff.ts";
import { screenshotEntry } from "./screenshot-entry.ts";
import { screenshotFixture } from "./screenshot-fixture.ts";
import { screenshotFresh } from "./screenshot-fresh.ts";
import { screenshotImage } from "./screenshot-image.ts";
import { screenshotParameters } from "./screenshot-parameters.ts";
import { screenshotSize } from "./screenshot-size.ts";
import { setupMessage } from "./setup-message.ts";
import { sourceSecrets } from "./source-secrets.ts";
import { spelling } from "./spelling.ts";
import { strayFiles } from "./stray-files.ts";
import { testAsserts } from "./test-asserts.ts";
import { testAttributes } from "./test-attributes.ts";
import { testClass } from "./test-class.ts";
import { testClassName } from "./test-class-name.ts";
import { testDirectory } from "./test-directory.ts";
import { testOverride } from "./test-override.ts";
import { testsFile } from "./tests-file.ts";
import { topicLength } from "./topic-length.ts";
import { topicPlain } from "./topic-plain.ts";
import { topicStable } from "./topic-stable.ts";
import { treeLinter } from "./tree-linter.ts";
import { unusedNames } from "./unused-names.ts";
import { urlKept } from "./url-kept.ts";
import { viewDecorator } from "./view-decorator.ts";
import { viewFile } from "./view-file.ts";
import { viewFunction } from "./view-function.ts";

export const rules: readonly Rule[] = [
  registryEntry,
  registryDirectory,
  registryArguments,
  registryCategory,
  registryOrder,
  registryUnique,
  registryDefaults,
  urlKept,
  packageFile,
  packageEmpty,
  packageTracked,
  strayFiles,
  conflictMarkers,
  pythonSyntax,
  viewFile,
  viewFunction,
  viewDecorator,
  consistentNames,
  nameSpelling,
  eventDeclared,
  eventPassed,
  eventUsed,
  eventUnknown,
  setupMessage,
  payloadValidated,
  messageCare,
  topicStable,
  foreignImport,
  libraryNames,
  libraryCalls,
  sourceSecrets,
  ruff,
  messageMarkdown,
  leftovers,
  topicPlain,
  treeLinter,
  unusedNames,
  eventKept,
  testsFile,
  testClass,
  testAsserts,
  testAttributes,
  testDirectory,
  testClassName,
  eventTested,
  topicLength,
  testOverride,
  fixtureExists,
  fixtureLink,
  fixtureEncoding,
  fixturesValid,
  fixturesUsed,
  fixtureHeaders,
  fixtureName,
  fixtureSecrets,
  fixturePeople,
  fixtureFormat,
  fixtureDuplicate,
  logoFile,
  logoSafe,
  logoSquare,
  logoPlaceholder,
  logoContent,
  logoOwn,
  imageSize,
  avatarFile,
  avatarSize,
  avatarFresh,
  screenshotEntry,
  screenshotFixture,
  screenshotParameters,
  screenshotImage,
  screenshotSize,
  screenshotFresh,
  picturesUsed,
  docFile,
  docFormat,
  docOwn,
  docMarkdown,
  docIncludes,
  docImages,
  docLinks,
  docHttps,
  docStructure,
  docProduct,
  docSteps,
  docCongrats,
  docPicture,
  docEvents,
  docTodo,
  docVendor,
  docStyle,
  spelling,
];
