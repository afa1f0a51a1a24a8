/** A stand-in for AWS KMS custom key stores on the AWS wire, with the clusters and proxies behind them. */
@NullMarked
package dev.keystores.sandbox;

import org.jspecify.annotations.NullMarked;
