/**
 * How good generated images are: a classifier that has learnt the real images in floating point looks at them, and {@link
 * org.emat.train.quality.ClassScore} and {@link org.emat.train.quality.FrechetDistance} are told from what it sees. None of
 * it is part of a training, so that it may round as the machine does.
 */
package org.emat.train.quality;
