/** Several nodes on one database: who leads, and the way of commands and requests from every node to that one. */
@NullMarked
package dev.purser.app.node;

import org.jspecify.annotations.NullMarked;
