/** What is done from time to time, on the node that leads. */
@NullMarked
package dev.purser.payments.job;

import org.jspecify.annotations.NullMarked;
