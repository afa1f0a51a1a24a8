package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a caller asks for on one key store. */
public sealed interface Change {

    Kind kind();

    /**
     * What the store is wanted to be, once such a change has been accepted.
     *
     * @param before what it was wanted to be until then
     */
    @Nullable
    ConnectionState wanted(@Nullable ConnectionState before);

    /** The calls it takes at most, in order. */
    List<Call> calls();

    /** The properties it gives. */
    default KeyStoreProperties properties() {
        return KeyStoreProperties.NONE;
    }

    /** Whether it is told to go on to connect the store, where a change of its kind need not. */
    default boolean goesOn() {
        return false;
    }

    /** With every secret put into another form. */
    default Change withSecrets(UnaryOperator<Secret> changed) {
        return this;
    }

    record Connect() implements Change {

        @Override
        public Kind kind() {
            return Kind.CONNECT;
        }

        @Override
        public List<Call> calls() {
            return List.of(Call.CONNECT);
        }

        @Override
        public ConnectionState wanted(@Nullable ConnectionState before) {
            return ConnectionState.CONNECTED;
        }
    }

    record Disconnect() implements Change {

        @Override
        public Kind kind() {
            return Kind.DISCONNECT;
        }

        @Override
        public List<Call> calls() {
            return List.of(Call.DISCONNECT);
        }

        @Override
        public ConnectionState wanted(@Nullable ConnectionState before) {
            return ConnectionState.DISCONNECTED;
        }
    }

    /**
     * Brings a FAILED store to CONNECTED: disconnect, maybe update, then connect.
     *
     * @param properties what KMS is given in between, if anything
     * @param goesOn whether one that is CONNECTED is disconnected and connected too
     */
    record Repair(KeyStoreProperties properties, boolean goesOn) implements Change {

        @Override
        public Kind kind() {
            return Kind.REPAIR;
        }

        @Override
        public List<Call> calls() {
            return properties.isEmpty()
                    ? List.of(Call.DISCONNECT, Call.CONNECT)
                    : List.of(Call.DISCONNECT, Call.UPDATE, Call.CONNECT);
        }

        @Override
        public ConnectionState wanted(@Nullable ConnectionState before) {
            return ConnectionState.CONNECTED;
        }

        @Override
        public Change withSecrets(UnaryOperator<Secret> changed) {
            return new Repair(properties.withSecrets(changed), goesOn);
        }
    }

    /** @param goesOn whether the new store is connected too */
    record Create(KeyStoreType type, KeyStoreProperties properties, boolean goesOn) implements Change {

        @Override
        public Kind kind() {
            return Kind.CREATE;
        }

        @Override
        public List<Call> calls() {
            return goesOn ? List.of(Call.CREATE, Call.CONNECT) : List.of(Call.CREATE);
        }

        /** A store that is there already is not wanted to be anything by it. */
        @Override
        public @Nullable ConnectionState wanted(@Nullable ConnectionState before) {
            return goesOn ? ConnectionState.CONNECTED : before;
        }

        @Override
        public Change withSecrets(UnaryOperator<Secret> changed) {
            return new Create(type, properties.withSecrets(changed), goesOn);
        }

        public String name() {
            return String.valueOf(properties.value(Property.NAME));
        }
    }

    /** @param goesOn whether a store that has to be disconnected for it is, and is connected again */
    record Update(KeyStoreProperties properties, boolean goesOn) implements Change {

        @Override
        public Kind kind() {
            return Kind.UPDATE;
        }

        @Override
        public List<Call> calls() {
            return goesOn ? List.of(Call.DISCONNECT, Call.UPDATE, Call.CONNECT) : List.of(Call.UPDATE);
        }

        @Override
        public @Nullable ConnectionState wanted(@Nullable ConnectionState before) {
            return before;
        }

        @Override
        public Change withSecrets(UnaryOperator<Secret> changed) {
            return new Update(properties.withSecrets(changed), goesOn);
        }
    }

    record Delete() implements Change {

        @Override
        public Kind kind() {
            return Kind.DELETE;
        }

        @Override
        public List<Call> calls() {
            return List.of(Call.DELETE);
        }

        @Override
        public @Nullable ConnectionState wanted(@Nullable ConnectionState before) {
            return null;
        }
    }

    /** The name of a change, in answers and in the database. */
    enum Kind {
        CONNECT,
        DISCONNECT,
        REPAIR,
        CREATE,
        UPDATE,
        DELETE
    }
}
