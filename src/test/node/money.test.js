import assert from "node:assert/strict";
import { test } from "node:test";
import { LLMGatewayError } from "@llmgateway/server";
import { backend, browser, newUser, sandboxKey, sandboxUrl, testBackend } from "./setting.js";

/** As Stripe's own library in a browser would: with the publishable key and the client secret, and nothing else. */
async function pay(session, clientSecret) {
  const intent = clientSecret.split("_secret_")[0];
  const paid = await stripe(`/v1/payment_intents/${intent}/confirm`, session.publishableKey, {
    client_secret: clientSecret,
    payment_method: "pm_card_visa",
  });
  assert.equal(paid.status, "succeeded");
}

async function stripe(path, key, form = {}) {
  const answer = await fetch(`${sandboxUrl}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: new URLSearchParams(form),
  });
  const body = await answer.json();
  assert.ok(answer.ok, JSON.stringify(body));
  return body;
}

async function eventually(check) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries === 100) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function topUp(side, dollars) {
  const session = await side.sessions.create({ customer: newUser() });
  const client = browser(session);
  const begun = await client.createTopUp(dollars);
  await pay(session, begun.clientSecret);
  return { client, begun };
}

test("a top-up is quoted in numbers, paid in the browser, and in the wallet soon after", async () => {
  for (const side of [backend, testBackend]) {
    const { client, begun } = await topUp(side, 25);
    assert.equal(begun.totalAmount, 26.25);
    assert.equal(begun.netCredited, 20);
    assert.equal(begun.bonusCredited, 0);
    assert.equal(begun.isInternational, false);
    await eventually(async () => assert.equal((await client.getBalance()).balance, "20"));
    assert.equal((await client.getBalance()).recentLedger[0].type, "topup");
  }
  const client = browser(await backend.sessions.create({ customer: newUser() }));
  await assert.rejects(client.createTopUp(9), (error) => error.status === 400 && /amount/.test(error.message));
});

test("an organization is onboarded and its margin paid out", async () => {
  await assert.rejects(testBackend.connect.status(), (error) => error instanceof LLMGatewayError && error.status === 403);
  const link = { refreshUrl: "https://app.example.com/again", returnUrl: "https://app.example.com/done" };
  const { accountId, url } = await backend.connect.createOnboardingLink(link);
  assert.match(url, /^http/);
  assert.equal((await backend.connect.createOnboardingLink(link)).accountId, accountId);
  await assert.rejects(backend.connect.payout(), (error) => error.status === 400 && /onboarding/.test(error.message));
  await stripe(`/sandbox/accounts/${accountId}/complete`, sandboxKey);
  await stripe("/sandbox/balance", sandboxKey, { amount: 100000, currency: "usd" });
  await topUp(backend, 25);
  const status = await eventually(async () => {
    const now = await backend.connect.status();
    assert.ok(Number(now.marginBalance) >= 5);
    return now;
  });
  assert.equal(status.accountId, accountId);
  assert.ok(status.onboarded && status.payoutsEnabled);
  const payout = await backend.connect.payout();
  assert.match(payout.transferId, /^tr_/);
  assert.equal(payout.amount, status.marginBalance);
  assert.equal(payout.marginBalance, "0");
});
