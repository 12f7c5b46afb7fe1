/**
 * What tests of this project and of others' components share: array assertions and contract suites.
 */
package org.vqvae.core.testing;
