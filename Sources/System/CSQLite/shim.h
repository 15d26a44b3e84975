// SQLite, and the two things about it that Swift cannot say: SQLITE_TRANSIENT is a cast of -1 to a function pointer, and
// sqlite3_db_config is variadic.
#pragma once
#include <sqlite3.h>

static inline int autoplex_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    // A null pointer would bind NULL where an empty text is meant.
    return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int autoplex_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

// Refuses what could damage the file (DEFENSIVE), functions hidden in a schema (TRUSTED_SCHEMA) and "text" meaning a
// string (DQS), which PostgreSQL does not know.
static inline int autoplex_harden(sqlite3 *connection) {
    static const int options[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    for (unsigned i = 0; i < sizeof options / sizeof options[0]; i++) {
        int code = sqlite3_db_config(connection, options[i][0], options[i][1], (int *)0);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}
