package org.emat.train;

/**
 * Cycles and events of a gradient engine. Every cycle is one of clearing, busy, starved and reading.
 *
 * @param cycles cycles from the start to the last beat of the last read-out, both included
 * @param clearing cycles in which accumulators were cleared
 * @param busy cycles in which products were formed
 * @param starved cycles of a batch without a product, for want of a window or a block
 * @param reading cycles of read-out
 * @param products products added to accumulators
 * @param accumulatorReads words read, one per product and one per word of a weight read out
 * @param accumulatorWrites words written: one per product, all weights once after the reset and once per read-out
 * @param steps steps begun
 * @param windowWrites pixels written to the line buffer of the windows
 * @param windowReads pixels read from it
 * @param blockWrites pixels written to the line buffer of the blocks
 * @param blockReads pixels read from it
 * @param firstOutput cycle of the first beat read out
 * @param lastOutput cycle of the last one
 */
public record GradientCycles(
        long cycles,
        long clearing,
        long busy,
        long starved,
        long reading,
        long products,
        long accumulatorReads,
        long accumulatorWrites,
        long steps,
        long windowWrites,
        long windowReads,
        long blockWrites,
        long blockReads,
        long firstOutput,
        long lastOutput) {}
