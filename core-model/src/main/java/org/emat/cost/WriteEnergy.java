package org.emat.cost;

import java.util.Comparator;
import java.util.List;

/**
 * What writing cells takes: a band, since published energies of a write differ by a factor of thousands, and so do
 * their definitions of one. There is no single number.
 *
 * @param points one per source, least first; at least one
 */
public record WriteEnergy(List<Point> points) {
    /**
     * The energy by one source.
     *
     * @param name name of the source
     * @param energy in J
     * @param status how far it can be trusted
     */
    public record Point(String name, double energy, Status status) {}

    public WriteEnergy {
        points = points.stream()
                .sorted(Comparator.comparingDouble(Point::energy).thenComparing(Point::name))
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a band of energies has at least one point");
        }
    }

    /** The least, in J. */
    public double low() {
        return points.get(0).energy();
    }

    /** The most, in J. */
    public double high() {
        return points.get(points.size() - 1).energy();
    }
}
