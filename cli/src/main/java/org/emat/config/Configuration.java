package org.emat.config;

import java.nio.file.Path;
import org.emat.arch.Architecture;

/**
 * Everything a configuration says, defaults filled in.
 *
 * @param file the file it was read from
 * @param name name of the design; empty for that of the file
 * @param network the network
 * @param architecture the hardware
 * @param options how to run it
 */
public record Configuration(
        Path file, String name, NetworkSource network, Architecture architecture, RunOptions options) {}
