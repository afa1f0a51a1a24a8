package dev.keystores.job;

import dev.keystores.keystore.KeyStoreId;
import org.jspecify.annotations.Nullable;

/** @param created the store that KMS has made */
record Answered(Answer answer, @Nullable KeyStoreId created) {}
