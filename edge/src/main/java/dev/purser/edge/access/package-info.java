/** The gates: which token opens which route, checked in the contract's order before the body is read. */
@NullMarked
package dev.purser.edge.access;

import org.jspecify.annotations.NullMarked;
