package dev.purser.app.doctor;

import java.util.Locale;

/**
 * One line of the doctor.
 *
 * @param subject what was looked at, a few words
 * @param text what was found, and what to do about it
 */
public record Finding(Level level, String subject, String text) {

    /** How bad it is: a warning lets Purser run, a failure does not. */
    public enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Level.WARN, subject, text);
    }

    static Finding fail(String subject, String text) {
        return new Finding(Level.FAIL, subject, text);
    }

    boolean isFailure() {
        return level == Level.FAIL;
    }

    @Override
    public String toString() {
        return "%-5s %-22s %s".formatted(level.name().toLowerCase(Locale.ROOT), subject, text);
    }
}
