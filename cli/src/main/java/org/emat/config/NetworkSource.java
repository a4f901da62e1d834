package org.emat.config;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.emat.network.Network;

/** Where a network comes from. */
public sealed interface NetworkSource {
    /**
     * An ONNX file.
     *
     * @param file the file
     * @param height rows of an input frame, where the file leaves them open
     * @param width columns of an input frame, where the file leaves them open
     */
    record OnnxFile(Path file, OptionalInt height, OptionalInt width) implements NetworkSource {}

    /**
     * A list of layers.
     *
     * @param network the network
     */
    record Layers(Network network) implements NetworkSource {}
}
