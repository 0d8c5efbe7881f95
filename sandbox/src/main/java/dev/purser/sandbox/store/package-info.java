/** What the sandbox knows: one world of objects per mode, kept in memory and in an append-only journal. */
@NullMarked
package dev.purser.sandbox.store;

import org.jspecify.annotations.NullMarked;
