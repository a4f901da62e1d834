/**
 * Published benchmark layers: which layers a machine was measured with, what was published for them, and integer
 * networks of exactly those shapes to measure here. Shapes and claims are data with their sources, in the JSON files
 * beside.
 */
package org.emat.suite;
