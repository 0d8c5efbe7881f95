import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import Stripe from "stripe";

const base = new URL(process.env.SANDBOX_URL);
const webhookSecret = process.env.SANDBOX_WEBHOOK_SECRET;

function client(key) {
  return new Stripe(key, {
    host: base.hostname,
    port: base.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

const stripe = client(process.env.SANDBOX_SECRET_KEY);
const browser = client(process.env.SANDBOX_PUBLISHABLE_KEY);

async function control(path, params = {}) {
  const response = await fetch(new URL(path, base), {
    method: "POST",
    headers: { Authorization: `Bearer ${process.env.SANDBOX_SECRET_KEY}` },
    body: new URLSearchParams(params),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

const received = [];
const hook = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ body: Buffer.concat(chunks), signature: request.headers["stripe-signature"] });
    response.writeHead(200).end();
  });
});
await new Promise((listening) => hook.listen(0, "127.0.0.1", listening));
after(() => hook.close());
await control("/sandbox/webhook", { url: `http://127.0.0.1:${hook.address().port}/hook` });

const card = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" };

test("a backend makes an intent, a browser confirms it, the webhook tells", async () => {
  const customer = await stripe.customers.create({ email: "ada@example.com", metadata: { user: "u1" } });
  const intent = await stripe.paymentIntents.create(
    {
      amount: 1050,
      currency: "usd",
      customer: customer.id,
      automatic_payment_methods: { enabled: true },
      metadata: { topUp: "tup_1" },
    },
    { idempotencyKey: "tup_1" },
  );
  assert.equal(intent.status, "requires_payment_method");

  const confirmed = await browser.paymentIntents.confirm(intent.id, {
    client_secret: intent.client_secret,
    payment_method_data: { type: "card", card },
  });

  assert.equal(confirmed.status, "succeeded");
  assert.equal(confirmed.metadata, undefined);
  await control("/sandbox/deliveries/flush");
  const events = received.map(({ body, signature }) => stripe.webhooks.constructEvent(body, signature, webhookSecret));
  const succeeded = events.find((event) => event.type === "payment_intent.succeeded");
  assert.equal(succeeded.data.object.id, intent.id);
  assert.equal(succeeded.data.object.metadata.topUp, "tup_1");
  assert.throws(
    () => stripe.webhooks.constructEvent(received[0].body, received[0].signature, "whsec_another"),
    Stripe.errors.StripeSignatureVerificationError,
  );
});

test("the same idempotency key is the same object, and other parameters are an error", async () => {
  const key = { idempotencyKey: "once" };
  const first = await stripe.customers.create({ name: "Ada" }, key);
  const second = await stripe.customers.create({ name: "Ada" }, key);
  assert.equal(second.id, first.id);
  await assert.rejects(stripe.customers.create({ name: "Eve" }, key), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeIdempotencyError);
    assert.equal(error.statusCode, 400);
    return true;
  });
});

test("a declined card is a card error", async () => {
  const payment = {
    amount: 1000,
    currency: "usd",
    payment_method: "pm_card_visa_chargeDeclinedInsufficientFunds",
    confirm: true,
  };
  await assert.rejects(stripe.paymentIntents.create(payment), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.code, "card_declined");
    assert.equal(error.decline_code, "insufficient_funds");
    assert.equal(error.payment_intent.status, "requires_payment_method");
    return true;
  });
});

test("a card with 3-D Secure waits for its challenge", async () => {
  const waiting = await stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    return_url: "https://shop.example/back",
  });
  assert.equal(waiting.status, "requires_action");

  const answered = await fetch(waiting.next_action.redirect_to_url.url, {
    method: "POST",
    body: new URLSearchParams({ answer: "complete" }),
    redirect: "manual",
  });

  assert.match(answered.headers.get("location"), /redirect_status=succeeded$/);
  assert.equal((await stripe.paymentIntents.retrieve(waiting.id)).status, "succeeded");
});

test("refunds and disputes", async () => {
  const paid = await stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    expand: ["latest_charge"],
  });
  assert.equal(paid.latest_charge.amount_refunded, 0);
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 400 });
  assert.equal(refund.status, "succeeded");
  await assert.rejects(stripe.refunds.create({ payment_intent: paid.id, amount: 601 }), /greater than unrefunded amount/);

  const opened = await control("/sandbox/disputes", { payment_intent: paid.id });
  const dispute = await stripe.disputes.retrieve(opened.id);
  assert.equal(dispute.amount, 600);
  assert.equal((await control(`/sandbox/disputes/${dispute.id}/close`, { status: "won" })).status, "won");
});

test("an account is onboarded and paid", async () => {
  const account = await stripe.accounts.create({
    type: "express",
    capabilities: { transfers: { requested: true } },
  });
  const link = await stripe.accountLinks.create({
    account: account.id,
    type: "account_onboarding",
    return_url: "https://dev.example/return",
    refresh_url: "https://dev.example/refresh",
  });
  await fetch(link.url, {
    method: "POST",
    body: new URLSearchParams({ answer: "complete" }),
    redirect: "manual",
  });
  assert.equal((await stripe.accounts.retrieve(account.id)).payouts_enabled, true);

  await control("/sandbox/balance", { amount: "5000", currency: "usd" });
  const transfer = await stripe.transfers.create({
    amount: 250,
    currency: "usd",
    destination: account.id,
    transfer_group: "pyt_1",
  });
  const listed = await stripe.transfers.list({ transfer_group: "pyt_1" });
  assert.deepEqual(
    listed.data.map((each) => each.id),
    [transfer.id],
  );
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 250 });
  assert.equal(reversal.transfer, transfer.id);
});

test("lists are walked to their end", async () => {
  for (let i = 0; i < 5; i++) {
    await stripe.customers.create({ email: "walk@example.com" });
  }
  const walked = [];
  for await (const customer of stripe.customers.list({ email: "walk@example.com", limit: 2 })) {
    walked.push(customer.id);
  }
  assert.equal(new Set(walked).size, 5);
  const events = await stripe.events.list({ types: ["customer.created"], limit: 100 });
  assert.ok(events.data.length >= 5);
});

test("an unknown parameter is named", async () => {
  await assert.rejects(stripe.customers.create({ nickname: "Ada" }), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError);
    assert.equal(error.code, "parameter_unknown");
    assert.equal(error.param, "nickname");
    assert.match(error.requestId, /^req_/);
    return true;
  });
});
