package dev.purser.projection.table;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Rows in PostgreSQL's binary COPY format, growing until they are sent. Not thread-safe. */
public final class CopyBuffer {
    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** PostgreSQL counts time from 2000-01-01. */
    private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;

    private static final int NULL = -1;
    private static final int FIRST_SIZE = 64 * 1024;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    private int rows;

    public CopyBuffer() {
        clear();
    }

    void clear() {
        rows = 0;
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        length = HEADER.length;
    }

    int rows() {
        return rows;
    }

    int length() {
        return length;
    }

    /** The rows with their end mark; good until the buffer is changed. */
    byte[] finished() {
        reserve(Short.BYTES);
        putShort(-1);
        return bytes;
    }

    void startRow(int columns) {
        rows++;
        reserve(Short.BYTES);
        putShort(columns);
    }

    void nothing() {
        reserve(Integer.BYTES);
        putInt(NULL);
    }

    void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        reserve(Integer.BYTES + encoded.length);
        putInt(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    void bigint(long value) {
        reserve(Integer.BYTES + Long.BYTES);
        putInt(Long.BYTES);
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    void integer(int value) {
        reserve(Integer.BYTES + Integer.BYTES);
        putInt(Integer.BYTES);
        putInt(value);
    }

    void bool(boolean value) {
        reserve(Integer.BYTES + 1);
        putInt(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    /** To the microsecond as PostgreSQL rounds a text: half to even. */
    void timestamp(Instant value) {
        long fraction = (long) Math.rint(value.getNano() / 1_000.0);
        bigint((value.getEpochSecond() - POSTGRES_EPOCH_SECOND) * 1_000_000 + fraction);
    }

    private void putShort(int value) {
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
