import assert from "node:assert/strict";
import { test } from "node:test";
import { LLMGateway, LLMGatewayError } from "@llmgateway/server";
import { apiBaseUrl, backend, browser, newUser, testBackend } from "./setting.js";

test("a mint answers everything the package declares, and a token under its short name", async () => {
  const session = await backend.sessions.create({
    customer: { externalId: newUser(), email: "ann@example.com", name: "Ann" },
    scope: { models: ["builtin/free-chat"], maxSpend: 2.5 },
    ttlSeconds: 300,
  });
  assert.match(session.sessionToken, /^es_[0-9A-Za-z]{40}$/);
  assert.equal(session.token, session.sessionToken);
  assert.match(session.walletId, /^[0-9A-Za-z]{1,40}$/);
  assert.match(session.endCustomerId, /^[0-9A-Za-z]{1,40}$/);
  assert.match(session.sessionId, /^[0-9A-Za-z]{1,40}$/);
  assert.ok("publishableKey" in session);
  assert.match(session.expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const seconds = (Date.parse(session.expiresAt) - Date.now()) / 1000;
  assert.ok(seconds > 280 && seconds <= 301, `expires in ${seconds} s`);
});

test("a test key mints a test session", async () => {
  const session = await testBackend.sessions.create({ customer: newUser() });
  assert.match(session.sessionToken, /^es_test_[0-9A-Za-z]{40}$/);
});

test("the same external id is the same customer and wallet", async () => {
  const externalId = newUser();
  const first = await backend.sessions.create({ customer: externalId });
  const second = await backend.sessions.create({ customer: { externalId } });
  assert.equal(second.walletId, first.walletId);
  assert.equal(second.endCustomerId, first.endCustomerId);
  assert.notEqual(second.sessionToken, first.sessionToken);
});

test("wallets are credited and retrieved", async () => {
  const session = await backend.sessions.create({ customer: newUser() });
  const before = await backend.wallets.retrieve(session.walletId);
  assert.equal(before.id, session.walletId);
  assert.equal(before.endCustomerId, session.endCustomerId);
  assert.equal(before.balance, "0");
  assert.equal(before.currency, "USD");
  assert.equal(before.status, "active");
  const credited = await backend.wallets.credit({ walletId: session.walletId, amount: 5, reason: "welcome" });
  assert.equal(credited.id, session.walletId);
  assert.equal(credited.balance, "5");
  const noisy = await backend.wallets.credit({ walletId: session.walletId, amount: 0.1 + 0.2 });
  assert.equal(noisy.balance, "5.3");
  assert.equal((await backend.wallets.retrieve(session.walletId)).balance, "5.3");
});

test("customers are listed, newest first, and retrieved with their ledger", async () => {
  const older = await backend.sessions.create({ customer: { externalId: newUser(), email: "b@example.com" } });
  const externalId = newUser();
  const newer = await backend.sessions.create({ customer: { externalId, name: "Berta" } });
  await backend.wallets.credit({ walletId: newer.walletId, amount: 3, reason: "for Berta" });
  const { customers } = await backend.customers.list({ limit: 2 });
  assert.deepEqual(
    customers.map((customer) => customer.id),
    [newer.endCustomerId, older.endCustomerId],
  );
  const rest = await backend.customers.list({ limit: 1, offset: 1 });
  assert.deepEqual(
    rest.customers.map((customer) => customer.id),
    [older.endCustomerId],
  );
  const customer = await backend.customers.retrieve(newer.endCustomerId);
  assert.equal(customer.externalId, externalId);
  assert.equal(customer.name, "Berta");
  assert.equal(customer.email, null);
  assert.equal(customer.status, "active");
  assert.equal(customer.wallet.id, newer.walletId);
  assert.equal(customer.wallet.balance, "3");
  assert.equal(customer.lifetimeSpend, "0");
  assert.equal(customer.lifetimeToppedUp, "0");
  assert.equal(customer.recentLedger.length, 1);
  assert.equal(customer.recentLedger[0].type, "adjustment");
  assert.equal(customer.recentLedger[0].amount, "3");
  assert.equal(customer.recentLedger[0].balanceAfter, "3");
  assert.equal(customer.recentLedger[0].description, "for Berta");
});

async function refused(promise, status, words) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof LLMGatewayError, String(error));
    assert.equal(error.status, status);
    assert.match(error.message, words);
    assert.equal(error.body.error, true);
    assert.equal(error.body.message, error.message);
    return true;
  });
}

test("errors carry their status and message", async () => {
  const session = await backend.sessions.create({ customer: newUser() });
  const stranger = new LLMGateway({ secretKey: `sk_live_${"x".repeat(40)}`, apiBaseUrl });
  await refused(stranger.sessions.create({ customer: "ann" }), 401, /key/i);
  const wrongKind = new LLMGateway({ secretKey: session.sessionToken, apiBaseUrl });
  await refused(wrongKind.wallets.retrieve(session.walletId), 401, /sk_/);
  await refused(backend.wallets.retrieve("nosuchwallet"), 404, /wallet/i);
  await refused(testBackend.wallets.retrieve(session.walletId), 404, /wallet/i);
  await refused(backend.sessions.create({ customer: newUser(), ttlSeconds: 59 }), 400, /ttlSeconds/);
  await refused(backend.wallets.credit({ walletId: session.walletId, amount: -1 }), 400, /amount/);
});

test("a blocked customer's mint is a 403, a frozen wallet's a 402", async () => {
  const blocked = newUser();
  const { endCustomerId } = await backend.sessions.create({ customer: blocked });
  await backend.request("POST", `/customers/${endCustomerId}/block`);
  await refused(backend.sessions.create({ customer: blocked }), 403, /blocked/i);
  const frozen = newUser();
  const session = await backend.sessions.create({ customer: frozen });
  await backend.request("POST", `/wallets/${session.walletId}/freeze`);
  await refused(backend.sessions.create({ customer: frozen }), 402, /frozen/i);
  await assert.rejects(browser(session).getBalance(), { status: 402, message: /frozen/i });
});
