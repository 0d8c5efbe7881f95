/** Money that goes out: connected accounts, their onboarding, and transfers. */
@NullMarked
package dev.purser.sandbox.connect;

import org.jspecify.annotations.NullMarked;
