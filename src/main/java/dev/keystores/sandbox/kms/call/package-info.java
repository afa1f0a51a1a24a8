/** What the operations of KMS are made of: a call, its limits and quota, and the calls that KMS makes itself. */
@NullMarked
package dev.keystores.sandbox.kms.call;

import org.jspecify.annotations.NullMarked;
