package org.emat.golden;

/**
 * One array of an engine.
 *
 * @param phase output phase it computes
 * @param firstChannel output channel of its first weight column
 * @param wordLines what is on its word lines
 * @param product what it makes of it
 */
record ArrayModel(int phase, int firstChannel, WordLines wordLines, ArrayProduct product) {}
