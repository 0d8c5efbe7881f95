/** Event payloads as stored: a short type name, a revision and JSON bytes. */
@NullMarked
package dev.purser.eventstore.codec;

import org.jspecify.annotations.NullMarked;
