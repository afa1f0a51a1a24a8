/** REST, version 1: what internal tools talk to. */
@NullMarked
package dev.keystores.api;

import org.jspecify.annotations.NullMarked;
