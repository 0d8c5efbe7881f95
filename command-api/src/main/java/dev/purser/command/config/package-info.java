/** What a browser must know before it can pay. */
@NullMarked
package dev.purser.command.config;

import org.jspecify.annotations.NullMarked;
