package dev.purser.app.database;

/**
 * Where the database is and who may do what there: the owner migrates, the application reads and appends.
 *
 * @param url the JDBC address, without user or password
 */
public record DatabaseAccess(String url, Login owner, Login application) {

    /** A role with its password; never printed. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return username;
        }
    }

    /** Whether the application's own role could change or delete what it wrote. */
    public boolean isOneRole() {
        return owner.username().equals(application.username());
    }
}
