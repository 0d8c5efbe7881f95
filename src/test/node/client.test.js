import assert from "node:assert/strict";
import { test } from "node:test";
import { LLMGatewayError } from "@llmgateway/client";
import {
  backend,
  browser,
  cost,
  everything,
  funded,
  nanos,
  newUser,
  pricedModel,
  saying,
  testBackend,
} from "./setting.js";

test("mint, credit 5, stream: the balance is lower by exactly tokens times price", async () => {
  const session = await funded(5);
  const client = browser(session);
  assert.equal((await client.getBalance()).balance, "5");
  const text = await everything(
    client.stream({ model: pricedModel, messages: saying("tell me usage=1234/567"), max_tokens: 1000 }),
  );
  assert.match(text, /tell me/);
  const after = await client.getBalance();
  assert.equal(nanos(after.balance), nanos("5") - cost(1234, 567));
  assert.equal(after.currency, "USD");
  assert.equal(after.recentLedger[0].type, "usage_debit");
  assert.equal(nanos(after.recentLedger[0].amount), -cost(1234, 567));
  assert.equal((await backend.wallets.retrieve(session.walletId)).balance, after.balance);
  const customer = await backend.customers.retrieve(session.endCustomerId);
  assert.equal(nanos(customer.lifetimeSpend), cost(1234, 567));
});

test("a chat that is not streamed costs exactly tokens times price", async () => {
  const client = browser(await funded(1));
  const answer = await client.chat({ model: pricedModel, messages: saying("usage=101/53"), max_tokens: 100 });
  assert.equal(answer.usage.prompt_tokens, 101);
  assert.equal(answer.usage.completion_tokens, 53);
  assert.equal(answer.finishReason, "stop");
  assert.ok(answer.id && answer.model && answer.content);
  assert.equal(nanos((await client.getBalance()).balance), nanos("1") - cost(101, 53));
});

test("a free model costs nothing and needs no credits, in test mode too", async () => {
  for (const side of [backend, testBackend]) {
    const client = browser(await side.sessions.create({ customer: newUser() }));
    const text = await everything(client.stream({ model: "auto", messages: saying("hello"), max_tokens: 50 }));
    assert.ok(text.length > 0);
    const balance = await client.getBalance();
    assert.equal(balance.balance, "0");
    assert.equal(balance.recentLedger[0].type, "usage_debit");
    assert.equal(balance.recentLedger[0].amount, "0");
  }
});

test("refreshSession exchanges the token, and the old one is refused", async () => {
  const session = await funded(1);
  const client = browser(session);
  const refreshed = await client.refreshSession();
  assert.match(refreshed.token, /^es_[0-9A-Za-z]{40}$/);
  assert.notEqual(refreshed.token, session.token);
  assert.ok(Date.parse(refreshed.expiresAt) > Date.now());
  assert.equal((await client.getBalance()).balance, "1");
  await assert.rejects(browser(session).getBalance(), (error) => {
    assert.ok(error instanceof LLMGatewayError);
    assert.equal(error.status, 401);
    return true;
  });
});

test("a refresh keeps the prefix of test mode", async () => {
  const client = browser(await testBackend.sessions.create({ customer: newUser() }));
  assert.match((await client.refreshSession()).token, /^es_test_[0-9A-Za-z]{40}$/);
});

test("refreshes in parallel with the same old token all yield usable tokens", async () => {
  const session = await funded(1);
  const tabs = Array.from({ length: 8 }, () => browser(session));
  const refreshed = await Promise.all(tabs.map((tab) => tab.refreshSession()));
  assert.equal(new Set(refreshed.map((answer) => answer.token)).size, 8);
  const balances = await Promise.all(tabs.map((tab) => tab.getBalance()));
  assert.deepEqual(new Set(balances.map((balance) => balance.balance)), new Set(["1"]));
});

test("near its expiry the client refreshes by itself, and parallel calls of one client all succeed", async () => {
  const session = await funded(1, { ttlSeconds: 60 });
  const client = browser(session);
  const balances = await Promise.all([client.getBalance(), client.getBalance(), client.getBalance()]);
  assert.deepEqual(
    balances.map((balance) => balance.balance),
    ["1", "1", "1"],
  );
  assert.equal((await client.getBalance()).balance, "1");
});

test("the answer of the mint is handed on unchanged, as session and by the refresh hook", async () => {
  const customer = newUser();
  const minted = await backend.sessions.create({ customer });
  await backend.wallets.credit({ walletId: minted.walletId, amount: 2 });
  let hooked = 0;
  const expired = { ...minted, token: "es_expired", expiresAt: new Date(Date.now() - 1000).toISOString() };
  const client = browser(expired, {
    refresh: async () => {
      hooked++;
      return JSON.parse(JSON.stringify(await backend.sessions.create({ customer })));
    },
  });
  assert.equal((await client.getBalance()).balance, "2");
  assert.equal((await client.getBalance()).balance, "2");
  assert.equal(hooked, 1);
});

test("when the refresh is refused the hook's fresh mint takes over", async () => {
  const customer = newUser();
  const minted = await backend.sessions.create({ customer, ttlSeconds: 60 });
  await backend.request("POST", `/sessions/${minted.sessionId}/revoke`);
  const client = browser(minted, { refresh: () => backend.sessions.create({ customer }) });
  assert.equal((await client.getBalance()).balance, "0");
});

async function refused(promise, status, words) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof LLMGatewayError, String(error));
    assert.equal(error.status, status);
    assert.match(error.message, words);
    return true;
  });
}

test("errors of the gateway carry their status and message, streaming or not", async () => {
  const poor = browser(await backend.sessions.create({ customer: newUser() }));
  const scoped = browser(await funded(1, { scope: { models: ["builtin/free-chat"] } }));
  const capped = browser(await funded(1, { scope: { maxSpend: 0.000001 } }));
  const testMode = browser(await testBackend.sessions.create({ customer: newUser() }));
  const stranger = browser({ token: `es_${"x".repeat(40)}` });
  const ask = (model) => ({ model, messages: saying("hello"), max_tokens: 20 });
  for (const call of [
    (client, model) => client.chat(ask(model)),
    (client, model) => everything(client.stream(ask(model))),
  ]) {
    await refused(call(stranger, pricedModel), 401, /token/i);
    await refused(call(poor, pricedModel), 402, /insufficient credits.*\d/i);
    await refused(call(capped, pricedModel), 402, /cap/i);
    await refused(call(scoped, pricedModel), 403, /scope|session|model/i);
    await refused(call(testMode, pricedModel), 403, /auto/);
    await refused(call(poor, "no/such-model"), 404, /model/i);
  }
});

test("errors of the API carry their status and message", async () => {
  const stranger = browser({ token: `es_${"x".repeat(40)}` });
  await refused(stranger.getBalance(), 401, /token|session/i);
  await refused(stranger.refreshSession(), 401, /token|session/i);
});
