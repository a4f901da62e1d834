package org.emat.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an engine costs.
 *
 * @param name name of its layer
 * @param components cost of every {@link Component}
 */
public record EngineCost(String name, Map<Component, Cost> components) {
    public EngineCost {
        components = Collections.unmodifiableMap(new EnumMap<>(components));
    }

    /** Cost of a component. */
    public Cost of(Component component) {
        return components.get(component);
    }

    /** Energy of all components, in J. */
    public double energy() {
        return components.values().stream().mapToDouble(Cost::energy).sum();
    }

    /** Area of all components, in mm². */
    public double area() {
        return components.values().stream().mapToDouble(Cost::area).sum();
    }
}
