package dev.purser.app.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes as the database knows them. Who leads is read from the sessions themselves: the one that holds the writer's
 * advisory lock has a name that ends in its node's id, so that the answer is never out of date.
 */
final class NodeTable {
    private static final String WRITER_NAME = "purser-writer ";

    /** A node of which nothing was heard for so long is not asked for anything. */
    private static final String LIVE = "10 seconds";

    private static final String FORGOTTEN = "1 hour";

    /** The two halves of the writer's advisory lock, as {@code pg_locks} shows them. */
    private static final long LOCK_HIGH = 0x7075_7273L;

    private static final long LOCK_LOW = 0x6572_4C44L;

    private static final String BEAT = """
        insert into inline.node (node_id, address, version) values (?, ?, ?)
        on conflict (node_id) do update set seen_at = clock_timestamp()
        """;

    private static final String NODES = """
        with leader as (
            select activity.application_name as name,
                   activity.pid || '@' || extract(epoch from activity.backend_start) as term
            from pg_locks lock join pg_stat_activity activity on activity.pid = lock.pid
            where lock.locktype = 'advisory' and lock.granted and lock.objsubid = 1
              and lock.classid = ?::bigint::oid and lock.objid = ?::bigint::oid
              and lock.database = (select oid from pg_database where datname = current_database()))
        select node.node_id, node.address, leader.term
        from inline.node node left join leader on leader.name = ? || node.node_id
        where leader.term is not null or node.seen_at > clock_timestamp() - interval '%s'
        """.formatted(LIVE);

    private NodeTable() {}

    /** What the writer's session of a node is called. */
    static String writerName(String nodeId) {
        return WRITER_NAME + nodeId;
    }

    /** Keeps the node's row alive. */
    static void beat(Connection connection, Node self) throws SQLException {
        try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
            beat.setString(1, self.id());
            beat.setString(2, self.address());
            beat.setString(3, self.version());
            beat.executeUpdate();
        }
    }

    /** Who leads, and which other nodes are alive. */
    static Nodes read(Connection connection, Node self) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NODES)) {
            select.setLong(1, LOCK_HIGH);
            select.setLong(2, LOCK_LOW);
            select.setString(3, WRITER_NAME);
            try (ResultSet rows = select.executeQuery()) {
                Lead lead = null;
                List<String> others = new ArrayList<>();
                while (rows.next()) {
                    String id = rows.getString(1);
                    String address = rows.getString(2);
                    String term = rows.getString(3);
                    if (term != null) {
                        lead = new Lead(term, id, address);
                    }
                    if (!id.equals(self.id())) {
                        others.add(address);
                    }
                }
                return new Nodes(lead, others);
            }
        }
    }

    /** Removes the row of a node that ends, and those of nodes that ended without a word long ago. */
    static void leave(Connection connection, Node self) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from inline.node where node_id = ? or seen_at < clock_timestamp() - interval '" + FORGOTTEN
                        + "'")) {
            delete.setString(1, self.id());
            delete.executeUpdate();
        }
    }

    /** Who leads, if anybody does, and the addresses of the other nodes. */
    record Nodes(@Nullable Lead lead, List<String> others) {
        Nodes {
            others = List.copyOf(others);
        }
    }
}
