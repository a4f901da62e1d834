package org.emat.cli;

/** From a proof to its page. */
final class ReportWriter {
    private final Proof proof;

    ReportWriter(Proof proof) {
        this.proof = proof;
    }

    String page(String title) {
        return title + proof.timing();
    }
}
