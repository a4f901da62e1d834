/**
 * Networks from ONNX files.
 *
 * <p>{@link org.emat.onnx.OnnxImport} reads a file as a chain of linear layers; {@link org.emat.onnx.OnnxOracle} runs the
 * same file by ONNX Runtime, as an independent reference in real numbers.
 */
package org.emat.onnx;
