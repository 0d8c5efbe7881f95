/** A customer: one end-user of a project in one mode; personal data is sealed. */
@NullMarked
package dev.purser.domain.customer;

import org.jspecify.annotations.NullMarked;
