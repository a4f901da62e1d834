package org.emat.train.quality;

/**
 * How good some images are.
 *
 * @param classScore from 1, where all look the same, to the number of classes
 * @param frechetDistance of their features from those of the images that were learnt; 0 is best
 */
public record QualityFigures(double classScore, double frechetDistance) {}
