package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer_top.v.vm} sees: the machine and its streams. Getters are bean style for Velocity. */
public final class TrainerTopContext {
    private static final int COUNT_BITS = 32;

    private final MachinePlan plan;
    private final TrainerContext machine;
    private final TrainerReport report;

    TrainerTopContext(MachinePlan plan, TrainerContext machine) {
        this.plan = plan;
        this.machine = machine;
        report = TrainerReport.of(plan);
    }

    /** Name of the module. */
    public String getModule() {
        return machine.getModule() + "_top";
    }

    /** Name of the machine's module. */
    public String getCore() {
        return machine.getModule();
    }

    /** One line on what the design is. */
    public String getSummary() {
        return machine.getSummary();
    }

    /** Latents of a step, and real images. */
    public int getBatch() {
        return machine.getBatch();
    }

    /** Bits of a pixel of a latent. */
    public int getLatentBits() {
        return machine.getLatentBits();
    }

    /** Pixels of a latent. */
    public int getLatentPixels() {
        return machine.getLatentPixels();
    }

    /** Bits of a pixel of an image. */
    public int getImageBits() {
        return machine.getImageBits();
    }

    /** Pixels of an image. */
    public int getImagePixels() {
        return machine.getImagePixels();
    }

    /** Bits of a beat of the latents: a pixel passes whole, so that no step waits for one. */
    public int getLatentStreamBits() {
        return TrainerStreams.of(plan).latentBits();
    }

    /** Bits of a beat of the real images. */
    public int getRealStreamBits() {
        return TrainerStreams.of(plan).realBits();
    }

    /** Bits of a beat of the state. */
    public int getStateStreamBits() {
        return TrainerStreams.STATE_BITS;
    }

    /** Words of the state. */
    public int getStateWords() {
        return TrainerStreams.of(plan).stateWords();
    }

    /** Words of the report. */
    public int getReportWords() {
        return report.words().size();
    }

    /** Parameters of the layers, the last one's first. */
    public List<String> getParameterCounts() {
        List<String> lines = new ArrayList<>();
        for (int i = plan.learners().size() - 1; i >= 0; i--) {
            MachineLayer layer = plan.learners().get(i);
            lines.add(COUNT_BITS + "'d" + layer.layer().parameterCount() + (i > 0 ? "," : "") + "  // " + layer.id());
        }
        return lines;
    }

    /** Layers of both networks. */
    public int getLayerCount() {
        return plan.learners().size();
    }
}
