package org.emat.cost;

/**
 * What it takes to write all weights of a design once.
 *
 * @param cells cells that hold weights
 * @param energy energy of writing each of them once
 * @param shortest time if all crossbars are written at once, one word line a pulse, in s
 * @param longest time if one crossbar is written after another, in s
 */
public record Programming(long cells, WriteEnergy energy, double shortest, double longest) {}
