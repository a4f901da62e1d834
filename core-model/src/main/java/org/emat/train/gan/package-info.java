/**
 * Training of a generative adversarial network in fixed point, to the last bit as the arrays do it.
 *
 * <p>{@link org.emat.train.gan.GanTrainer} takes a {@link org.emat.train.gan.GanPlan} through its steps. Weights have 16
 * bits; activations and errors are words with a power-of-two scale per tensor that follows from earlier steps
 * ({@link org.emat.train.gan.TensorScale}); sums are exact; updates round stochastically ({@link
 * org.emat.train.gan.ParameterUpdate}). {@link org.emat.train.gan.LayerProducts} are the three products of a layer.
 */
package org.emat.train.gan;
