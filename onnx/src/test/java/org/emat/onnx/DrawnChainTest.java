package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Crossbar;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.golden.GoldenModel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.RealFrame;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.quant.FloatModel;
import org.emat.quant.IntegerMode;
import org.emat.quant.IntegerModel;
import org.junit.jupiter.api.Test;

/** Drawn models: what emat imports computes what ONNX Runtime computes. */
class DrawnChainTest {

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void importedNetworkEqualsOnnxRuntime(@ForAll long seed) throws IOException {
        DrawnChain chain = new DrawnChain(seed, false);
        Path file = written(chain);
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        SplittableRandom random = new SplittableRandom(seed);
        float[] planes = new float[model.input().words()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (float) random.nextGaussian();
        }
        float[] found = new FloatModel(model.network())
                .run(RealFrame.ofPlanes(model.network().input(), planes, 0))
                .planes();
        float[] wanted = onnxRuntime(file, model, planes);
        assertThat(found).as(chain.toString()).hasSameSizeAs(wanted);
        float most = 1;
        for (float value : wanted) {
            most = Math.max(most, Math.abs(value));
        }
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found[i]).as("%s, word %d", chain, i).isCloseTo(wanted[i], within(most * 1e-4f));
        }
    }

    /** What emat writes of an imported network gives what the first file gives, both by ONNX Runtime, and can be read. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void exportedNetworkEqualsOnnxRuntime(@ForAll long seed) throws IOException {
        DrawnChain chain = new DrawnChain(seed, false);
        Path file = written(chain);
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        SplittableRandom random = new SplittableRandom(seed);
        float[] planes = new float[model.input().words()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (float) random.nextGaussian();
        }
        float[] wanted = onnxRuntime(file, model, planes);
        Files.write(file, OnnxExport.bytes(model.network(), "in", "out"));
        OnnxModel written = new OnnxImport(ImportOptions.standard()).read(file);
        float[] found = onnxRuntime(file, written, planes);
        float most = 1;
        for (float value : wanted) {
            most = Math.max(most, Math.abs(value));
        }
        assertThat(found).as(chain.toString()).containsExactly(wanted, within(most * 1e-4f));
        assertThat(written.network().layers()).hasSameSizeAs(model.network().layers());
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void integerModeEqualsOnnxRuntime(@ForAll long seed) throws IOException {
        DrawnChain chain = new DrawnChain(seed, true);
        Path file = written(chain);
        OnnxModel model = new OnnxImport(ImportOptions.standard().in(ImportOptions.Arithmetic.INTEGER)).read(file);
        SplittableRandom random = new SplittableRandom(seed);
        NumberFormat format = new NumberFormat(1 + random.nextInt(4), random.nextBoolean());
        IntegerNetwork network = new IntegerMode(format).convert(model.network());
        Assume.that(network.layers().stream().allMatch(DrawnChainTest::isExactInSinglePrecision));
        float[] planes = new float[model.input().words()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = random.nextLong(format.min(), format.max() + 1);
        }
        RealFrame real = RealFrame.ofPlanes(network.input(), planes, 0);
        int[] words = new int[planes.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) real.words()[i];
        }
        Frame found = new IntegerModel(network).run(new Frame(network.input(), words));
        RealFrame wanted = RealFrame.ofPlanes(network.output(), onnxRuntime(file, model, planes), 0);
        for (int i = 0; i < found.words().length; i++) {
            assertThat((float) found.words()[i]).as("%s, word %d", chain, i).isEqualTo(wanted.words()[i]);
        }
    }

    /**
     * The golden model of a mapped chain gives the words of ONNX Runtime, by either mapping and by either kernel: at
     * least 200 layers, with every sum below 2^24, so that single precision is exact.
     */
    @Test
    void goldenModelEqualsOnnxRuntimeInEveryMapping() throws IOException {
        long first = Long.getLong("emat.seed", 20261124L);
        int layers = 0;
        int transposed = 0;
        for (long seed = first; layers < 200 || transposed < 60; seed++) {
            DrawnChain chain = new DrawnChain(seed, true);
            Path file = written(chain);
            OnnxModel model = new OnnxImport(ImportOptions.standard().in(ImportOptions.Arithmetic.INTEGER)).read(file);
            SplittableRandom random = new SplittableRandom(seed);
            NumberFormat format = new NumberFormat(1 + random.nextInt(4), random.nextBoolean());
            IntegerNetwork network = new IntegerMode(format).convert(model.network());
            if (network.layers().stream().allMatch(DrawnChainTest::sumsAreExactInSinglePrecision)) {
                String repeat =
                        "repeat with: mvn -pl onnx -am test -Dtest=DrawnChainTest -DargLine=-Demat.seed=" + seed;
                float[] planes = planes(random, format, model.input().words());
                float[] wanted = onnxRuntime(file, model, planes);
                for (Architecture architecture : architectures(random)) {
                    assertThat(golden(network, architecture, planes, random.nextBoolean()))
                            .as("%s, %s; %s", chain, architecture, repeat)
                            .isEqualTo(wanted);
                }
                layers += network.layers().size();
                transposed += (int) network.layers().stream()
                        .filter(layer -> layer.geometry().operator() == Operator.TRANSPOSED_CONVOLUTION)
                        .count();
            }
        }
        System.out.printf("%d layers from seed %d equal ONNX Runtime, %d transposed%n", layers, first, transposed);
    }

    private static boolean sumsAreExactInSinglePrecision(IntegerLayer layer) {
        LayerGeometry geometry = layer.geometry();
        long terms = (long) geometry.groupInputs()
                * (geometry.operator() == Operator.DENSE ? geometry.input().pixels() : geometry.kernelSize());
        long weight = Arrays.stream(layer.weights()).map(Math::abs).max().orElse(0);
        long bias =
                Arrays.stream(layer.requantiser().bias()).map(Math::abs).max().orElse(0);
        long word = Math.max(layer.input().max(), -layer.input().min());
        return terms * weight * word + bias < 1 << 24;
    }

    private static float[] planes(SplittableRandom random, NumberFormat format, int words) {
        float[] planes = new float[words];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = random.nextLong(format.min(), format.max() + 1);
        }
        return planes;
    }

    /** Drawn lossless hardware, once for each mapping. */
    private static List<Architecture> architectures(SplittableRandom random) {
        Architecture standard = Architecture.standard();
        Encoding encoding = random.nextBoolean() ? Encoding.OFFSET : Encoding.DIFFERENTIAL;
        Crossbar crossbar = new Crossbar(4 + random.nextInt(130), 64 + random.nextInt(65));
        int cellBits = 1 + random.nextInt(4);
        OnePixel onePixel = random.nextBoolean() ? OnePixel.DENSE : OnePixel.WINDOW;
        Groups groups = random.nextBoolean() ? Groups.SEPARATE : Groups.PACKED;
        return Arrays.stream(Mapping.values())
                .map(mapping -> Mapper.lossless(new Architecture(
                        crossbar,
                        cellBits,
                        encoding,
                        standard.inputBits(),
                        standard.weightBits(),
                        standard.activationBits(),
                        standard.adc(),
                        standard.device(),
                        mapping,
                        1,
                        onePixel,
                        groups,
                        standard.pixelsPerCycle(),
                        standard.streamBits())))
                .toList();
    }

    /** Output planes of the golden model. */
    private static float[] golden(
            IntegerNetwork network, Architecture architecture, float[] planes, boolean deviceExact) {
        RealFrame real = RealFrame.ofPlanes(network.input(), planes, 0);
        int[] words = new int[planes.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) real.words()[i];
        }
        Plan plan = new Mapper(architecture).map("drawn", network);
        assertThat(plan.engines()).allMatch(EnginePlan::lossless);
        int[] found = new GoldenModel(plan, network, architecture, new GoldenModel.Options(1, deviceExact))
                .run(List.of(new Frame(network.input(), words)), done -> {})
                .results()
                .get(0)
                .planes();
        float[] result = new float[found.length];
        for (int i = 0; i < found.length; i++) {
            result[i] = found[i];
        }
        return result;
    }

    private static Path written(DrawnChain chain) throws IOException {
        Path file = Files.createTempFile("drawn", ".onnx");
        file.toFile().deleteOnExit();
        return chain.builder().write(file);
    }

    private static boolean isExactInSinglePrecision(IntegerLayer layer) {
        return layer.requantiser().low() > -(1 << 24) && layer.requantiser().high() < 1 << 24;
    }

    private static float[] onnxRuntime(Path file, OnnxModel model, float[] planes) {
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            return oracle.run(planes, model.input().shape(1));
        }
    }
}
