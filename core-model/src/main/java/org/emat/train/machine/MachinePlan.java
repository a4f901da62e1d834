package org.emat.train.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.Response;

/**
 * A machine that trains a generative adversarial network: engines and buffers of every layer of both networks. The golden
 * clock and the generator both read it.
 *
 * @param name identifier of the design in Verilog
 * @param gan networks and training
 * @param options how a step runs
 * @param generator layers of the generator
 * @param discriminators layers of the discriminator, by copy: one that judges all images, or one for real images and one
 *     for generated ones. Both have the parameters of the first.
 * @param keptImages pixels that the buffer of generated images holds; 0 where computation is shared, since these images
 *     need not be judged again
 */
public record MachinePlan(
        String name,
        GanPlan gan,
        MachineOptions options,
        List<MachineLayer> generator,
        List<List<MachineLayer>> discriminators,
        int keptImages) {
    public MachinePlan {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("the name of a design must be of lower-case letters, digits and"
                    + " underscores, a letter first, not '" + name + "'");
        }
        generator = List.copyOf(generator);
        discriminators = discriminators.stream().map(List::copyOf).toList();
    }

    /** The layers of the generator, then those of the discriminator, then those of its second copy. */
    public List<MachineLayer> layers() {
        return Stream.concat(generator.stream(), discriminators.stream().flatMap(List::stream))
                .toList();
    }

    /** The layers that parameters are updated of: the first ones of {@link #layers}, without those of a second copy. */
    public List<MachineLayer> learners() {
        return layers().subList(0, generator.size() + gan.discriminator().size());
    }

    /** Whether a layer, by its number among {@link #layers}, is the discriminator's. */
    public boolean judges(int layer) {
        return layer >= generator.size();
    }

    /** Whether generated images are judged once, and both errors follow from that. */
    public boolean shares() {
        return gan.computationSharing();
    }

    /** Number of the first layer of a copy of the discriminator. */
    public int entry(int copy) {
        return generator.size() + copy * gan.discriminator().size();
    }

    /** Number of the copy that judges generated images. */
    public int copyOfGenerated() {
        return discriminators.size() - 1;
    }

    /** The discriminator's copy that a layer belongs to; 0 of the generator. */
    public int copy(int layer) {
        return judges(layer) ? (layer - generator.size()) / gan.discriminator().size() : 0;
    }

    /** Real images that a copy of the discriminator judges in a step, before any generated ones. */
    public int realImages(int copy) {
        return copy == 0 ? gan.batch() : 0;
    }

    /** Number of the layer whose parameters a layer has: that of the first copy. */
    public int owner(int layer) {
        return judges(layer) ? layer - entry(copy(layer)) + entry(0) : layer;
    }

    /** The layers that have the parameters of a layer, by number; that layer first. */
    public List<Integer> copies(int owner) {
        return IntStream.range(0, layers().size())
                .filter(layer -> owner(layer) == owner)
                .boxed()
                .toList();
    }

    /** Whether a layer is the first of its network. */
    public boolean isFirst(int layer) {
        return layer == 0 || judges(layer) && layer == entry(copy(layer));
    }

    /** Whether a layer is the last of its network. */
    public boolean isLast(int layer) {
        return layer == layers().size() - 1 || isFirst(layer + 1);
    }

    /** Images of a step whose gradients a layer's engine adds up. */
    public int frames(int layer) {
        int generated = copy(layer) == copyOfGenerated() ? gan.batch() : 0;
        return judges(layer) ? realImages(copy(layer)) + generated : gan.batch();
    }

    /** The layer whose kept inputs are a layer's outputs; the scores are no inputs, nor are images that a buffer keeps. */
    public Optional<Integer> next(int layer) {
        if (!isLast(layer)) {
            return Optional.of(layer + 1);
        }
        return shares() && !judges(layer) ? Optional.of(entry(copyOfGenerated())) : Optional.empty();
    }

    /** Whether a layer's kept inputs tell slopes of the response that gave them. */
    public boolean tellsSlopes(int layer) {
        return responses(layer).anyMatch(response -> !(response instanceof Response.Linear));
    }

    /** Whether they do so by their signs, which are kept apart: one bit of each word. */
    public boolean keepsSigns(int layer) {
        return tellsSlopes(layer) && responses(layer).noneMatch(response -> response instanceof Response.Tabled);
    }

    /** What gives the kept inputs of a layer. */
    private Stream<Response> responses(int layer) {
        return IntStream.range(0, layers().size())
                .filter(before -> next(before).equals(Optional.of(layer)))
                .mapToObj(before -> layers().get(before).layer().response());
    }

    /** Whether a layer's kept inputs tell slopes twice, once for each of the two errors of a generated image. */
    public boolean tellsSlopesTwice(int layer) {
        return shares() && judges(layer) && !isFirst(layer) && sees(layer) && tellsSlopes(layer);
    }

    /** Whether errors of generated images come to a layer of the discriminator in turns, two of each image. */
    public boolean takesTurns(int layer) {
        return shares() && judges(layer) && sees(layer);
    }

    private boolean sees(int layer) {
        return copy(layer) == copyOfGenerated();
    }

    /** Readers of a layer's kept inputs: gradients, slopes, slopes of the second error of a generated image. */
    public int readers(int layer) {
        return 1 + (tellsSlopes(layer) ? 1 : 0) + (tellsSlopesTwice(layer) ? 1 : 0);
    }
}
