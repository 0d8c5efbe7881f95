/** The ledger's vocabulary: ids, money, commands, refusals and the port through which commands are sent. */
@NullMarked
package dev.purser.domain;

import org.jspecify.annotations.NullMarked;
