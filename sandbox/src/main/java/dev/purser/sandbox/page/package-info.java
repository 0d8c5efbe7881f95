/** What a browser sees: the index, the onboarding of an account, the challenge of a card. */
@NullMarked
package dev.purser.sandbox.page;

import org.jspecify.annotations.NullMarked;
