/** What the server keeps secret: fingerprints, customers' data keys, blind indexes, sealed answers, ids and tokens. */
@NullMarked
package dev.purser.eventstore.secret;

import org.jspecify.annotations.NullMarked;
