package org.emat.train.quality;

/**
 * The formula of the inception score: exp of the mean divergence KL(p(class | image) ‖ p(class)). It is 1 where all images
 * look the same to the classifier, and the number of classes where each is sure and all classes are equally frequent.
 *
 * <p>Source: T. Salimans et al., Improved Techniques for Training GANs, NeurIPS 2016.
 */
final class ClassScore {
    private ClassScore() {}

    /**
     * The score.
     *
     * @param probabilities [image][class], each row with the sum 1
     */
    static double of(double[][] probabilities) {
        double[] mean = new double[probabilities[0].length];
        for (double[] image : probabilities) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += image[c] / probabilities.length;
            }
        }
        double divergence = 0;
        for (double[] image : probabilities) {
            for (int c = 0; c < mean.length; c++) {
                // p · log p tends to 0.
                divergence += image[c] > 0 ? image[c] * Math.log(image[c] / mean[c]) : 0;
            }
        }
        return Math.exp(divergence / probabilities.length);
    }
}
