package org.emat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.ImportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained super-resolution network in simulated Verilog: 170 × 170 pixels to 510 × 510. */
class SuperResolutionTest {
    private static final int BORDER = 6;

    @TempDir
    Path cache;

    @Test
    void theWholePhotographEqualsTheGoldenModelAndResemblesTheFloatOne() throws IOException {
        RealFrame low = image("camera_170.png");
        RealFrame original = image("camera_510.png");
        ExampleTrial trial = ExampleTrial.run(
                "fsrcnn_x3.onnx", ImportOptions.standard().withSize(170, 170), List.of(low), List.of(low), cache);
        float[] hardware = ExampleTrial.clipped(trial.hardware().get(0));
        float[] real = ExampleTrial.clipped(trial.wanted().get(0));
        double againstFloat = ExampleTrial.psnr(hardware, real, 0, 1);
        double ofHardware = ExampleTrial.psnr(hardware, original.words(), BORDER, 1);
        double ofFloat = ExampleTrial.psnr(real, original.words(), BORDER, 1);
        System.out.printf(
                "super-resolution: PSNR against float %.2f dB; against the original %.2f, that of float %.2f%n",
                againstFloat, ofHardware, ofFloat);
        assertThat(hardware).hasSize(510 * 510);
        assertThat(againstFloat).isGreaterThanOrEqualTo(40);
        assertThat(ofHardware).isGreaterThan(ofFloat - 0.3);
    }

    private static RealFrame image(String name) throws IOException {
        BufferedImage image = ImageIO.read(ExampleTrial.EXAMPLES.resolve(name).toFile());
        int width = image.getWidth();
        float[] words = new float[width * image.getHeight()];
        for (int i = 0; i < words.length; i++) {
            words[i] = image.getRaster().getSample(i % width, i / width, 0) / 255f;
        }
        return new RealFrame(new TensorShape(1, image.getHeight(), width), words);
    }
}
