/** What an auditor reads: the trial balance and the journal of an organization's books. */
@NullMarked
package dev.purser.query.audit;

import org.jspecify.annotations.NullMarked;
