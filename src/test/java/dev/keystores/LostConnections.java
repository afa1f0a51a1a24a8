package dev.keystores;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Tells the pool what PostgreSQL says by an SQL state it knows, and a client of H2's server does not: it is cut off. */
public final class LostConnections implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
        return exception.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN
                ? Override.MUST_EVICT
                : Override.CONTINUE_EVICT;
    }
}
