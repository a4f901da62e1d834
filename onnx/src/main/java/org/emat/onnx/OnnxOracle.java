package org.emat.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emat.network.InputException;
import org.emat.network.RealFrame;

/** Runs an ONNX file by ONNX Runtime in single precision: the reference that shares no code with emat. */
public final class OnnxOracle implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /** A session on a file; refuses files that ONNX Runtime refuses. */
    public OnnxOracle(Path file) {
        this.file = file;
        this.environment = NativeRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /**
     * The output words for one input array.
     *
     * @param words the values, last axis innermost
     * @param shape the sizes of the axes, batch included
     */
    public float[] run(float[] words, int... shape) {
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(words), sizes);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] output = new float[buffer.remaining()];
            buffer.get(output);
            return output;
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /** The output frames of a model of this file, one run per frame. */
    public List<RealFrame> run(OnnxModel model, List<RealFrame> frames) {
        List<RealFrame> outputs = new ArrayList<>();
        for (RealFrame frame : frames) {
            float[] planes = run(frame.planes(), model.input().shape(1));
            outputs.add(RealFrame.ofPlanes(model.network().output(), planes, 0));
        }
        return outputs;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private InputException failure(OrtException e) {
        return new InputException(
                "'" + file + "': ONNX Runtime refuses the file: "
                        + e.getMessage().strip().replaceAll("\\s+", " ").replaceAll("[.]$", "") + ".",
                e);
    }
}
