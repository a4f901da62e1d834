/**
 * From real numbers to integers.
 *
 * <p>{@link org.emat.quant.Quantiser} approximates a trained network by a chain of integer layers, calibrated on frames;
 * {@link org.emat.quant.IntegerMode} takes a network of whole numbers as it is. {@link org.emat.quant.FloatModel} and
 * {@link org.emat.quant.IntegerModel} compute both by plain loops.
 */
package org.emat.quant;
