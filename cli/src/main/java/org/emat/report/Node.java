package org.emat.report;

/** A piece of a page. */
sealed interface Node permits Element, Node.Text {
    /** Appends the piece as XHTML. */
    void write(StringBuilder out);

    /**
     * Characters.
     *
     * @param characters unescaped
     */
    record Text(String characters) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append(Escape.text(characters));
        }
    }
}
