package dev.purser.app.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The two roles and the database of the embedded server. Running it again changes nothing but the passwords. */
final class DatabaseRoles {
    private DatabaseRoles() {}

    static void ensure(
            Connection superuser, String database, DatabaseAccess.Login owner, DatabaseAccess.Login application)
            throws SQLException {
        for (DatabaseAccess.Login login : new DatabaseAccess.Login[] {owner, application}) {
            String verb = exists(superuser, "select 1 from pg_roles where rolname = ?", login.username())
                    ? "alter"
                    : "create";
            execute(
                    superuser,
                    verb + " role %s login nosuperuser nocreatedb nocreaterole password %s",
                    identifier(superuser, login.username()),
                    literal(superuser, login.password()));
        }
        if (!exists(superuser, "select 1 from pg_database where datname = ?", database)) {
            execute(
                    superuser,
                    "create database %s owner %s",
                    identifier(superuser, database),
                    identifier(superuser, owner.username()));
            execute(superuser, "revoke all on database %s from public", identifier(superuser, database));
        }
        execute(
                superuser,
                "grant connect on database %s to %s",
                identifier(superuser, database),
                identifier(superuser, application.username()));
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String template, String... values) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(template.formatted((Object[]) values));
        }
    }

    private static String identifier(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }

    private static String literal(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteLiteral(value);
        }
    }
}
