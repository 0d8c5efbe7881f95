/** What an installation is for good: play money or real money. */
@NullMarked
package dev.purser.app.installation;

import org.jspecify.annotations.NullMarked;
