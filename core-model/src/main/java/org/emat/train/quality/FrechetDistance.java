package org.emat.train.quality;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Fréchet distance of two sets of features, taken for normal distributions: |m₁ − m₂|² + tr(C₁ + C₂ − 2 (C₁C₂)^½).
 *
 * <p>Source: M. Heusel et al., GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium, NeurIPS
 * 2017.
 */
final class FrechetDistance {
    private FrechetDistance() {}

    /** The distance; 0 between equal sets. */
    static double of(FeatureStatistics one, FeatureStatistics other) {
        double distance = 0;
        for (int i = 0; i < one.mean().length; i++) {
            double difference = one.mean()[i] - other.mean()[i];
            distance += difference * difference;
        }
        DMatrixRMaj first = new DMatrixRMaj(one.covariance());
        DMatrixRMaj second = new DMatrixRMaj(other.covariance());
        return distance + CommonOps_DDRM.trace(first) + CommonOps_DDRM.trace(second) - 2 * rootTrace(first, second);
    }

    /** tr (C₁C₂)^½. The product has the eigenvalues of the symmetric C₁^½ C₂ C₁^½. */
    private static double rootTrace(DMatrixRMaj first, DMatrixRMaj second) {
        int size = first.getNumRows();
        DMatrixRMaj root = root(first);
        DMatrixRMaj half = new DMatrixRMaj(size, size);
        DMatrixRMaj product = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(root, second, half);
        CommonOps_DDRM.mult(half, root, product);
        // Rounding leaves it a little unsymmetric.
        DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
        CommonOps_DDRM.transpose(product, symmetric);
        CommonOps_DDRM.add(0.5, product, 0.5, symmetric, symmetric);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(symmetric);
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
        }
        return trace;
    }

    /** The symmetric root of a symmetric matrix without negative eigenvalues. */
    private static DMatrixRMaj root(DMatrixRMaj matrix) {
        int size = matrix.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(matrix);
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            DMatrixRMaj vector = eigen.getEigenVector(i);
            double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
            CommonOps_DDRM.multAddTransB(value, vector, vector, root);
        }
        return root;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj symmetric) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(symmetric.getNumRows(), true, true);
        if (!eigen.decompose(symmetric.copy())) {
            throw new IllegalStateException("the eigenvalues of a covariance did not converge");
        }
        return eigen;
    }
}
