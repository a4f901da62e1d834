package org.emat.rtl;

import java.util.List;
import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees of the output words of a layer, which tell the slopes of its response. */
public final class TrainerWordContext {
    private final MachinePlan plan;
    private final int index;
    private final TrainerLayerContext layer;

    TrainerWordContext(MachinePlan plan, int index, TrainerLayerContext layer) {
        this.plan = plan;
        this.index = index;
        this.layer = layer;
    }

    /** Whether its output words are kept for its slopes; those of the last layer come with their errors. */
    public boolean isKept() {
        return !layer.isScore() && layer.getResponse() != 0;
    }

    /** Whether slopes of second errors have a reader of their own. */
    private boolean isKeptTwice() {
        return plan.next(index).isPresent()
                && plan.tellsSlopesTwice(plan.next(index).get());
    }

    private String kept(String signal, int reader) {
        if (plan.next(index).isEmpty()) {
            return "images_" + signal + "[2]";
        }
        return layer.next().isSigns()
                ? layer.next().getId() + "_signs_" + signal + "[" + (reader - 1) + "]"
                : layer.next().getId() + "_kept_" + signal + "[" + reader + "]";
    }

    /** Bits of an output word as the slopes see it. */
    public int getBits() {
        return isSignOnly() ? 1 : layer.wordBits();
    }

    private boolean isSignOnly() {
        return isKept() && plan.next(index).isPresent() && layer.next().isSigns();
    }

    /** Whether an output word is offered. */
    public String getValid() {
        if (!isKept()) {
            return layer.isScore() ? layer.copy().getId() + "_loss_valid" : "1'b0";
        }
        return isKeptTwice() ? inTurn(kept("valid", 2), kept("valid", 1)) : kept("valid", 1);
    }

    private String inTurn(String second, String first) {
        return layer.getId() + "_sum_second ? " + second + " : " + first;
    }

    /** That it is taken: what is assigned, and to whom. */
    public List<String> getReady() {
        String ready = layer.getId() + "_word_ready";
        if (!isKeptTwice()) {
            return List.of(kept("ready", 1) + " = " + ready);
        }
        return List.of(
                kept("ready", 1) + " = " + ready + " && !" + layer.getId() + "_sum_second",
                kept("ready", 2) + " = " + ready + " && " + layer.getId() + "_sum_second");
    }

    private String keptData(int reader) {
        int bits = layer.getOutChannels() * getBits();
        if (plan.next(index).isEmpty()) {
            return "images_data[" + 2 * bits + "+:" + bits + "]";
        }
        return isSignOnly()
                ? layer.next().getId() + "_signs_data[" + (reader - 1) * bits + "+:" + bits + "]"
                : layer.next().getId() + "_kept_data[" + reader * bits + "+:" + bits + "]";
    }

    /** The output word. */
    public String getData() {
        if (!isKept()) {
            return layer.isScore()
                    ? layer.copy().getId() + "_loss_score"
                    : layer.getOutChannels() * layer.wordBits() + "'d0";
        }
        return isKeptTwice() ? inTurn(keptData(2), keptData(1)) : keptData(1);
    }

    /** Whether the turn of its sums of errors decides anything. */
    public boolean isTurns() {
        return isKeptTwice();
    }
}
