package org.emat.cost;

/**
 * What a component costs.
 *
 * @param energy in J, without writing cells
 * @param area in mm²
 * @param latency time in which it works, in s; components overlap, so only the design has a latency that adds up
 */
public record Cost(double energy, double area, double latency) {}
