package dev.purser.app.node;

import dev.purser.eventstore.secret.Ids;

/**
 * This process.
 *
 * @param id made anew at each start
 * @param address {@code host:port} at which the others reach it
 */
public record Node(String id, String address, String version) {

    /** A node that has just been started. */
    public static Node starting(String address, String version) {
        return new Node(Ids.next("nod"), address, version);
    }

    /** The name of its writer's session, by which the others recognise who leads. */
    public String writerName() {
        return NodeTable.writerName(id);
    }
}
