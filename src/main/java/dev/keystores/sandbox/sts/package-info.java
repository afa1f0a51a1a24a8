/** The Security Token Service: who one is, and the roles one may assume. */
@NullMarked
package dev.keystores.sandbox.sts;

import org.jspecify.annotations.NullMarked;
