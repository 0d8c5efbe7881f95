/** The list of models, as a session may use them. */
@NullMarked
package dev.purser.gateway.models;

import org.jspecify.annotations.NullMarked;
