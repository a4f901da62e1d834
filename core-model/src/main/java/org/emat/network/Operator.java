package org.emat.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The linear operators of a layer. */
public enum Operator {
    /** ONNX Conv. */
    @JsonProperty("convolution")
    CONVOLUTION,
    /** ONNX ConvTranspose: {@code oy = iy·stride + ky·dilation − padBegin}. */
    @JsonProperty("transposed-convolution")
    TRANSPOSED_CONVOLUTION,
    /** ONNX Gemm or MatMul: every output word sees every input word. */
    @JsonProperty("dense")
    DENSE
}
