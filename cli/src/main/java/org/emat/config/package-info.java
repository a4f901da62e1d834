/**
 * What a user asks for: one JSON file with a network, an architecture and how to run them.
 *
 * <p>{@link org.emat.config.ConfigurationReader} reads it against the published schema; {@link
 * org.emat.config.ConfigurationWriter} writes it.
 */
package org.emat.config;
