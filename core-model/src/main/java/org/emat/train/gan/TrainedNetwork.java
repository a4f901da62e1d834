package org.emat.train.gan;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One of the two networks with what it has learnt: parameters, momenta and scales. */
final class TrainedNetwork {
    /** No value has been seen yet: 4, in units of 2^−32. */
    private static final long FIRST_MAXIMUM = 4L << TensorScale.FRACTION;

    private final List<TrainedLayer> layers;
    private final TrainingFormat format;
    private final int[][] parameters;
    private final int[][] momenta;
    private final List<Meetings> forward;
    private final List<Meetings> backward;
    private final List<int[]> tables; // empty ones where a layer has none
    private final TensorScale[] activations;
    private final TensorScale[] errors;
    private final Lfsr[] rounding;
    private final List<Optional<Normalisation>> normalisations;

    TrainedNetwork(List<TrainedLayer> layers, TrainingFormat format, NetworkState state) {
        this.layers = layers;
        this.format = format;
        parameters = copy(state.parameters());
        momenta = copy(state.momenta());
        activations = scales(state.activationMaxima(), format.activationBits());
        errors = scales(state.errorMaxima(), format.errorBits());
        rounding = Arrays.stream(state.rounding()).mapToObj(Lfsr::new).toArray(Lfsr[]::new);
        forward =
                layers.stream().map(layer -> Meetings.forward(layer.geometry())).toList();
        backward = layers.stream()
                .map(layer -> Meetings.backward(layer.geometry()))
                .toList();
        tables = layers.stream().map(layer -> table(layer, format)).toList();
        normalisations = normalisations(layers, format, state.normalisations());
    }

    private static List<Optional<Normalisation>> normalisations(
            List<TrainedLayer> layers, TrainingFormat format, List<NormalisationState> states) {
        Iterator<NormalisationState> next = states.iterator();
        return layers.stream()
                .map(layer -> layer.normalised()
                        ? Optional.of(new Normalisation(format, next.next()))
                        : Optional.<Normalisation>empty())
                .toList();
    }

    private static int[] table(TrainedLayer layer, TrainingFormat format) {
        return layer.response() instanceof Response.Tabled tabled
                ? tabled.curve().table(format.imageExponent())
                : new int[0];
    }

    private static int[][] copy(int[][] arrays) {
        return Arrays.stream(arrays).map(int[]::clone).toArray(int[][]::new);
    }

    private TensorScale[] scales(long[] maxima, int bits) {
        return Arrays.stream(maxima)
                .mapToObj(maximum -> new TensorScale(bits, format.scaleDecay(), maximum))
                .toArray(TensorScale[]::new);
    }

    /**
     * Weights of He's initialisation for the products that an output sums on average, biases of 0, gains of 1 or as near as
     * fits; a register per layer.
     */
    static NetworkState first(List<TrainedLayer> layers, TrainingFormat format, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] parameters = new int[layers.size()][];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = first(layers.get(i), format, random);
        }
        int[][] momenta =
                Arrays.stream(parameters).map(some -> new int[some.length]).toArray(int[][]::new);
        long[] maxima = new long[layers.size()];
        Arrays.fill(maxima, FIRST_MAXIMUM);
        long[] rounding = IntStream.range(0, layers.size())
                .mapToLong(layer -> Lfsr.of(seed, layer).state())
                .toArray();
        List<NormalisationState> normalisations = layers.stream()
                .filter(TrainedLayer::normalised)
                .map(layer -> Normalisation.first(layer.geometry().scaleCount(), FIRST_MAXIMUM))
                .toList();
        return new NetworkState(parameters, momenta, maxima, maxima.clone(), rounding, normalisations);
    }

    private static int[] first(TrainedLayer layer, TrainingFormat format, SplittableRandom random) {
        long meetings = Meetings.forward(layer.geometry()).count();
        double terms = (double) meetings
                * layer.geometry().groupInputs()
                / layer.geometry().output().pixels();
        double spread = StrictMath.sqrt(2 / Math.max(1, terms));
        int[] parameters = new int[layer.parameterCount()];
        int gains = layer.geometry().weightCount() + layer.geometry().scaleCount();
        Arrays.fill(parameters, gains, parameters.length, (int)
                FixedPoint.saturate(1L << format.weightFraction(), TrainingFormat.WEIGHT_BITS));
        for (int i = 0; i < layer.geometry().weightCount(); i++) {
            double value = StrictMath.scalb(random.nextGaussian() * spread, format.weightFraction());
            parameters[i] = (int) FixedPoint.saturate((long) StrictMath.rint(value), TrainingFormat.WEIGHT_BITS);
        }
        return parameters;
    }

    NetworkState state() {
        return new NetworkState(
                copy(parameters),
                copy(momenta),
                maxima(activations),
                maxima(errors),
                Arrays.stream(rounding).mapToLong(Lfsr::state).toArray(),
                normalisations.stream()
                        .flatMap(Optional::stream)
                        .map(Normalisation::state)
                        .toList());
    }

    private static long[] maxima(TensorScale[] scales) {
        return Arrays.stream(scales).mapToLong(TensorScale::maximum).toArray();
    }

    List<TrainedLayer> layers() {
        return layers;
    }

    TrainingFormat format() {
        return format;
    }

    /** The products of a layer over some frames. */
    LayerProducts products(int layer, int frames) {
        return new LayerProducts(layers.get(layer).geometry(), forward.get(layer), backward.get(layer), frames);
    }

    /** How the sums of a layer are normalised, if they are. */
    Optional<Normalisation> normalisation(int layer) {
        return normalisations.get(layer);
    }

    int[] table(int layer) {
        return tables.get(layer);
    }

    int[] parameters(int layer) {
        return parameters[layer];
    }

    int[] momenta(int layer) {
        return momenta[layer];
    }

    TensorScale activation(int layer) {
        return activations[layer];
    }

    TensorScale error(int layer) {
        return errors[layer];
    }

    /** The shift register that rounds the updates of a layer. */
    Lfsr rounding(int layer) {
        return rounding[layer];
    }

    /** Exponent of the outputs of a layer, in this step. */
    int outputExponent(int layer) {
        return layers.get(layer).response() instanceof Response.Tabled
                ? format.imageExponent()
                : activations[layer].exponent();
    }

    /** Weights of a layer as the products take them. */
    double[] weights(int layer) {
        int count = layers.get(layer).geometry().weightCount();
        return IntStream.of(parameters[layer]).limit(count).asDoubleStream().toArray();
    }

    /** Ends a step: from now on scales follow from what it has seen. */
    void advance() {
        Arrays.stream(activations).forEach(TensorScale::advance);
        Arrays.stream(errors).forEach(TensorScale::advance);
        normalisations.stream().flatMap(Optional::stream).forEach(Normalisation::advance);
    }
}
