package org.emat.onnx;

import org.emat.network.Network;

/**
 * An ONNX file as emat computes it.
 *
 * @param network the chain of layers
 * @param input how the file shapes the network's input frames
 * @param output how the file shapes the network's output frames
 */
public record OnnxModel(Network network, Port input, Port output) {}
