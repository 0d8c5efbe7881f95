package dev.purser.app.node;

/**
 * Who leads.
 *
 * @param term names this lead: it differs from every earlier one, also of the same node
 * @param nodeId the node
 * @param address {@code host:port} of its internal port
 */
record Lead(String term, String nodeId, String address) {}
