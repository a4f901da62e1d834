package org.emat.report;

/** Makes any string a text or an attribute value of XML and of HTML. */
final class Escape {
    private Escape() {}

    /** The escaped string; what XML cannot hold becomes the replacement character U+FFFD. */
    static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** Whether XML 1.0 and HTML both hold a character: neither controls, lone surrogates nor non-characters. */
    private static boolean allowed(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\t';
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        boolean nonCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return !control && !surrogate && !nonCharacter;
    }
}
