-- Which Stripe account an organization is paid out to, and which Stripe customer an end customer is.
alter table inline.organization add column stripe_account_id text collate "C";
alter table inline.customer add column stripe_customer_id text collate "C";
