package org.emat.plan;

/** A network, or a part of it, needs more crossbars or converters than there are; the message says how many. */
final class BudgetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BudgetException(String message) {
        super(message);
    }
}
