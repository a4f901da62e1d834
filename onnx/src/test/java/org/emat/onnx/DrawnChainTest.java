package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;
import org.emat.quant.FloatModel;
import org.emat.quant.IntegerMode;
import org.emat.quant.IntegerModel;

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
