package dev.purser.projection.table;

/** Which set of read models: the one that is read, or the one that a rebuild fills beside it. */
public enum Place {
    LIVE("projection"),
    NEXT("projection_next");

    private final String schema;

    Place(String schema) {
        this.schema = schema;
    }

    public String schema() {
        return schema;
    }

    /** The table's name with its schema. */
    public String table(String name) {
        return schema + "." + name;
    }
}
