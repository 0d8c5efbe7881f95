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
  assert.deepEqual(visible, ["auto", pricedModel]);
});

test("embeddings, which the client asks for in base64 and decodes", async () => {
  const session = await funded(1);
  const client = openai(session);
  const made = await client.embeddings.create({ model: "fake/vectors", input: ["good", "day"] });
  assert.deepEqual(made.data.map((one) => Array.from(one.embedding)), [[1, 0, 0, 0], [1, 0, 0, 0]]);
  assert.equal(made.usage.total_tokens, 7);
  const wallet = await backend.wallets.retrieve(session.walletId);
  assert.equal(nanos(wallet.balance), nanos("1") - 7n * 100n);
  const free = await client.embeddings.create({ model: "builtin/free-embedding", input: "good day", dimensions: 32 });
  assert.equal(free.data[0].embedding.length, 32);
  const length = Math.hypot(...free.data[0].embedding);
  assert.ok(Math.abs(length - 1) < 1e-4, String(length));
  const plain = await client.embeddings.create({
    model: "builtin/free-embedding",
    input: "good day",
    dimensions: 32,
    encoding_format: "float",
  });
  assert.deepEqual(plain.data[0].embedding.map(Math.fround), Array.from(free.data[0].embedding, Math.fround));
  await assert.rejects(client.embeddings.create({ model: pricedModel, input: "hello" }), OpenAI.BadRequestError);
});

test("images", async () => {
  const session = await funded(1);
  const client = openai(session);
  const made = await client.images.generate({ model: "fake/pictures", prompt: "a boat", n: 2, quality: "hd" });
  assert.equal(made.data.length, 2);
  assert.equal(Buffer.from(made.data[0].b64_json, "base64").toString(), "hello");
  const wallet = await backend.wallets.retrieve(session.walletId);
  assert.equal(nanos(wallet.balance), nanos("1") - nanos("0.16"));
  const free = await client.images.generate({ model: "builtin/free-image", prompt: "a boat", size: "64x64" });
  assert.ok(Buffer.from(free.data[0].b64_json, "base64").subarray(1, 4).equals(Buffer.from("PNG")));
  await assert.rejects(
    client.images.generate({ model: "fake/pictures", prompt: "a boat", size: "256x256" }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === "size",
  );
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

test("a tool call, whole and streamed", async () => {
  const client = openai(await funded(1));
  const ask = {
    model: "builtin/free-chat",
    messages: saying("what is the weather"),
    tools: [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } }],
    tool_choice: "required",
  };
  const whole = await client.chat.completions.create(ask);
  assert.equal(whole.choices[0].finish_reason, "tool_calls");
  assert.equal(whole.choices[0].message.tool_calls[0].function.name, "weather");
  const streamed = await client.chat.completions.stream(ask).finalChatCompletion();
  assert.equal(streamed.choices[0].message.tool_calls[0].function.name, "weather");
});

test("routes that are not offered say so", async () => {
  const client = openai(await funded(1));
  await assert.rejects(client.completions.create({ model: pricedModel, prompt: "hello" }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.match(error.message, /not offer/i);
    return true;
  });
});
