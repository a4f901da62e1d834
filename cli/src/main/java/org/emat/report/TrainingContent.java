package org.emat.report;

import java.util.List;
import java.util.Optional;

/**
 * What the report of a training tells.
 *
 * @param name name of the training
 * @param source its configuration
 * @param outcome whether the Verilog was compared, and equal
 * @param claim what that means, in a sentence
 * @param facts the training in short
 * @param losses running means of both losses, in the order of the steps
 * @param galleries pictures
 * @param quality how good images are; empty where it was not measured
 * @param machine the machine
 * @param withoutMachine why there is none; empty where there is one
 * @param provenance what is needed to repeat it
 */
public record TrainingContent(
        String name,
        String source,
        Outcome outcome,
        String claim,
        List<Fact> facts,
        List<Losses> losses,
        List<Gallery> galleries,
        List<Quality> quality,
        Optional<TrainingMachine> machine,
        String withoutMachine,
        Provenance provenance) {
    public TrainingContent {
        facts = List.copyOf(facts);
        losses = List.copyOf(losses);
        galleries = List.copyOf(galleries);
        quality = List.copyOf(quality);
    }

    /** What a comparison with Verilog came to. */
    public enum Outcome {
        /** There was none. */
        PREDICTED,
        /** Every bit and cycle is the same. */
        EQUAL,
        /** Something differs. */
        DIFFERENT
    }

    /**
     * Running means of the losses.
     *
     * @param step steps done
     * @param discriminator the discriminator's
     * @param generator the generator's
     */
    public record Losses(long step, double discriminator, double generator) {}

    /**
     * How good some images are.
     *
     * @param images which ones
     * @param classScore their class score
     * @param frechetDistance their Fréchet distance from the images learnt
     */
    public record Quality(String images, double classScore, double frechetDistance) {}
}
