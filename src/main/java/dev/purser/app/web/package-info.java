/** The ports: Tomcat's connectors, their limits, and the answers given before any controller is asked. */
@NullMarked
package dev.purser.app.web;

import org.jspecify.annotations.NullMarked;
