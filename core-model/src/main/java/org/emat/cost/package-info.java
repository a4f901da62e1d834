/**
 * What a design costs: events × constants.
 *
 * <p>Constants are data: shipped JSON files, each value with its unit, its status and its source, and files or single
 * values of the user over them ({@link org.emat.cost.Constants}). Events are counts that the golden model predicts
 * and the Verilog counts alike ({@link org.emat.cost.EventCounts}).
 */
package org.emat.cost;
