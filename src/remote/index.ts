/** A real server: the address that a service is given, and fixtures sent to it. */
export { addressOf, apiKeyOf, siteOf } from "./address.ts";
export { type PostResult, postFixture } from "./post.ts";
export { sign, signatureSchemes } from "./signatures.ts";
