package org.emat.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emat.config.Configuration;
import org.emat.config.ConfigurationReader;
import org.emat.config.NetworkSource;
import org.emat.config.RunOptions;
import org.emat.network.InputException;
import org.emat.schedule.StallScript;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The arguments that all commands on a design share; they outrank the configuration. */
final class DesignArguments {
    /** The largest whole number up to which JSON holds every one. */
    private static final long MOST_SEED = (1L << 53) - 1;

    @Parameters(paramLabel = "FILE", description = "A configuration in JSON, or an ONNX file.")
    Path file;

    @Option(
            names = "--arch",
            paramLabel = "FILE",
            description = "Architecture in JSON, as the key 'architecture' of a configuration.")
    Path architecture;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ModeName.class,
            description = "quantised (default), or integer: a network of whole numbers as it is.")
    RunOptions.Mode mode;

    @Option(names = "--input", paramLabel = "PATH", description = "Input frames: .npy, .png, or a folder of .png.")
    Path input;

    @Option(
            names = "--calibration",
            paramLabel = "PATH",
            description = "Frames for the quantiser; the input frames without it.")
    Path calibration;

    @Option(names = "--input-bits", paramLabel = "N", description = "Width of the inputs in integer mode, 1 to 32.")
    Integer inputBits;

    @Option(names = "--height", paramLabel = "N", description = "Rows of an input frame, where ONNX leaves them open.")
    Integer height;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Columns of an input frame, where ONNX leaves them open.")
    Integer width;

    @Option(names = "--frames", paramLabel = "N", description = "Number of random frames, where no input is given.")
    Integer frames;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of random frames.")
    Long seed;

    @Option(
            names = "--stalls",
            paramLabel = "SEED:IN:OUT",
            description = "Random back-pressure: a seed, and stalled cycles in 256 of input and output.")
    String stalls;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the golden model.")
    Integer threads;

    @Mixin
    OutputArguments output = new OutputArguments();

    private static final class ModeName implements ITypeConverter<RunOptions.Mode> {
        @Override
        public RunOptions.Mode convert(String name) {
            return RunOptions.Mode.of(name)
                    .orElseThrow(
                            () -> new TypeConversionException("it is one of quantised, integer, not '" + name + "'"));
        }
    }

    /** The configuration with the arguments applied. */
    Configuration configuration() {
        Configuration read = ConfigurationReader.read(
                file,
                Optional.ofNullable(architecture).map(ConfigurationReader::readArchitecture),
                Optional.ofNullable(mode));
        if (inputBits != null && read.options().mode() != RunOptions.Mode.INTEGER) {
            throw new InputException("--input-bits is for integer mode; 'inputBits' of the architecture is the width of"
                    + " quantised inputs.");
        }
        Configuration applied = new Configuration(
                read.file(), read.name(), network(read.network()), read.architecture(), options(read.options()));
        output.checkApart(inputs(applied));
        return applied;
    }

    private List<Path> inputs(Configuration configuration) {
        List<Path> inputs = new ArrayList<>(List.of(file));
        Optional.ofNullable(architecture).ifPresent(inputs::add);
        configuration.options().input().ifPresent(inputs::add);
        configuration.options().calibration().ifPresent(inputs::add);
        configuration.options().reference().ifPresent(reference -> inputs.add(reference.image()));
        if (configuration.network() instanceof NetworkSource.OnnxFile onnx) {
            inputs.add(onnx.file());
        }
        return inputs;
    }

    private NetworkSource network(NetworkSource source) {
        if (source instanceof NetworkSource.OnnxFile onnx) {
            return new NetworkSource.OnnxFile(
                    onnx.file(),
                    height == null ? onnx.height() : OptionalInt.of(within("--height", height, 1, 65536)),
                    width == null ? onnx.width() : OptionalInt.of(within("--width", width, 1, 65536)));
        }
        if (height != null || width != null) {
            throw new InputException("--height and --width are for ONNX files; '" + file + "' holds a list of layers.");
        }
        return source;
    }

    private RunOptions options(RunOptions read) {
        return new RunOptions(
                read.mode(),
                inputBits == null ? read.inputBits() : OptionalInt.of(within("--input-bits", inputBits, 1, 32)),
                input == null ? read.input() : Optional.of(input),
                calibration == null ? read.calibration() : Optional.of(calibration),
                frames == null ? read.frames() : within("--frames", frames, 1, 100000),
                seed == null ? read.seed() : within("--seed", seed, 0, MOST_SEED),
                read.pixelRange(),
                read.reference(),
                stalls == null ? read.stalls() : script(stalls),
                threads == null ? read.threads() : OptionalInt.of(within("--threads", threads, 1, 256)));
    }

    private static StallScript script(String text) {
        if (!text.matches("[0-9]{1,16}:[0-9]{1,3}:[0-9]{1,3}")) {
            throw new InputException("--stalls is '" + text + "'; SEED:IN:OUT is needed, such as 7:60:90.");
        }
        String[] parts = text.split(":");
        return new StallScript(
                within("--stalls SEED", Long.parseLong(parts[0]), 0, MOST_SEED),
                within("--stalls IN", Integer.parseInt(parts[1]), 0, 255),
                within("--stalls OUT", Integer.parseInt(parts[2]), 0, 255));
    }

    private static int within(String name, int value, int least, int most) {
        return (int) within(name, (long) value, least, most);
    }

    private static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InputException(name + " must be from " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }
}
