package org.emat.train.gan;

/** A training that cannot be, and which part of it is to blame. */
public final class UntrainableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String part;

    UntrainableException(String part, String message) {
        super(message);
        this.part = part;
    }

    /**
     * The part of a {@link GanPlan}: components and positions in lists with slashes between them, such as {@code batch},
     * {@code generator/0/response} or {@code optimiser/halvings/1}.
     */
    public String part() {
        return part;
    }
}
