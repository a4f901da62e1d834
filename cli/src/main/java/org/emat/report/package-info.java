/**
 * The report of a co-simulation: one XHTML file that needs nothing else.
 *
 * <p>Every element is an {@link org.emat.report.Element}, so that markup is well formed and texts are escaped by
 * construction. Sections are small classes that turn the content into elements; drawings are inline SVG.
 */
package org.emat.report;
