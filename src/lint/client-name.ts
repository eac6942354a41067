/** The client name that a view declares through its decorator. */
import { stringValue } from "../python/expression.ts";
import type { Decorator, FunctionDefinition, PythonModule } from "../python/syntax.ts";

/**
 * The webhook decorators of `zerver/decorator.py`: `webhook_view`, `authenticated_rest_api_view`, and those of older
 * trees such as `api_key_only_webhook_view`. All take the client name first, under this name.
 */
const webhookDecorator = /(^|[._])(webhook_view|rest_api_view)$/;
const clientParameter = "webhook_client_name";

/** Whether a decorator is one that makes a function the view of a webhook. */
export function isWebhookDecorator(name: string): boolean {
  return webhookDecorator.test(name);
}

/** A view's webhook decorator. */
export interface ClientDeclaration {
  readonly decorator: Decorator;
  /** The stated name; undefined when there is none or it is no plain string. */
  readonly clientName: string | undefined;
  /** True when something stands where the name belongs. */
  readonly stated: boolean;
}

/** The view function's webhook decorator; undefined when it has none. */
export function clientDeclaration(view: FunctionDefinition): ClientDeclaration | undefined {
  for (const decorator of view.decorators) {
    if (!isWebhookDecorator(decorator.name)) continue;
    const argument =
      decorator.args.find(({ name }) => name === clientParameter) ??
      decorator.args.find(({ name }) => name === undefined);
    const clientName = stringValue(argument?.value);
    return { decorator, clientName, stated: argument !== undefined && clientName !== "" };
  }
  return undefined;
}

/** The function the registry names, where the view module defines it itself. */
export function viewFunctionOf(
  view: PythonModule,
  functionName: string,
): FunctionDefinition | undefined {
  return view.functions.findLast(({ name }) => name === functionName);
}
