/** What every query does alike: reads its parameters, waits until the read models are fresh. */
@NullMarked
package dev.purser.query.page;

import org.jspecify.annotations.NullMarked;
