package org.emat.measure;

/** Predicts what a row does. */
public final class Predictor {
    private Predictor() {}

    /** What the subject is predicted to do. */
    public static Measurement predict(Subject subject, Listener listener) {
        return subject instanceof ChainSubject chain
                ? new ChainPredictor(chain, listener).predict()
                : new GradientPredictor((GradientSubject) subject, listener).predict();
    }
}
