package org.emat.tb;

/**
 * A quantity of a training step that is another one in Verilog than in the golden trainer.
 *
 * @param quantity what it is; of an array, its first wrong entry
 * @param expected the golden value
 * @param found the value of the Verilog
 * @param more further wrong entries of the array
 */
public record MachineDifference(String quantity, long expected, long found, int more) {
    MachineDifference(String quantity, long expected, long found) {
        this(quantity, expected, found, 0);
    }

    @Override
    public String toString() {
        return quantity + " is " + found + " instead of " + expected + (more == 0 ? "" : ", and " + more + " more");
    }
}
