import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";
import { backend, cost, funded, gatewayBaseUrl, nanos, newUser, pricedModel, saying, testBackend } from "./setting.js";

const openai = (session, options = {}) =>
  new OpenAI({ apiKey: session.sessionToken, baseURL: `${gatewayBaseUrl}/v1`, maxRetries: 0, ...options });

test("chat", async () => {
  const session = await funded(1);
  const completion = await openai(session).chat.completions.create({
    model: pricedModel,
    messages: saying("good day usage=20/10"),
    max_tokens: 50,
  });
  assert.equal(completion.object, "chat.completion");
  assert.equal(completion.usage.total_tokens, 30);
  assert.match(completion.choices[0].message.content, /good day/);
  const wallet = await backend.wallets.retrieve(session.walletId);
  assert.equal(nanos(wallet.balance), nanos("1") - cost(20, 10));
});

test("a stream with usage ends with the usage chunk, and has it as null before", async () => {
  const stream = await openai(await funded(1)).chat.completions.create({
    model: pricedModel,
    messages: saying("good day usage=20/10"),
    max_tokens: 50,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  const last = chunks.pop();
  assert.deepEqual(last.choices, []);
  assert.equal(last.usage.prompt_tokens, 20);
  assert.equal(last.usage.completion_tokens, 10);
  assert.ok(chunks.length > 2);
  for (const chunk of chunks) {
    assert.ok(chunk.id && chunk.model && chunk.created);
    assert.equal(chunk.object, "chat.completion.chunk");
    assert.equal(chunk.usage, null);
  }
});

test("a stream without the wish for usage shows none", async () => {
  const stream = await openai(await funded(1)).chat.completions.create({
    model: pricedModel,
    messages: saying("good day usage=20/10"),
    max_tokens: 50,
    stream: true,
  });
  let finish;
  for await (const chunk of stream) {
    assert.equal(chunk.usage ?? null, null);
    assert.ok(chunk.choices.length > 0);
    finish = chunk.choices[0].finish_reason ?? finish;
  }
  assert.equal(finish, "stop");
});

test("models are listed and retrieved", async () => {
  const client = openai(await funded(1));
  const ids = [];
  for await (const model of client.models.list()) {
    assert.equal(model.object, "model");
    ids.push(model.id);
  }
  assert.ok(ids.includes(pricedModel), ids.join());
  assert.ok(ids.includes("builtin/free-chat"), ids.join());
  assert.equal((await client.models.retrieve(pricedModel)).id, pricedModel);
  const scoped = openai(await funded(1, { scope: { models: [pricedModel] } }));
  const visible = [];
  for await (const model of scoped.models.list()) {
    visible.push(model.id);
  }
  assert.deepEqual(visible, [pricedModel]);
});

test("errors have the classes of the OpenAI client", async () => {
  const ask = { model: pricedModel, messages: saying("hello"), max_tokens: 20 };
  const create = (session, changed = {}) => openai(session).chat.completions.create({ ...ask, ...changed });
  const rich = await funded(1);
  await assert.rejects(create({ sessionToken: "es_nonsense" }), OpenAI.AuthenticationError);
  await assert.rejects(create(rich, { model: "no-such-model" }), OpenAI.NotFoundError);
  await assert.rejects(create(rich, { messages: "hello" }), OpenAI.BadRequestError);
  await assert.rejects(
    create(await testBackend.sessions.create({ customer: newUser() })),
    OpenAI.PermissionDeniedError,
  );
  await assert.rejects(create(await backend.sessions.create({ customer: newUser() })), (error) => {
    assert.ok(error instanceof OpenAI.APIError);
    assert.equal(error.status, 402);
    assert.equal(error.type, "billing_error");
    assert.equal(error.code, "insufficient_credits");
    assert.match(error.message, /insufficient credits/i);
    assert.ok(error.requestID);
    return true;
  });
});

test("routes that are not offered say so", async () => {
  const client = openai(await funded(1));
  await assert.rejects(client.completions.create({ model: pricedModel, prompt: "hello" }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.match(error.message, /not offer/i);
    return true;
  });
});
