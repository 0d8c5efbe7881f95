/** Events, and their signed and retried way to the webhook. */
@NullMarked
package dev.purser.sandbox.event;

import org.jspecify.annotations.NullMarked;
