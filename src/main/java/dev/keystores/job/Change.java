package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import java.util.List;

/** What a caller asks for on one key store. */
public sealed interface Change {

    Kind kind();

    /** What the store is wanted to be, once such a change has been accepted. */
    ConnectionState wanted();

    /** The calls it takes at most, in order. */
    List<Call> calls();

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
        public ConnectionState wanted() {
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
        public ConnectionState wanted() {
            return ConnectionState.DISCONNECTED;
        }
    }

    /** Brings a FAILED store to CONNECTED: disconnect, then connect. */
    record Repair() implements Change {

        @Override
        public Kind kind() {
            return Kind.REPAIR;
        }

        @Override
        public List<Call> calls() {
            return List.of(Call.DISCONNECT, Call.CONNECT);
        }

        @Override
        public ConnectionState wanted() {
            return ConnectionState.CONNECTED;
        }
    }

    /** The name of a change, in answers and in the database. */
    enum Kind {
        CONNECT,
        DISCONNECT,
        REPAIR;

        public Change change() {
            return switch (this) {
                case CONNECT -> new Connect();
                case DISCONNECT -> new Disconnect();
                case REPAIR -> new Repair();
            };
        }
    }
}
