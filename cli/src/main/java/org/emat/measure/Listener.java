package org.emat.measure;

/** Hears how far a measurement is. */
@FunctionalInterface
public interface Listener {
    /**
     * Called when a step begins, with a share of 0, and now and then while it lasts.
     *
     * @param step what is done
     * @param permille how much of it is done, 0 to 1000
     */
    void at(String step, int permille);
}
