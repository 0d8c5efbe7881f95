// What the Java side tells these tests about the running product.
import { LLMGateway } from "@llmgateway/server";
import { LLMGatewayClient } from "@llmgateway/client";

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; PublishedClientsIT sets it`);
  }
  return value;
}

export const apiBaseUrl = required("E2E_API_URL");
export const gatewayBaseUrl = required("E2E_GATEWAY_URL");
export const liveKey = required("E2E_LIVE_KEY");
export const testKey = required("E2E_TEST_KEY");
/** The play-money Stripe, and its own key of the live mode. */
export const sandboxUrl = required("E2E_SANDBOX_URL");
export const sandboxKey = required("E2E_SANDBOX_KEY");
/** A priced model of a provider on loopback, and its price in nano-dollars per token. */
export const pricedModel = required("E2E_PRICED_MODEL");
const inputNanosPerToken = BigInt(required("E2E_INPUT_NANOS_PER_TOKEN"));
const outputNanosPerToken = BigInt(required("E2E_OUTPUT_NANOS_PER_TOKEN"));

export const backend = new LLMGateway({ secretKey: liveKey, apiBaseUrl });
export const testBackend = new LLMGateway({ secretKey: testKey, apiBaseUrl });

let users = 0;
export const newUser = () => `node-user-${process.pid}-${++users}`;

/** The browser's side; it gets what the mint answered and nothing else. */
export function browser(session, options = {}) {
  return new LLMGatewayClient({ session, apiBaseUrl, gatewayBaseUrl, ...options });
}

export async function funded(dollars, params = {}) {
  const session = await backend.sessions.create({ customer: newUser(), ...params });
  await backend.wallets.credit({ walletId: session.walletId, amount: dollars });
  return session;
}

/** Exact: money never becomes a floating-point number here. */
export function nanos(text) {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) {
    throw new Error(`not money: ${text}`);
  }
  const [, sign, dollars, fraction = ""] = match;
  const value = BigInt(dollars) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
  return sign ? -value : value;
}

export const cost = (promptTokens, completionTokens) =>
  BigInt(promptTokens) * inputNanosPerToken + BigInt(completionTokens) * outputNanosPerToken;

export async function everything(stream) {
  let text = "";
  for await (const delta of stream) {
    text += delta;
  }
  return text;
}

export const saying = (content) => [{ role: "user", content }];
