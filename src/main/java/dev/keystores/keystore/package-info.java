/** The words of the domain: what a custom key store is, and what its failure codes ask of a person. */
@NullMarked
package dev.keystores.keystore;

import org.jspecify.annotations.NullMarked;
