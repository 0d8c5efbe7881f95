package dev.purser.sandbox.payment;

/** What the digits of a card say by themselves. */
final class CardNumber {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;

    private CardNumber() {}

    static boolean isPossible(String digits) {
        return digits.length() >= SHORTEST
                && digits.length() <= LONGEST
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && luhnSum(digits) % 10 == 0;
    }

    private static int luhnSum(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum;
    }

    static String brand(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        if (digits.startsWith("4")) {
            return "visa";
        }
        if ((two >= 51 && two <= 55) || (two >= 22 && two <= 27)) {
            return "mastercard";
        }
        return switch (two) {
            case 34, 37 -> "amex";
            case 60, 65 -> "discover";
            case 30, 36, 38, 39 -> "diners";
            case 35 -> "jcb";
            case 62 -> "unionpay";
            default -> "unknown";
        };
    }
}
