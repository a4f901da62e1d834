package org.emat.train.quality;

/**
 * Mean and covariance of features.
 *
 * @param mean [feature]
 * @param covariance [feature][feature], of n − 1 degrees of freedom
 */
record FeatureStatistics(double[] mean, double[][] covariance) {
    /**
     * The statistics of some images.
     *
     * @param features [image][feature], at least two images
     */
    static FeatureStatistics of(double[][] features) {
        int size = features[0].length;
        double[] mean = new double[size];
        for (double[] image : features) {
            for (int i = 0; i < size; i++) {
                mean[i] += image[i] / features.length;
            }
        }
        double[][] covariance = new double[size][size];
        for (double[] image : features) {
            for (int i = 0; i < size; i++) {
                double share = (image[i] - mean[i]) / (features.length - 1);
                for (int j = 0; j < size; j++) {
                    covariance[i][j] += share * (image[j] - mean[j]);
                }
            }
        }
        return new FeatureStatistics(mean, covariance);
    }
}
