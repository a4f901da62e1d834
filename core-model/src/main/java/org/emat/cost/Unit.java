package org.emat.cost;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Units of constants. Costs are computed in the base units: J, mm², s and Hz. */
public enum Unit {
    FEMTOJOULE("fJ", Dimension.ENERGY, 1, 1e15),
    PICOJOULE("pJ", Dimension.ENERGY, 1, 1e12),
    NANOJOULE("nJ", Dimension.ENERGY, 1, 1e9),
    MICROJOULE("uJ", Dimension.ENERGY, 1, 1e6),
    JOULE("J", Dimension.ENERGY, 1, 1),
    SQUARE_MICROMETRE("um2", Dimension.AREA, 1, 1e6),
    SQUARE_MILLIMETRE("mm2", Dimension.AREA, 1, 1),
    PICOSECOND("ps", Dimension.TIME, 1, 1e12),
    NANOSECOND("ns", Dimension.TIME, 1, 1e9),
    MICROSECOND("us", Dimension.TIME, 1, 1e6),
    SECOND("s", Dimension.TIME, 1, 1),
    HERTZ("Hz", Dimension.FREQUENCY, 1, 1),
    MEGAHERTZ("MHz", Dimension.FREQUENCY, 1e6, 1),
    GIGAHERTZ("GHz", Dimension.FREQUENCY, 1e9, 1);

    /** What a unit measures. */
    public enum Dimension {
        ENERGY,
        AREA,
        TIME,
        FREQUENCY;

        /** The unit that costs are computed in. */
        public Unit base() {
            return Arrays.stream(Unit.values())
                    .filter(unit -> unit.dimension == this && unit.factor == unit.divisor)
                    .findFirst()
                    .orElseThrow();
        }

        /** The unit of this dimension with a symbol. */
        public Optional<Unit> unit(String symbol) {
            return Arrays.stream(Unit.values())
                    .filter(unit -> unit.dimension == this && unit.symbol.equals(symbol))
                    .findFirst();
        }

        /** The symbols of all units of this dimension. */
        public String symbols() {
            return Arrays.stream(Unit.values())
                    .filter(unit -> unit.dimension == this)
                    .map(unit -> unit.symbol)
                    .collect(Collectors.joining(", "));
        }
    }

    private final String symbol;
    private final Dimension dimension;
    private final double factor;
    private final double divisor; // so that 5 fJ is the number nearest to 5e-15 J, which 5 × 1e-15 is not

    Unit(String symbol, Dimension dimension, double factor, double divisor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
        this.divisor = divisor;
    }

    /** What it measures. */
    public Dimension dimension() {
        return dimension;
    }

    /** A value of this unit in the base unit of its dimension. */
    public double toBase(double value) {
        return value * factor / divisor;
    }

    /** The symbol. */
    @Override
    public String toString() {
        return symbol;
    }
}
