/** A project: settings and limits under which its customers' wallets work. */
@NullMarked
package dev.purser.domain.project;

import org.jspecify.annotations.NullMarked;
