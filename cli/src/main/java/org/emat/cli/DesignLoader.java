package org.emat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emat.arch.Architecture;
import org.emat.config.Configuration;
import org.emat.config.NetworkSource;
import org.emat.config.RunOptions;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.network.InputException;
import org.emat.network.Network;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.ImportOptions;
import org.emat.onnx.ImportOptions.Arithmetic;
import org.emat.onnx.OnnxImport;
import org.emat.onnx.OnnxModel;
import org.emat.onnx.Port;
import org.emat.plan.Mapper;
import org.emat.plan.OperationScheduler;
import org.emat.plan.OperationScheduler.Pass;
import org.emat.quant.IntegerMode;
import org.emat.quant.Quantised;
import org.emat.quant.Quantiser;
import org.emat.rtl.Identifier;

/** From a configuration to a mapped network with its input frames. */
final class DesignLoader {
    private final Configuration configuration;
    private final Progress progress;

    DesignLoader(Configuration configuration, Progress progress) {
        this.configuration = configuration;
        this.progress = progress;
    }

    /** The design; refuses in one sentence what cannot be mapped, or not at once. */
    Design load() {
        Design design = loadInPasses();
        if (design.passes().size() > 1) {
            throw new InputException("'" + configuration.file() + "': the network fits /architecture/budget only in "
                    + design.passes().size() + " passes, one after another, which 'emat plan' shows; give it more"
                    + " crossbars and converters to run it as one design.");
        }
        return design;
    }

    /** The design, perhaps in several passes; refuses in one sentence what cannot be mapped. */
    Design loadInPasses() {
        OnnxModel model = model();
        try {
            return configuration.options().mode() == RunOptions.Mode.INTEGER ? integer(model) : quantised(model);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InputException("'" + configuration.file() + "': " + withoutStop(e.getMessage()) + ".", e);
        }
    }

    private static String withoutStop(String message) {
        return message == null ? "a size is too large" : message.replaceAll("[.]$", "");
    }

    private OnnxModel model() {
        if (configuration.network() instanceof NetworkSource.OnnxFile onnx) {
            Arithmetic arithmetic =
                    configuration.options().mode() == RunOptions.Mode.INTEGER ? Arithmetic.INTEGER : Arithmetic.REAL;
            return new OnnxImport(new ImportOptions(onnx.height(), onnx.width(), arithmetic)).read(onnx.file());
        }
        Network network = ((NetworkSource.Layers) configuration.network()).network();
        return new OnnxModel(network, port("input", network.input()), port("output", network.output()));
    }

    private static Port port(String name, TensorShape shape) {
        return new Port(name, List.of(shape.channels(), shape.height(), shape.width()), 0);
    }

    private Design quantised(OnnxModel model) {
        RunOptions options = configuration.options();
        FrameSource source = new FrameSource(model.input(), model.network().input(), options.pixelRange());
        List<RealFrame> real = options.input().isPresent()
                ? source.real(options.input().get())
                : source.normal(options.frames(), options.seed());
        List<RealFrame> calibration = options.calibration().map(source::real).orElse(real);
        progress.begin("quantising");
        Quantised quantised = new Quantiser(configuration.architecture()).quantise(model.network(), calibration);
        progress.end();
        List<Frame> frames = real.stream().map(quantised::quantise).toList();
        return new Design(
                configuration,
                model,
                configuration.architecture(),
                quantised.network(),
                Optional.of(quantised),
                passes(quantised.network(), configuration.architecture()),
                real,
                frames);
    }

    private Design integer(OnnxModel model) {
        RunOptions options = configuration.options();
        FrameSource source = new FrameSource(model.input(), model.network().input(), options.pixelRange());
        List<Frame> frames = options.input().isPresent()
                ? source.integers(options.input().get())
                : source.uniform(
                        options.frames(), options.seed(), options.inputBits().orElse(8));
        NumberFormat format = options.input().isPresent()
                ? IntegerMode.inputFormat(frames, options.inputBits())
                : new NumberFormat(options.inputBits().orElse(8), true);
        Architecture lossless = Mapper.lossless(configuration.architecture());
        IntegerNetwork network = new IntegerMode(format).convert(model.network());
        return new Design(
                configuration,
                model,
                lossless,
                network,
                Optional.empty(),
                passes(network, lossless),
                List.of(),
                frames);
    }

    private List<Pass> passes(IntegerNetwork network, Architecture architecture) {
        Path file = configuration.file().getFileName();
        String stem = (file == null ? "network" : file.toString()).replaceFirst("[.][^.]*$", "");
        String name = configuration.name().isEmpty() ? stem : configuration.name();
        return new OperationScheduler(architecture)
                .schedule(Identifier.of(name), network, configuration.options().frames());
    }
}
