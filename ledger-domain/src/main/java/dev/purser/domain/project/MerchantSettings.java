package dev.purser.domain.project;

import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of what a project shows to those who pay: on receipts, in mails and on bank statements. */
final class MerchantSettings {
    static final int MAX_BRAND_NAME = 100;
    static final int MAX_SUPPORT_ADDRESS = 500;
    private static final int MAX_EMAIL = 254;

    /** One address that mail software takes as it is: a dot-atom of RFC 5322 and a host name, nothing quoted. */
    private static final Pattern EMAIL =
            Pattern.compile("(?=[^@]{1,64}@)[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private static final int MAX_SUFFIX = 22;
    private static final String NOT_IN_SUFFIX = "<>\\'\"*";

    private MerchantSettings() {}

    /** Lines may be broken, other control characters are refused. */
    static void requireText(String field, @Nullable String text, int maxLength) {
        if (text == null) {
            return;
        }
        if (text.isBlank() || text.length() > maxLength) {
            throw new InvalidSetting(field, "must have 1 to " + maxLength + " characters");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw new InvalidSetting(field, "must not have control characters");
        }
    }

    static void requireEmail(String field, @Nullable String email) {
        if (email == null) {
            return;
        }
        if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
            throw new InvalidSetting(field, "must be an e-mail address of at most " + MAX_EMAIL + " characters");
        }
    }

    /** Stripe's own rules, so that a payment is not refused for it. */
    static void requireSuffix(String field, @Nullable String suffix) {
        if (suffix == null) {
            return;
        }
        boolean accepted = !suffix.isBlank()
                && suffix.length() <= MAX_SUFFIX
                && suffix.chars().allMatch(c -> c >= ' ' && c <= '~' && NOT_IN_SUFFIX.indexOf(c) < 0)
                && suffix.chars().anyMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        if (!accepted) {
            throw new InvalidSetting(
                    field,
                    "must have 1 to " + MAX_SUFFIX
                            + " ASCII characters, at least one letter and none of < > \\ ' \" *");
        }
    }
}
