/** The database below the ledger: the embedded PostgreSQL, its roles, its migrations, its connections. */
@NullMarked
package dev.purser.app.database;

import org.jspecify.annotations.NullMarked;
