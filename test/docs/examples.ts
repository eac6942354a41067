/** What has to be said about the examples of commands, so that a test can run them. */
import type { Circumstances } from "./page.ts";

/**
 * What the examples of a command need to be told, since their pages are made from the code. A page that is written
 * by hand says it in the page.
 */
export const EXAMPLES: Readonly<Record<string, Circumstances>> = {
  "connect-webhook init": { before: "mkdir empty && cd empty" },
  "connect-webhook new": { notRun: "asks its questions at a terminal" },
  'connect-webhook new acmedeploy --display-name "Acme Deploy" --category deployment --payload deploy.json --yes':
    { before: "cp ../deploy.json ." },
  "connect-webhook new acmedeploy --category deployment --payload push.json tag.json --event-header X-Acme-Event":
    { notRun: "asks before it writes" },
  "connect-webhook new acmedeploy --category deployment --payload push.json --event-header X-Acme-Event --event-name push.json=repo:push":
    { notRun: "asks before it writes" },
  "connect-webhook new acmedeploy --category deployment --payload deploy.json --docs-url https://acme.example/webhooks":
    { notRun: "asks before it writes" },
  "connect-webhook new acmedeploy --category deployment --payload deploy.json --show build.duration --topic '{project.name} / {branch}'":
    { notRun: "asks before it writes" },
  "connect-webhook extend acmedeploy --payload rollback.json --headline '{actor.name} rolled {release.name} back' --show reason":
    { notRun: "asks before it writes" },
  "connect-webhook new acmedeploy --category deployment --payload deploy.json --dry-run": {
    before: "cp ../deploy.json .",
  },
  "connect-webhook extend acmedeploy --payload rollback.json": { notRun: "asks before it writes" },
  "connect-webhook extend acmedeploy --payload body.json --event-name body.json=deploy.failed": {
    notRun: "asks before it writes",
  },
  "connect-webhook extend acmedeploy --payload rollback.json paused.json --dry-run": {
    notRun: "needs captured payloads",
  },
  "connect-webhook test mywebhook --watch": { notRun: "stays, at a terminal" },
  "connect-webhook test mywebhook --record": { notRun: "asks its questions at a terminal" },
  "connect-webhook test mywebhook --engine checkout --engine-prefix 'vagrant ssh -c'": {
    notRun: "needs a virtual machine",
  },
  "connect-webhook capture mywebhook": { stays: true },
  "connect-webhook capture mywebhook --forward 'http://127.0.0.1:9991/api/v1/external/mywebhook?api_key=…'":
    { stays: true },
  "connect-webhook capture mywebhook --from request.har": { notRun: "needs a recording" },
  "connect-webhook capture mywebhook --finish --redact": { notRun: "needs captured requests" },
  "connect-webhook capture mywebhook --status 500 --count 3": { stays: true },
  "connect-webhook dev github": { stays: true },
  "connect-webhook dev github --open": { notRun: "opens a browser" },
  "connect-webhook dev --port 0 --json": { stays: true },
  "connect-webhook dev mywebhook --stream alerts": { stays: true },
  "connect-webhook mcp": { notRun: "speaks a protocol on stdin" },
  "connect-webhook mcp -C workspace": { notRun: "speaks a protocol on stdin" },
  "connect-webhook send mywebhook push__opened --site http://localhost:9991 --stream test": {
    notRun: "needs a Connect server",
  },
  "connect-webhook send mywebhook --all --site chat.example.com --stream test": {
    notRun: "needs a Connect server",
  },
  "connect-webhook send github --all --site chat.example.com --sign github --secret <secret>": {
    notRun: "needs a Connect server",
  },
  "connect-webhook url github --site chat.example.com --api-key <key> --stream 'code review'": {
    notRun: "has a place for your key",
  },
  "connect-webhook url github --site chat.example.com --only-events push_commits 'pull_request_*'":
    { notRun: "names events of Connect's own github" },
  "connect-webhook completion fish > ~/.config/fish/completions/connect-webhook.fish": {
    before: "mkdir -p ~/.config/fish/completions",
  },
  "connect-webhook remove acmedeploy": { notRun: "asks its question at a terminal" },
  "connect-webhook remove acmedeploy --dry-run": { world: "acmedeploy" },
  "connect-webhook remove acmedeploy --yes --json": { world: "acmedeploy" },
  "connect-webhook export acmedeploy --to ../connect": { notRun: "asks before it writes" },
  "connect-webhook export acmedeploy --to ../connect --dry-run": { world: "acmedeploy" },
  "connect-webhook export acmedeploy --to ../connect --patch acmedeploy.patch": {
    world: "acmedeploy",
  },
  "connect-webhook lint acmedeploy": { world: "acmedeploy" },
  "connect-webhook lint acmedeploy --fix": { world: "acmedeploy" },
  // The world's logos are placeholders, and github has no picture.
  "connect-webhook lint --all --strict": { exitCode: 1 },
  "connect-webhook lint --format json": { exitCode: 1 },
  "connect-webhook screenshot --all --check": { exitCode: 1 },
};
