package dev.purser.app.database;

/** The settings of the embedded server, written anew before each start. */
final class PostgresConfiguration {
    private PostgresConfiguration() {}

    /** An answered command must survive a power failure: the lines after custom.conf are the product's promise. */
    static String settings(int port) {
        return """
            # Written by Purser at each start; changes here are lost.
            # Settings of your own go into custom.conf beside this file; what stands below its line wins over them.
            max_connections = 100
            shared_buffers = '256MB'
            effective_io_concurrency = 16
            wal_compression = on
            max_wal_size = '2GB'
            checkpoint_timeout = '15min'
            jit = off

            timezone = 'UTC'
            log_timezone = 'UTC'
            log_destination = 'stderr'
            logging_collector = off
            log_line_prefix = '%%m [%%p] '
            log_min_messages = warning
            log_checkpoints = off

            include_if_exists = 'custom.conf'

            fsync = on
            synchronous_commit = on
            full_page_writes = on
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            """.formatted(port);
    }

    static String hostAccess() {
        return """
            # Written by Purser at each start.
            host all all 127.0.0.1/32 scram-sha-256
            """;
    }
}
