package dev.purser.app.installation;

import java.time.Instant;

/**
 * What this installation is. Whether its money is play money is settled at the first start and never changes.
 *
 * @param payments where top-ups come from at this start
 * @param installedAt the first start
 * @param embeddedDatabase whether Purser runs its own PostgreSQL
 */
public record Installation(PaymentMode payments, Instant installedAt, boolean embeddedDatabase) {}
