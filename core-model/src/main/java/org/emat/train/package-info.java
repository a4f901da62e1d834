/**
 * The backward passes of a layer.
 *
 * <p>{@link org.emat.train.ErrorLayer} is the layer that carries an error back: an ordinary layer, planned and computed as
 * any other. {@link org.emat.train.GradientPlanner} plans the gradient of the weights, {@link
 * org.emat.train.GradientModel} computes it and {@link org.emat.train.GradientScheduler} counts its cycles. {@link
 * org.emat.train.PassPlanner} plans all passes of a layer at once.
 */
package org.emat.train;
