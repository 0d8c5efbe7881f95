/** What an operator sees: tenants, keys and how far the projections are. */
@NullMarked
package dev.purser.query.admin;

import org.jspecify.annotations.NullMarked;
