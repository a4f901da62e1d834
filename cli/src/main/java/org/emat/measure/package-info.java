/**
 * Measures benchmark rows: the same layer and data under each mapping, predicted by the golden model or counted in
 * Verilog, kept by the content of what goes into it, and compared with what was published.
 */
package org.emat.measure;
