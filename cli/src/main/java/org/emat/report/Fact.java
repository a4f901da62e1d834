package org.emat.report;

/**
 * A figure with its name.
 *
 * @param label what it is
 * @param value the figure with its unit, as it is to be read
 * @param note what it means or how it was found; empty if nothing is to be said
 */
public record Fact(String label, String value, String note) {}
