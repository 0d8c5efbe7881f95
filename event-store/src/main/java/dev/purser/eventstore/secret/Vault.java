package dev.purser.eventstore.secret;

import dev.purser.eventstore.inline.ColumnType;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Personal data sealed with a key per customer, so that erasing the key erases the person wherever the bytes have gone:
 * events, exports, backups made later. Thread-safe; failures of the database are {@link IllegalStateException}s.
 *
 * <pre>sealed text := 0x01 (version of the customer's key) ‖ nonce (12) ‖ AES-256-GCM(customer's key, UTF-8; AAD = customer id)</pre>
 *
 * A key read here is kept in memory for at most a minute, and not beyond an erasure on this node.
 */
public final class Vault {

    private static final byte KEY_VERSION = 1;
    private static final InlineTable CUSTOMER_KEY = InlineTable.named("inline.customer_key")
            .key("customer_id", ColumnType.TEXT)
            .value("wrapped_key", ColumnType.BYTES)
            .value("created_at", ColumnType.TIMESTAMP)
            .build();

    private final DataSource dataSource;
    private final KeyWrap wrap;
    private final KeyCache cache = new KeyCache();

    /** A vault whose customers' keys are wrapped under server keys of 32 bytes, newest first. */
    public Vault(DataSource dataSource, List<byte[]> serverKeysNewestFirst) {
        this.dataSource = dataSource;
        this.wrap = new KeyWrap(serverKeysNewestFirst);
    }

    /** Makes the customer's key unless it has one. */
    public void createKey(String customerId) {
        byte[] wrapped = wrap.wrap(RandomPool.bytes(Aead.KEY_BYTES), customerId);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into inline.customer_key (customer_id, wrapped_key, created_at) values (?, ?, now())"
                                + " on conflict do nothing")) {
            insert.setString(1, customerId);
            insert.setBytes(2, wrapped);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a customer's key cannot be stored", e);
        }
    }

    /** Seals a text of a customer; fails if the customer has no key. */
    public byte[] seal(String customerId, String text) {
        byte[] key = key(customerId);
        if (key == null) {
            throw new IllegalStateException("customer " + customerId + " has no key: not created, or erased");
        }
        byte[] sealed = Aead.seal(key, text.getBytes(StandardCharsets.UTF_8), associated(customerId));
        byte[] stored = new byte[1 + sealed.length];
        stored[0] = KEY_VERSION;
        System.arraycopy(sealed, 0, stored, 1, sealed.length);
        return stored;
    }

    /** The text; empty when the customer's key was erased. Fails on bytes that were never sealed for this customer. */
    public Optional<String> unseal(String customerId, byte[] stored) {
        if (stored.length == 0 || stored[0] != KEY_VERSION) {
            throw new IllegalArgumentException("not a sealed text of a known version");
        }
        byte[] key = key(customerId);
        if (key == null) {
            return Optional.empty();
        }
        byte[] text = Aead.open(key, stored, 1, associated(customerId))
                .orElseThrow(() -> new IllegalArgumentException("a text not sealed for customer " + customerId));
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    /** Erases the customer's key, and with it everything sealed with it. */
    public void erase(String customerId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from inline.customer_key where customer_id = ?")) {
            delete.setString(1, customerId);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a customer's key cannot be erased", e);
        }
        cache.forget(customerId);
    }

    /** The row that erases the key in the transaction of an event; {@link #forget} is called once that is stored. */
    public static InlineRow erasure(String customerId) {
        return CUSTOMER_KEY.release(customerId);
    }

    /** Lets no key of the customer stay in this node's memory. */
    public void forget(String customerId) {
        cache.forget(customerId);
    }

    private byte @Nullable [] key(String customerId) {
        byte[] cached = cache.get(customerId);
        if (cached != null) {
            return cached;
        }
        long erasuresBefore = cache.erasures();
        byte[] wrapped = readWrapped(customerId);
        if (wrapped == null) {
            return null;
        }
        byte[] key = wrap.unwrap(wrapped, customerId);
        cache.put(customerId, key, erasuresBefore);
        return key;
    }

    private byte @Nullable [] readWrapped(String customerId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select wrapped_key from inline.customer_key where customer_id = ?")) {
            query.setString(1, customerId);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? found.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a customer's key cannot be read", e);
        }
    }

    private static byte[] associated(String customerId) {
        return customerId.getBytes(StandardCharsets.UTF_8);
    }
}
