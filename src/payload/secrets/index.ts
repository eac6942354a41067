/** Secrets and personal data in payloads: found, told without being repeated, and replaced. */
export { findSensitive, type Sensitive } from "./find.ts";
export {
  findMailAddresses,
  findPayloadCredentials,
  findSourceCredentials,
  type Leak,
} from "./leaks.ts";
export { Redactor } from "./redact.ts";
