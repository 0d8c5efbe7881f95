/** What happens to every request before and after all else: its id, CORS, and errors that nobody caught. */
@NullMarked
package dev.purser.edge.filter;

import org.jspecify.annotations.NullMarked;
